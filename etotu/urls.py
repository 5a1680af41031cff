from django.urls import path

from etotu.alerts import pages as alerts
from etotu.batches import attachment, corrected_upload
from etotu.batches import one as batch
from etotu.batches import pages as batches
from etotu.code_lists import pages as code_lists
from etotu.repair import discard as repair_discard
from etotu.repair import pages as repair

urlpatterns = [
    path("erat/", batches.batches, name="batches"),
    path("erat/halytykset/nahty/", alerts.alerts_seen, name="alerts_seen"),
    path("erat/kesken/", batches.batches_progress, name="batches_progress"),
    path("erat/korjattavat/", repair.repair, name="repair"),
    path("erat/korjattavat/tallenna/", repair.repair_save, name="repair_save"),
    path("erat/korjattavat/<key:pk>/hylkaa/", repair_discard.repair_discard, name="repair_discard"),
    path("erat/tuo/", batches.upload, name="upload"),
    path("erat/<uuid:public_id>/", batch.batch, name="batch"),
    path("erat/<uuid:public_id>/eteneminen/", batch.batch_progress, name="batch_progress"),
    path("erat/<uuid:public_id>/korjattu/", corrected_upload.correct_batch, name="correct_batch"),
    path("yllapito/koodistot/", code_lists.code_lists, name="code_lists"),
    path("yllapito/koodistot/tarkista/", code_lists.check_rows_again, name="check_again"),
    path("yllapito/koodistot/tarkistus/", code_lists.check_again_progress, name="check_again_progress"),
    path("liitteet/<key:pk>/", attachment.attachment, name="attachment"),
]
