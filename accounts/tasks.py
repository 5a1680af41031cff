"""Work that no page waits for."""

from celery import shared_task

from accounts.links.forgotten import TASK, send_link


@shared_task(name=TASK)
def send_forgotten_link(user_id: int, address: str) -> None:
    send_link(user_id, address)
