"""The entry point of the web process, and of no other: what holds for pages alone is set here."""

import os

from django.core.wsgi import get_wsgi_application

from core.safe_start.serving import guarded
from core.time_limits import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")

limit_statements()
application = guarded(get_wsgi_application())
