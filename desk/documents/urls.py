from django.urls import path

from desk.documents import begin, deeds, out, pages, write

OF_CLIENT = "asiakkaat/<key:pk>/asiakirjat/"
ONE = f"{OF_CLIENT}<key:document>/"

urlpatterns = [
    path(OF_CLIENT, begin.client_documents, name="client_documents"),
    path(f"{OF_CLIENT}aloita/", begin.client_document_begin, name="client_document_begin"),
    path(ONE, pages.client_document, name="client_document"),
    path(f"{ONE}versio/<int:number>/", pages.client_document_version, name="client_document_version"),
    path(f"{ONE}kirjoita/", write.client_document_write, name="client_document_write"),
    path(f"{ONE}tallenna/", write.client_document_save, name="client_document_save"),
    path(f"{ONE}jatka/", deeds.client_document_take_over, name="client_document_take_over"),
    path(f"{ONE}heita-pois/", deeds.client_document_throw_away, name="client_document_throw_away"),
    path(f"{ONE}uusi-versio/", deeds.client_document_correct, name="client_document_correct"),
    path(f"{ONE}mitatoi/", deeds.client_document_cancel, name="client_document_cancel"),
    path(f"{ONE}pdf/", out.client_document_pdf, name="client_document_pdf"),
    path(f"{ONE}rakenteinen/", out.client_document_file, name="client_document_file"),
    path(f"{ONE}kopioitu/", out.client_document_copied, name="client_document_copied"),
    path(f"{ONE}viety/", out.client_document_carried, name="client_document_carried"),
]
