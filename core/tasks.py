"""What the worker does by the clock."""

from celery import shared_task

from core import drafts
from core.row_security import across_municipalities


@shared_task(name="core.clean_drafts")
def clean_drafts() -> None:
    with across_municipalities("drafts of every municipality grow old"):
        drafts.clean()
