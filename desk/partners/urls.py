from django.urls import path

from desk.partners import pages, register

ONE = "yllapito/kumppanit/<key:pk>/"

urlpatterns = [
    path("luovutukset/", pages.handovers, name="handovers"),
    path("luovutukset/<key:pk>/vastaus/", pages.handover_answer, name="handover_answer"),
    path("luovutukset/<key:pk>/kysyttiin-uudelleen/", pages.handover_again, name="handover_again"),
    path("luovutukset/<key:pk>/peru/", pages.handover_withdraw, name="handover_withdraw"),
    path("yllapito/kumppanit/", register.partners, name="partners"),
    path("yllapito/kumppanit/uusi/", register.partner_new, name="partner_new"),
    path(ONE, register.partner_edit, name="partner_edit"),
    path(f"{ONE}paata/", register.partner_end, name="partner_end"),
    path(f"{ONE}kayttoon/", register.partner_take_back, name="partner_take_back"),
]
