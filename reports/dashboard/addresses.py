"""The addresses of the rows behind numbers: written here, and read back here."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.periods import Period
from municipalities.models import Municipality
from reports.figures.definition import Listing
from reports.figures.keys import RowKey, UnknownKeyError
from reports.figures.registry import LISTINGS


def rows_address(municipality: Municipality, name: str, key: RowKey, period: Period) -> str:
    path = reverse("figure_rows", kwargs={"code": municipality.code, "name": name, "key": str(key)})
    return f"{path}?jakso={period.key}"


def csv_address(municipality: Municipality, name: str, period: Period) -> str:
    path = reverse("figure_csv", kwargs={"code": municipality.code, "name": name})
    return f"{path}?jakso={period.key}"


def asked_rows(name: str, text: str) -> tuple[Listing[Any], RowKey]:
    """What is listed and the key of its rows; a page that says so when the address names no rows that a page offers."""
    try:
        listing = LISTINGS[name]
        return listing, listing.keys.read(text)
    except (KeyError, UnknownKeyError) as error:
        raise Http404(_("There is no such page.")) from error
