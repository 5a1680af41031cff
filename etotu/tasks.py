"""What the worker does. The rows in the database are the truth: a message that is lost or comes twice does no harm."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from accounts.models import User
from etotu.alerts.mail import tell_admins
from etotu.alerts.missing_days import tell_missing_days
from etotu.code_lists.checking_again import EVERYWHERE, check_again
from etotu.loading.destruction import destroy_old_files
from etotu.loading.inbox import read_inbox
from etotu.loading.load import load_quietly
from etotu.loading.sweep import sweep


@shared_task(name="etotu.load")
def load_batch(batch_id: int) -> None:
    load_quietly(batch_id)


# what waits longer than the next beat is not needed any more: that beat does the same
@shared_task(name="etotu.sweep", expires=25)
def sweep_batches() -> None:
    sweep()


@shared_task(name="etotu.read_inbox", expires=9)
def read_folder() -> None:
    read_inbox()


@shared_task(name="etotu.destroy_old_files")
def destroy_files() -> None:
    destroy_old_files()


@shared_task(name="etotu.missing_days", expires=1800)
def find_missing_days() -> None:
    tell_missing_days()


# apart from the loads: a server of e-mail that does not answer holds up none of them
@shared_task(name="etotu.tell_admins", expires=50)
def tell_by_email() -> None:
    tell_admins()


@shared_task(name="etotu.check_again")
def check_rows_again(place: int, actor_id: int | None) -> None:
    check_again(User.objects.filter(pk=actor_id).first() if actor_id else None, place)


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    sweep_batches.delay()
    find_missing_days.delay()
    # a new version may know more types and municipalities
    check_rows_again.delay(EVERYWHERE, None)
