from django.urls import path

from desk.notes import begin, pages, settle, write

OF_CLIENT = "asiakkaat/<key:pk>/kertomus/"
ONE = f"{OF_CLIENT}<key:document>/"

urlpatterns = [
    path(OF_CLIENT, pages.client_notes, name="client_notes"),
    path(f"{OF_CLIENT}etsi/", pages.client_notes_search, name="client_notes_search"),
    path(f"{OF_CLIENT}tuloste/", pages.client_notes_print, name="client_notes_print"),
    path(f"{OF_CLIENT}uusi/", begin.client_note_begin, name="client_note_begin"),
    path(ONE, pages.client_note, name="client_note"),
    path(f"{ONE}kirjoita/", write.client_note_write, name="client_note_write"),
    path(f"{ONE}tallenna/", write.client_note_save, name="client_note_save"),
    path("asiakkaat/<key:pk>/sovittu/<key:item>/", settle.client_agreed, name="client_agreed"),
    path("asiakkaat/<key:pk>/kysymys/<key:question>/", settle.client_question, name="client_question"),
]
