"""What the worker does by the clock."""

from celery import shared_task

from cases.services.release_all import release_everywhere


@shared_task(name="cases.release_held", expires=3000)
def release_held() -> None:
    release_everywhere()
