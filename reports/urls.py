from django.urls import path

from reports.dashboard import downloads, pages, rows

urlpatterns = [
    path("kunta/", pages.dashboard, name="dashboard"),
    path("kunta/nopeus/", pages.pace, name="dashboard_pace"),
    path("kunta/tavoittaminen/", pages.reach_and_attendance, name="dashboard_reach"),
    path("kunta/maaraajat/", pages.deadlines, name="dashboard_deadlines"),
    path("kunta/tavoitteet/", pages.client_goals, name="dashboard_goals"),
    path("kunta/<slug:name>.csv", downloads.figure_csv, name="figure_csv"),
    path("kunta/<slug:name>/<str:key>/", rows.figure_rows, name="figure_rows"),
]
