"""The sentences of the events of clients: person, contact details, own worker, case, restriction."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Event
from cases.models.contact_detail import DetailKind
from cases.timeline.sentences import name_of, sentence_for, who, with_reason

# Without names of people other than the actor: one function tells them all.
PLAIN: dict[str, tuple[str, Promise]] = {
    "client.registered": ("people", gettext_lazy("%(who)s recorded the client.")),
    "client.edited": ("doc", gettext_lazy("%(who)s changed the client's details.")),
    "client.restriction_lifted": ("lock", gettext_lazy("%(who)s lifted the restriction of the client's data.")),
    "client.non_disclosure_set": ("shield", gettext_lazy("%(who)s recorded a non-disclosure for personal safety.")),
    "client.non_disclosure_lifted": ("shield", gettext_lazy("%(who)s lifted the non-disclosure for personal safety.")),
    "client.trial_marked": ("flag", gettext_lazy("%(who)s marked the client as being in the employment trial.")),
    "client.trial_mark_removed": ("flag", gettext_lazy("%(who)s removed the mark of the employment trial.")),
    "case.opened": ("flag", gettext_lazy("%(who)s opened a case.")),
    "case.closed": ("decision", gettext_lazy("%(who)s closed the case.")),
}
ADDED: dict[Any, Promise] = {
    DetailKind.PHONE: gettext_lazy("%(who)s added a phone number."),
    DetailKind.ADDRESS: gettext_lazy("%(who)s added an address."),
    DetailKind.EMAIL: gettext_lazy("%(who)s added an e-mail address."),
    DetailKind.HOME_MUNICIPALITY: gettext_lazy("%(who)s added the municipality of residence."),
}
SET: dict[Any, Promise] = {
    DetailKind.PHONE: gettext_lazy("%(who)s changed the phone number."),
    DetailKind.ADDRESS: gettext_lazy("%(who)s changed the address."),
    DetailKind.EMAIL: gettext_lazy("%(who)s changed the e-mail address."),
    DetailKind.HOME_MUNICIPALITY: gettext_lazy("%(who)s changed the municipality of residence."),
}
REMOVED: dict[Any, Promise] = {
    DetailKind.PHONE: gettext_lazy("%(who)s removed the phone number."),
    DetailKind.ADDRESS: gettext_lazy("%(who)s removed the address."),
    DetailKind.EMAIL: gettext_lazy("%(who)s removed the e-mail address."),
    DetailKind.HOME_MUNICIPALITY: gettext_lazy("%(who)s removed the municipality of residence."),
}
TAKEN: dict[Any, Promise] = {
    DetailKind.PHONE: gettext_lazy("%(who)s took Kela's phone number into use."),
    DetailKind.ADDRESS: gettext_lazy("%(who)s took Kela's address into use."),
    DetailKind.EMAIL: gettext_lazy("%(who)s took Kela's e-mail address into use."),
    DetailKind.HOME_MUNICIPALITY: gettext_lazy("%(who)s took Kela's municipality of residence into use."),
}
KEPT: dict[Any, Promise] = {
    DetailKind.PHONE: gettext_lazy("%(who)s kept the phone number although Kela knows another."),
    DetailKind.ADDRESS: gettext_lazy("%(who)s kept the address although Kela knows another."),
    DetailKind.EMAIL: gettext_lazy("%(who)s kept the e-mail address although Kela knows another."),
    DetailKind.HOME_MUNICIPALITY: gettext_lazy(
        "%(who)s kept the municipality of residence although Kela knows another."
    ),
}


def plain(words: Promise) -> Any:
    return lambda event: with_reason(str(words) % {"who": who(event)}, event)


def of_detail(words: dict[Any, Promise]) -> Any:
    return lambda event: str(words[event.data["detail"]]) % {"who": who(event)}


for kind, (picture, words) in PLAIN.items():
    sentence_for(kind, picture)(plain(words))
for kind, by_detail in (
    ("client.detail_removed", REMOVED),
    ("client.kela_detail_taken", TAKEN),
    ("client.kela_detail_kept", KEPT),
):
    sentence_for(kind, "phone")(of_detail(by_detail))


@sentence_for("client.restricted", "lock")
def restricted(event: Event) -> str:
    if event.data.get("came") == "transfer":
        return _("The client's data were restricted to named people, as in the municipality that sent a matter here.")
    words = _("%(who)s restricted the client's data to named people.")
    return with_reason(words % {"who": who(event)}, event)


@sentence_for("client.detail_set", "phone")
def detail_set(event: Event) -> str:
    return str(of_detail(ADDED if event.data.get("first") else SET)(event))


@sentence_for("own_worker.assigned", "people")
def assigned(event: Event) -> str:
    if event.data["user"] == event.actor_id:
        return _("%(who)s became the own worker.") % {"who": who(event)}
    return _("%(who)s named %(worker)s own worker.") % {"who": who(event), "worker": name_of(event, event.data["user"])}


@sentence_for("own_worker.ended", "people")
def ended(event: Event) -> str:
    names = {"who": who(event), "worker": name_of(event, event.data["user"])}
    return _("%(who)s ended the own worker's assignment of %(worker)s.") % names


@sentence_for("client.person_named", "lock")
def named(event: Event) -> str:
    names = {"who": who(event), "user": name_of(event, event.data["user"])}
    return _("%(who)s gave %(user)s the right to see the client.") % names


@sentence_for("client.naming_ended", "lock")
def naming_ended(event: Event) -> str:
    names = {"who": who(event), "user": name_of(event, event.data["user"])}
    return _("%(who)s ended the right of %(user)s to see the client.") % names
