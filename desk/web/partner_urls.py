from django.urls import path

from desk.web import handovers, matter_ask, matter_partner

urlpatterns = [
    path("asiat/<int:pk>/pyyda-tietoja/", matter_ask.matter_ask, name="matter_ask"),
    path("asiat/<int:pk>/tiedot-tulivat/", matter_ask.matter_information, name="matter_information"),
    path("asiat/<int:pk>/peru-pyynto/", matter_ask.matter_withdraw_request, name="matter_withdraw_request"),
    path("asiat/<int:pk>/kumppanille/", matter_partner.matter_partner, name="matter_partner"),
    path("luovutukset/", handovers.handovers, name="handovers"),
    path("luovutukset/<int:pk>/vastaus/", handovers.handover_answer, name="handover_answer"),
    path("luovutukset/<int:pk>/kysyttiin-uudelleen/", handovers.handover_again, name="handover_again"),
    path("luovutukset/<int:pk>/peru/", handovers.handover_withdraw, name="handover_withdraw"),
]
