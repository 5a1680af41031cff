from django.urls import path

from reports.web import views

urlpatterns = [
    path("kunta/", views.dashboard, name="dashboard"),
    path("kunta/<slug:name>.csv", views.figure_csv, name="figure_csv"),
    path("kunta/<slug:name>/<str:key>/", views.figure_rows, name="figure_rows"),
]
