"""Jäi kesken: this person's drafts, each with a name and the page where it goes on, its text in the fields."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.matters.file import MatterFile
from cases.models import Client, Matter
from desk.matter.deeds import deed, situation, with_forms
from municipalities.requests import MunicipalRequest

NAMES: dict[str, Promise] = {
    "contact": _("Contact"),
    "measurement": _("AVAIN measurement"),
    "person": _("Person"),
    "matter": _("New matter"),
}
Draft = tuple[str, str, datetime.datetime]
# js/drafts.js gives the text back at once where an address ends so; a fragment is never sent to the server
GO_ON = "#jatka"
PAGES = {"contact": "contact_new", "measurement": "measurement_new", "person": "client_edit", "matter": "matter_new"}


@dataclass(frozen=True, slots=True)
class Unfinished:
    name: Promise
    of: str
    saved_at: datetime.datetime
    url: str
    client_id: int | None


def drafted_matters(request: MunicipalRequest, rows: list[Draft]) -> QuerySet[Matter]:
    """The matters that the drafts are about, if the person may still see them."""
    visible = Matter.objects.visible_to(request.user, request.municipality)
    return visible.filter(pk__in=[_pk(what) for _form, what, _at in rows if what.startswith("matter:")]).order_by("pk")


def unfinished(request: MunicipalRequest, rows: list[Draft], about: Iterable[Matter]) -> list[Unfinished]:
    """Only those whose client the person may still see. `about`: their matters, with their clients."""
    matters = {matter.pk: matter for matter in about}
    clients = _clients(request, [_pk(what) for _form, what, _at in rows if what.startswith("client:")])
    found = []
    for form, what, saved_at in rows:
        matter = matters.get(_pk(what)) if what.startswith("matter:") else None
        client = matter.client if matter else clients.get(_pk(what)) if what.startswith("client:") else None
        if what and client is None:
            continue
        url = _url(request, form, what, matter, client)
        if url:
            of = client.name if client else ""
            found.append(
                Unfinished(_name(request, form, matter), of, saved_at, url + GO_ON, client.pk if client else None)
            )
    return found


def _name(request: MunicipalRequest, form: str, matter: Matter | None) -> Promise:
    if form in NAMES or matter is None:
        return NAMES[form]
    # only the words are asked for: who may do it is told by the page
    return deed(form).form_title(situation(request, MatterFile(matter)))


def _url(request: MunicipalRequest, form: str, what: str, matter: Matter | None, client: Client | None) -> str:
    code = request.municipality.code
    if matter:
        word = deed(form).word if form in with_forms() else ""
        return reverse("queue", kwargs={"code": code}) + f"?avoin={matter.pk}&teko={word}" if word else ""
    if form == "person" and client is None:
        return reverse("client_new", kwargs={"code": code})
    if form == "measurement" and client and what.count(":") == 2:
        measurement = int(what.rpartition(":")[2])
        return reverse("measurement_edit", kwargs={"code": code, "pk": client.pk, "measurement": measurement})
    if form in PAGES and client:
        return reverse(PAGES[form], kwargs={"code": code, "pk": client.pk})
    return ""


def _pk(what: str) -> int:
    digits = what.partition(":")[2].partition(":")[0]
    return int(digits) if digits.isdigit() else 0


def _clients(request: MunicipalRequest, pks: list[int]) -> dict[int, Client]:
    return Client.objects.visible_to(request.user, request.municipality).in_bulk(pks) if pks else {}
