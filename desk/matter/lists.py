"""Whose matters the lists of the desk hold."""

from django.db.models import QuerySet

from cases.models import Client, Matter
from municipalities.requests import MunicipalRequest

ITEMS = 60
"""Rows of one list of Today; the rest is in the queue."""


def own_matters(request: MunicipalRequest) -> QuerySet[Matter]:
    visible = Matter.objects.visible_to(request.user, request.municipality)
    return visible.open().filter(assignee=request.user)


def matters_of(request: MunicipalRequest, client: Client) -> QuerySet[Matter]:
    """The latest first."""
    visible = Matter.objects.visible_to(request.user, request.municipality).filter(client=client)
    return visible.order_by("-arrived", "-pk")
