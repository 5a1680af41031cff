from django.urls import path

from desk.information import deeds

urlpatterns = [
    path("asiat/<int:pk>/pyyda-tietoja/", deeds.matter_ask, name="matter_ask"),
    path("asiat/<int:pk>/tiedot-tulivat/", deeds.matter_information, name="matter_information"),
    path("asiat/<int:pk>/peru-pyynto/", deeds.matter_withdraw_request, name="matter_withdraw_request"),
]
