"""The filters of the queue: all in the address, and the queryset that follows from them."""

import datetime

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Matter, MatterKind, MatterState
from cases.models.matter import WAITING
from cases.models.owned import unit_rule
from cases.relations.verbs import caseworkers
from core.dates import short_day
from core.filter_form import FilterForm
from core.working_days import nth_working_day
from desk.matter.forms import set_choices
from desk.matter.lists import late, of_today
from desk.matter.words import sunday
from municipalities.models import Unit
from municipalities.requests import MunicipalRequest

ALL = [("", _("All"))]
MINE, FREE, EVERYTHING, WAITS, HELD = "omat", "vapaat", "kaikki", "odottaa", "pidossa"
UNIT = "yksikko-"
ADDRESS = {
    "kind": "tyyppi",
    "due": "aika",
    "worker": "tekija",
    "state": "tila",
    "language": "kieli",
    "unit": "yksikko",
    "order": "jarjestys",
}
LATE, TODAY, WEEK = "myohassa", "tanaan", "viikko"
OPEN, NEW, IN_PROGRESS, WAITING_STATE, CLOSED = "", "uudet", "kasittelyssa", "odottaa", "suljetut"
DUE_ORDER, NEWEST, NAME = "", "uusin", "nimi"

ORDERS = {DUE_ORDER: ("next_on", "pk"), NEWEST: ("-arrived", "-pk"), NAME: ("client__sort_key", "pk")}
VIEWS = {
    FREE: Q(assignee=None, held_since=None),
    HELD: Q(held_since__isnull=False),
    WAITS: Q(state__in=WAITING),
}
STATES = {
    OPEN: Q(closed_at=None),
    NEW: Q(closed_at=None, state=MatterState.NEW),
    IN_PROGRESS: Q(closed_at=None, state=MatterState.IN_PROGRESS),
    WAITING_STATE: Q(closed_at=None, state__in=WAITING),
    CLOSED: Q(closed_at__isnull=False),
}


