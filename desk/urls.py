"""The pages of the desk, subject by subject."""

from django.urls import URLPattern, URLResolver, include, path

from desk import shell
from desk.drafts import draft
from desk.matter.deeds import all_deeds
from desk.settings.pages import local_settings
from desk.today.pages import today
from desk.transfers.pages import transfers
from desk.week.day_list import day_list
from desk.week.pages import plan_of_week

MATTER = "asiat/<key:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today, name="today"),
    path("", include("desk.queue.urls")),
    path("tyojono/viikko/", plan_of_week, name="week_plan"),
    path("tyojono/paivan-lista/", day_list, name="day_list"),
    path("", include("desk.client.urls")),
    path("", include("desk.documents.urls")),
    path("", include("desk.notes.urls")),
    path("", include("desk.appointments.urls")),
    path("", include("desk.letters.urls")),
    path("", include("desk.partners.urls")),
    path("", include("desk.oversight.urls")),
    path("siirrot/", transfers, name="transfers"),
    path(f"{MATTER}nahty/", shell.matter_seen, name="matter_seen"),
    path(f"{MATTER}nayta-suojatut/", shell.matter_reveal, name="matter_reveal"),
    path(f"{MATTER}kirje/esikatselu/", shell.preview, name="matter_letter_preview"),
    *(path(f"{MATTER}{one.path}/", shell.do, {"name": one.name}, name=one.url_name) for one in all_deeds()),
    path("luonnos/", draft, name="draft"),
    path("yllapito/asetukset/", local_settings, name="local_settings"),
]
