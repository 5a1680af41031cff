"""The pages of the desk, subject by subject."""

from django.urls import URLPattern, URLResolver, include, path

from desk import shell
from desk.drafts import draft
from desk.holds.deeds import matter_release
from desk.settings.pages import local_settings
from desk.today.pages import today
from desk.week.day_list import day_list
from desk.week.pages import plan_of_week

MATTER = "asiat/<int:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today, name="today"),
    path("", include("desk.queue.urls")),
    path("tyojono/viikko/", plan_of_week, name="week_plan"),
    path("tyojono/paivan-lista/", day_list, name="day_list"),
    path("", include("desk.client.urls")),
    path("", include("desk.appointments.urls")),
    path("", include("desk.information.urls")),
    path("", include("desk.letters.urls")),
    path("", include("desk.partners.urls")),
    path("", include("desk.transfers.urls")),
    path(f"{MATTER}ota/", shell.matter_take, name="matter_take"),
    path(f"{MATTER}vapauta/", matter_release, name="matter_release"),
    path(f"{MATTER}peru-ottaminen/", shell.matter_undo_take, name="matter_undo_take"),
    path(f"{MATTER}jatka/", shell.matter_resume, name="matter_resume"),
    path(f"{MATTER}kuittaa-muutos/", shell.matter_acknowledge, name="matter_acknowledge"),
    path(f"{MATTER}nahty/", shell.matter_seen, name="matter_seen"),
    path(f"{MATTER}nayta-suojatut/", shell.matter_reveal, name="matter_reveal"),
    path(f"{MATTER}yhteydenotto/", shell.matter_contact, name="matter_contact"),
    path(f"{MATTER}odota/", shell.matter_wait, name="matter_wait"),
    path(f"{MATTER}siirra/", shell.matter_hand_over, name="matter_hand_over"),
    path(f"{MATTER}sulje/", shell.matter_close, name="matter_close"),
    path(f"{MATTER}avaa-uudelleen/", shell.matter_reopen, name="matter_reopen"),
    path("luonnos/", draft, name="draft"),
    path("yllapito/asetukset/", local_settings, name="local_settings"),
]