class QueueFilter(FilterForm):
    """Unknown values in an address filter nothing."""

    address = ADDRESS

    kind = forms.ChoiceField(label=_("Type"), choices=[*ALL, *MatterKind.choices], required=False)
    due = forms.ChoiceField(
        label=_("Next date"),
        choices=[*ALL, (LATE, _("Late")), (TODAY, _("Today")), (WEEK, _("This week"))],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            (OPEN, pgettext_lazy("matters", "Open")),
            (NEW, pgettext_lazy("matters", "New")),
            (IN_PROGRESS, pgettext_lazy("matters", "In progress")),
            (WAITING_STATE, pgettext_lazy("matters", "Waiting")),
            (CLOSED, pgettext_lazy("matters", "Closed")),
        ],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Service language"),
        choices=[
            *ALL,
            ("fi", pgettext_lazy("language", "Finnish")),
            ("sv", pgettext_lazy("language", "Swedish")),
            ("muu", pgettext_lazy("language", "other")),
        ],
        required=False,
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    worker = forms.ChoiceField(label=_("Who has it"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[(DUE_ORDER, _("Deadline, urgent first")), (NEWEST, _("Newest")), (NAME, _("Name"))],
        required=False,
    )
    nakyma = forms.CharField(widget=forms.HiddenInput, required=False)

    asked_day: datetime.date | None = None

    def __init__(self, request: MunicipalRequest) -> None:
        super().__init__(request.GET, auto_id="f_%s")
        self.request = request
        self.units = list(Unit.objects.filter(municipality=request.municipality, ended=None))
        if self.units:
            units = [(str(unit.pk), unit.name) for unit in self.units]
            set_choices(self, "unit", [*ALL, ("0", _("Without a unit")), *units])
        else:
            del self.fields["unit"]
        self._offer_day(request.GET.get("aika", ""))
        if not request.access.all_units:
            del self.fields["worker"]
        else:
            people = [(str(person.pk), person.name) for person in caseworkers(request.municipality).order_by("name")]
            set_choices(self, "worker", [*ALL, *people])
        self.is_valid()
        self._name_order()

    def _name_order(self) -> None:
        """What no longer goes by its deadline begins in an order of its own."""
        if self.value("state") == CLOSED:
            first = _("Closing, newest first")
        elif self.view == HELD:
            first = _("Turn")
        else:
            return
        set_choices(self, "order", [(DUE_ORDER, first), (NEWEST, _("Newest")), (NAME, _("Name"))])

    def _offer_day(self, asked: str) -> None:
        """One day, or every day until it ("-2018-11-16"), when the address asks for it."""
        try:
            day = datetime.date.fromisoformat(asked.removeprefix("-"))
        except ValueError:
            return
        words = _("by %(day)s") if asked.startswith("-") else "%(day)s"
        self.asked_day = day
        choices = self.fields["due"].choices  # type: ignore[attr-defined]
        set_choices(self, "due", [*choices, (asked, words % {"day": short_day(day)})])

    @property
    def view(self) -> str:
        """The chosen tab; a supervisor without a worker's role begins with everything."""
        asked = self.value("nakyma")
        if asked in (MINE, FREE, EVERYTHING, WAITS, HELD) or self._unit_of(asked):
            return asked
        return EVERYTHING if self.request.access.roles == {"supervisor"} else MINE

    def own_units(self) -> list[Unit]:
        return [unit for unit in self.units if unit.pk in self.request.access.unit_ids]

    def visible(self) -> QuerySet[Matter]:
        return Matter.objects.visible_to(self.request.user, self.request.municipality)

    def on_desks(self) -> Q:
        """Of the visible ones, those that are this person's units' work; an own matter may lie in another unit."""
        return unit_rule(self.request.access)

    def views(self) -> list[str]:
        """Every tab of this person."""
        return [MINE, EVERYTHING, *VIEWS, *(f"{UNIT}{unit.pk}" for unit in self.own_units())]

    def condition(self, view: str = "") -> Q:
        """What the filters let through of the visible ones, in the chosen view unless another is asked for."""
        kind = self.value("kind")
        found = STATES[self.value("state")] & self._of_view(view or self.view) & self._due() & self._language()
        return found & self._unit() & self._worker() & (Q(kind=kind) if kind else Q())

    def queryset(self) -> QuerySet[Matter]:
        return self.visible().filter(self.condition()).order_by(*self._order())

    def pressing(self) -> Q | None:
        """In the order of deadlines, what stands first: urgent, and to be done by the next working day.

        None in the other orders.
        """
        if self._order() != ORDERS[DUE_ORDER]:
            return None
        return Q(urgent=True, next_on__lte=nth_working_day(timezone.localdate(), 1))

    def _order(self) -> tuple[str, ...]:
        asked = self.value("order")
        if self.value("state") == CLOSED and not asked:
            return ("-closed_at", "-pk")
        if self.view == HELD and not asked:
            return ("held_since", "pk")
        return ORDERS[asked]

    def _of_view(self, view: str) -> Q:
        if view == MINE:
            return Q(assignee=self.request.user)
        return self.on_desks() & self._on_desks_of_view(view)

    def _on_desks_of_view(self, view: str) -> Q:
        unit = self._unit_of(view)
        if unit:
            return Q(unit=unit)
        return VIEWS.get(view, Q())

    def _unit_of(self, view: str) -> Unit | None:
        return next((unit for unit in self.own_units() if view == f"{UNIT}{unit.pk}"), None)

    def _due(self) -> Q:
        today = timezone.localdate()
        match self.value("due"):
            case "myohassa":
                return late(today)
            case "tanaan":
                return of_today(today)
            case "viikko":
                return Q(next_on__lte=sunday(today)) & ~late(today)
            case "":
                return Q()
            case asked if self.asked_day:
                return Q(next_on__lte=self.asked_day) if asked.startswith("-") else Q(next_on=self.asked_day)
        return Q()

    def _worker(self) -> Q:
        chosen = self.value("worker")
        return Q(assignee=int(chosen)) if chosen else Q()

    def _language(self) -> Q:
        chosen = self.value("language")
        if chosen == "muu":
            return ~Q(client__language__in=["fi", "sv"])
        return Q(client__language=chosen) if chosen else Q()

    def _unit(self) -> Q:
        chosen = self.value("unit")
        if not chosen:
            return Q()
        return Q(unit=None) if chosen == "0" else Q(unit=int(chosen))
