from django.urls import path

from desk.transfers import deeds, pages

ASKED = "asiat/<int:pk>/kunnansiirto/"

urlpatterns = [
    path("siirrot/", pages.transfers, name="transfers"),
    path(ASKED, deeds.matter_transfer, name="matter_transfer"),
    path(f"{ASKED}hyvaksy/", deeds.matter_transfer_accept, name="matter_transfer_accept"),
    path(f"{ASKED}palauta/", deeds.matter_transfer_return, name="matter_transfer_return"),
    path(f"{ASKED}peru/", deeds.matter_transfer_revoke, name="matter_transfer_revoke"),
]
