"""The security log of a municipality: what happened to its people's accounts and rights."""

import datetime
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import SecurityEvent, User
from core.day_field import DayField
from core.filter_form import is_unread
from municipalities.models import Membership, Municipality

WHAT_HAPPENED = [
    ("kirjautuminen", _("Signing in"), ("signed_in", "sign_in_failed", "locked_out", "signed_out", "confirmed_again")),
    ("tunnus", _("Accounts and links"), ("password_changed", "name_changed", "sessions_ended", "link_made",
        "link_taken", "link_refused", "second_factor_added", "second_factor_removed", "recovery_codes_made",
        "code_refused", "account_stopped", "account_restored")),
    ("oikeudet", _("Rights"), ("right_asked", "right_given", "right_refused", "right_ended")),
    ("estot", _("Refusals"), ("refused_by_role",)),
    ("asiakkaat", _("Clients"), ("relation_made", "revealed", "many_at_once")),
    ("vienti", _("Exports"), ("exported",)),
]  # fmt: skip
KINDS = {code: kinds for code, _label, kinds in WHAT_HAPPENED}


def events_of(municipality: Municipality) -> QuerySet[SecurityEvent]:
    """Those that happened here, and those of its people that happened in no municipality, such as signing in.

    What they do in another municipality is not told here, nor what they did before or after they worked here: whose
    people they were was written when it happened, and no role that is given, moved or ended later changes it.
    """
    here = Q(municipality_number=municipality.pk) | Q(municipality_number=None, told_in__contains=[municipality.pk])
    return SecurityEvent.objects.filter(here).select_related("actor", "person")


def people_ever(municipality: Municipality) -> QuerySet[Any]:
    """Whoever has or had a role here: one of a day that was taken away is kept by the history alone."""
    before = apps.get_model("municipalities", "MembershipHistory").objects.filter(municipality=municipality)
    now = Membership.objects.filter(municipality=municipality)
    return now.order_by().values("user").union(before.order_by().values("user"))


class SecurityLogFilter(forms.Form):
    """Unknown values in an address filter nothing; a day that cannot be read is told beside its field."""

    mita = forms.ChoiceField(label=_("What"), required=False)
    kuka = forms.ChoiceField(label=_("Who"), required=False)
    alkaen = DayField(label=_("From"), required=False)
    asti = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("alkaen") and cleaned.get("asti") and cleaned["asti"] < cleaned["alkaen"]:
            self.add_error("asti", _("The last day must not be before the first day."))
        return cleaned

    def __init__(self, municipality: Municipality, data: Any) -> None:
        super().__init__(data, auto_id="f_%s")
        people = User.objects.filter(pk__in=people_ever(municipality)).order_by("name", "pk")
        self._choose("mita", [(code, label) for code, label, _kinds in WHAT_HAPPENED])
        self._choose("kuka", [(str(pk), name) for pk, name in people.values_list("pk", "name")])
        self.is_valid()

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - said above
        field.choices = [("", _("All")), *choices]

    def of(self, events: QuerySet[SecurityEvent]) -> QuerySet[SecurityEvent]:
        values = self.cleaned_data
        if is_unread(self):
            return events.none()
        if values.get("mita"):
            events = events.filter(kind__in=KINDS[values["mita"]])
        if values.get("kuka"):
            events = events.filter(Q(actor=int(values["kuka"])) | Q(person=int(values["kuka"])))
        if values.get("alkaen"):
            events = events.filter(at__gte=begin_of(values["alkaen"]))
        if values.get("asti"):
            events = events.filter(at__lt=begin_of(values["asti"] + datetime.timedelta(days=1)))
        return events


def begin_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
