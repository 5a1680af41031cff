from django.urls import path

from desk.appointments import pages

urlpatterns = [
    path("asiakkaat/<int:pk>/aika/", pages.appointment_new, name="appointment_new"),
    path("tapaamiset/<int:pk>/", pages.appointment, name="appointment"),
    path("tapaamiset/<int:pk>/merkitse/", pages.appointment_mark, name="appointment_mark"),
]
