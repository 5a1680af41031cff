import pytest
from django.contrib.contenttypes.models import ContentType

from osallistava.celery import app
from testing.worker import Worker


@pytest.mark.slow
def test_a_worker_takes_tasks_that_the_test_sends(worker: Worker) -> None:
    app.send_task("core.clean_drafts")
    assert "succeeded" in worker.wait_for("Task core.clean_drafts")


def test_a_committed_row_is_gone_in_the_next_test_1(committed_db: None) -> None:
    assert ContentType.objects.count()
    ContentType.objects.create(app_label="here", model="today")
    assert ContentType.objects.filter(app_label="here").exists()


def test_a_committed_row_is_gone_in_the_next_test_2(committed_db: None) -> None:
    assert not ContentType.objects.filter(app_label="here").exists()
