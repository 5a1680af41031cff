from django.urls import path

from desk.web import matter_transfer, transfers

urlpatterns = [
    path("siirrot/", transfers.transfers, name="transfers"),
    path("asiat/<int:pk>/kunnansiirto/", matter_transfer.matter_transfer, name="matter_transfer"),
    path("asiat/<int:pk>/kunnansiirto/hyvaksy/", matter_transfer.matter_transfer_accept, name="matter_transfer_accept"),
    path("asiat/<int:pk>/kunnansiirto/palauta/", matter_transfer.matter_transfer_return, name="matter_transfer_return"),
    path("asiat/<int:pk>/kunnansiirto/peru/", matter_transfer.matter_transfer_revoke, name="matter_transfer_revoke"),
]
