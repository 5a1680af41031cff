from django.urls import path

from etotu.code_lists import installation as installation_code_lists
from etotu.installation import answers
from etotu.installation import pages as installation
from etotu.installation import row as installation_row

urlpatterns = [
    path("erat/halytykset/nahty/", answers.installation_alerts_seen, name="installation_alerts_seen"),
    path("erat/", installation.installation_batches, name="installation_batches"),
    path("erat/<uuid:public_id>/", installation.installation_batch, name="installation_batch"),
    path(
        "erat/<uuid:public_id>/korjattu/",
        answers.installation_correct_batch,
        name="installation_correct_batch",
    ),
    path("rivit/", installation.installation_unplaced, name="installation_unplaced"),
    path("rivit/<key:pk>/", installation_row.installation_row, name="installation_row"),
    path("koodistot/", installation_code_lists.installation_code_lists, name="installation_code_lists"),
    path("koodistot/tarkista/", installation_code_lists.installation_check_again, name="installation_check_again"),
    path(
        "koodistot/tarkistus/",
        installation_code_lists.installation_check_again_progress,
        name="installation_check_again_progress",
    ),
    path("koodistot/<str:name>/uusi/", installation_code_lists.installation_code_new, name="installation_code_new"),
    path(
        "koodistot/koodi/<key:pk>/paata/",
        installation_code_lists.installation_code_end,
        name="installation_code_end",
    ),
]
