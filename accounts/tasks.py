"""Work that no page waits for."""

from celery import shared_task

from accounts import notices
from accounts.links.forgotten import TASK, send_link


@shared_task(name=TASK)
def send_forgotten_link(user_id: int) -> None:
    send_link(user_id)


@shared_task(name=notices.TASK)
def send_notice(user_id: int, notice: str) -> None:
    notices.send_notice(user_id, notice)
