"""What the worker does. The rows in the database are the truth: a message that is lost or comes twice does no harm."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from etotu.services.destruction import destroy_old_files
from etotu.services.inbox import read_inbox
from etotu.services.load import load_quietly
from etotu.services.sweep import sweep


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


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    sweep_batches.delay()
