"""What the worker counts. The marks in the database say what is to do: a lost message only delays it."""

from celery import shared_task
from django.utils import timezone

from reports.flows.recounting import recount_stale, recount_window
from reports.publishing.nightly import publish_closed


@shared_task(name="reports.recount_stale", expires=55)
def recount_stale_days() -> None:
    recount_stale()


@shared_task(name="reports.recount_window")
def recount_last_months() -> None:
    recount_window(timezone.localdate())


@shared_task(name="reports.publish_closed")
def publish_closed_periods() -> None:
    publish_closed(timezone.localdate())
