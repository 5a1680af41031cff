from django.urls import path

from desk.appointments import pages

urlpatterns = [
    path("asiakkaat/<key:pk>/aika/", pages.appointment_new, name="appointment_new"),
    path("tapaamiset/<key:pk>/", pages.appointment, name="appointment"),
    path("tapaamiset/<key:pk>/merkitse/", pages.appointment_mark, name="appointment_mark"),
]
