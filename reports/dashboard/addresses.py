"""The addresses of the rows behind numbers: written here, and read back here."""

from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from reports.dashboard.chosen import Chosen
from reports.figures.definition import Listing
from reports.figures.keys import RowKey, UnknownKeyError
from reports.figures.registry import LISTINGS

SHOWN_ON: Final[dict[str, str]] = {
    "notices_by_type": "dashboard",
    "answers": "dashboard",
    "answers_by_type": "dashboard",
    "no_own_worker": "dashboard",
    "silent": "dashboard",
    "late": "dashboard",
    "held": "dashboard",
    "decision_delay": "dashboard_pace",
    "first_contact": "dashboard_pace",
    "first_reached": "dashboard_pace",
    "reach": "dashboard_reach",
    "attendance": "dashboard_reach",
    "attendance_by_age": "dashboard_reach",
    "deadlines_kept": "dashboard_deadlines",
    "never_investigated": "dashboard_deadlines",
    "open_matters": "dashboard_deadlines",
    "goals": "dashboard_goals",
    "all_goals": "dashboard_goals",
}
"""The tab on which the numbers of a name stand."""


def tab_address(municipality: Municipality, tab: str, chosen: Chosen) -> str:
    return f"{reverse(tab, kwargs={'code': municipality.code})}?{chosen.query}"


def rows_address(municipality: Municipality, name: str, key: RowKey, chosen: Chosen) -> str:
    return _of_rows("figure_rows", municipality, name, key, chosen)


def rows_csv_address(municipality: Municipality, name: str, key: RowKey, chosen: Chosen) -> str:
    return _of_rows("figure_rows_csv", municipality, name, key, chosen)


def ask_address(municipality: Municipality, name: str, key: RowKey, chosen: Chosen) -> str:
    """Where the supervisor is asked about the rows."""
    return _of_rows("ask_about_list", municipality, name, key, chosen)


def csv_address(municipality: Municipality, name: str, chosen: Chosen) -> str:
    return f"{reverse('figure_csv', kwargs={'code': municipality.code, 'name': name})}?{chosen.query}"


def asked_rows(name: str, text: str) -> tuple[Listing[Any], RowKey]:
    """What is listed and the key of its rows; a page that says so when the address names no rows that a page offers."""
    try:
        listing = LISTINGS[name]
        return listing, listing.keys.read(text)
    except (KeyError, UnknownKeyError) as error:
        raise Http404(_("There is no such page.")) from error


def _of_rows(page: str, municipality: Municipality, name: str, key: RowKey, chosen: Chosen) -> str:
    path = reverse(page, kwargs={"code": municipality.code, "name": name, "key": str(key)})
    return f"{path}?{chosen.query}"
