from django.urls import path

from etotu.web import installation

urlpatterns = [
    path("erat/", installation.installation_batches, name="installation_batches"),
    path("erat/<uuid:public_id>/", installation.installation_batch, name="installation_batch"),
    path("rivit/", installation.installation_unplaced, name="installation_unplaced"),
]
