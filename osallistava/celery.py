"""The task queue. A row in the database is the truth about work to do; a message here is only a hint."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")

app = Celery("osallistava")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
