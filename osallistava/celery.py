"""The task queue. A row in the database is the truth about work to do; a message here is only a hint."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")
if os.environ.get("DEMO"):
    # the default start runs as whoever started it, as root too; a real worker as root is still warned of
    warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("osallistava", task_cls="core.safe_start.serving:GuardedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def look_over_worker(**kwargs: Any) -> None:
    from core.safe_start.refuse import refuse_unsafe_start
    from core.safe_start.serving import watch_worker

    refuse_unsafe_start("worker")
    watch_worker()


@beat_init.connect
def look_over_beat(**kwargs: Any) -> None:
    from core.safe_start.refuse import refuse_unsafe_start

    refuse_unsafe_start("beat")
