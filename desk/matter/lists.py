"""Whose matters the lists of the desk hold."""

import datetime

from django.db.models import Q, QuerySet

from cases.models import Client, Matter
from municipalities.requests import MunicipalRequest

ITEMS = 60
"""Rows of one list of Today; the rest is in the queue."""


def late(today: datetime.date) -> Q:
    """A duty is late: a deadline was missed and runs on."""
    return Q(due__isnull=False, due__lt=today)


def of_today(today: datetime.date) -> Q:
    """Whatever day of the matter has come, without a duty that is late: the one rule of Today, queue and plan."""
    return Q(next_on__lte=today) & ~late(today)


def own_matters(request: MunicipalRequest) -> QuerySet[Matter]:
    visible = Matter.objects.visible_to(request.user, request.municipality)
    return visible.open().filter(assignee=request.user)


def matters_of(request: MunicipalRequest, client: Client) -> QuerySet[Matter]:
    """The latest first."""
    visible = Matter.objects.visible_to(request.user, request.municipality).filter(client=client)
    return visible.order_by("-arrived", "-pk")
