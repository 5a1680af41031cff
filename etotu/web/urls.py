from django.urls import path

from etotu.web import attachment, batch, batches

urlpatterns = [
    path("erat/", batches.batches, name="batches"),
    path("erat/kesken/", batches.batches_progress, name="batches_progress"),
    path("erat/tuo/", batches.upload, name="upload"),
    path("erat/<uuid:public_id>/", batch.batch, name="batch"),
    path("erat/<uuid:public_id>/eteneminen/", batch.batch_progress, name="batch_progress"),
    path("liitteet/<int:pk>/", attachment.attachment, name="attachment"),
]
