"""The task queue. A row in the database is the truth about work to do; a message here is only a hint."""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")
if os.environ.get("DEMO"):
    # the default start runs as whoever started it, as root too; a real worker as root is still warned of
    warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("osallistava")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
