"""What the worker does by the clock."""

from celery import shared_task

from cases.holds.release_all import release_everywhere
from cases.information.expiring import expire_requests


@shared_task(name="cases.release_held", expires=3000)
def release_held() -> None:
    release_everywhere()


@shared_task(name="cases.expire_requests", expires=3000)
def expire_information_requests() -> None:
    expire_requests()
