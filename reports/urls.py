from django.urls import path

from reports.dashboard import downloads, pages, rows
from reports.publishing import pages as publishing
from reports.questions import pages as questions

urlpatterns = [
    path("kunta/", pages.dashboard, name="dashboard"),
    path("kunta/nopeus/", pages.pace, name="dashboard_pace"),
    path("kunta/tavoittaminen/", pages.reach_and_attendance, name="dashboard_reach"),
    path("kunta/maaraajat/", pages.deadlines, name="dashboard_deadlines"),
    path("kunta/tavoitteet/", pages.client_goals, name="dashboard_goals"),
    path("kunta/julkaistut/", publishing.editions, name="editions"),
    path("kunta/julkaistut/uusi/", publishing.edition_new, name="edition_new"),
    path("kunta/julkaistut/<key:pk>/", publishing.edition, name="edition"),
    path("kunta/julkaistut/<key:pk>.csv", publishing.edition_file, name="edition_file"),
    path("kunta/julkaistut/<key:pk>/korjaa/", publishing.edition_correct, name="edition_correct"),
    path("kunta/kysymykset/", questions.list_questions, name="list_questions"),
    path("kunta/kysymykset/<key:pk>/", questions.answer_list_question, name="answer_list_question"),
    path("kunta/kysy/<slug:name>/<str:key>/", questions.ask_about_list, name="ask_about_list"),
    path("kunta/<slug:name>.csv", downloads.figure_csv, name="figure_csv"),
    path("kunta/<slug:name>/<str:key>.csv", rows.figure_rows_csv, name="figure_rows_csv"),
    path("kunta/<slug:name>/<str:key>/", rows.figure_rows, name="figure_rows"),
]
