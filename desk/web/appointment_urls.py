from django.urls import path

from desk.web import appointments, matter_offer

urlpatterns = [
    path("asiakkaat/<int:pk>/aika/", appointments.appointment_new, name="appointment_new"),
    path("tapaamiset/<int:pk>/", appointments.appointment, name="appointment"),
    path("tapaamiset/<int:pk>/merkitse/", appointments.appointment_mark, name="appointment_mark"),
    path("asiat/<int:pk>/aika/", matter_offer.matter_offer, name="matter_offer"),
]
