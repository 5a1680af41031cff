from django.urls import path

from desk.web import letters, letters_close, letters_new, matter_letter

urlpatterns = [
    path("kirjeet/", letters.letters, name="letters"),
    path("kirjeet/uudet/", letters_new.letters_new, name="letters_new"),
    path("kirjeet/tulosta/", letters.letters_pdf, name="letters_pdf"),
    path("kirjeet/lahetetty/", letters.letters_sent, name="letters_sent"),
    path("kirjeet/poista/", letters.letters_delete, name="letters_delete"),
    path("kirjeet/sulje/", letters_close.letters_close, name="letters_close"),
    path("kirjeet/erat/<uuid:batch>/", letters_new.letters_made, name="letters_made"),
    path("kirjeet/erat/<uuid:batch>/kirje.pdf", letters.letters_batch, name="letters_batch"),
    path("kirjeet/<int:pk>/kirje.pdf", letters.letter_pdf, name="letter_pdf"),
    path("asiat/<int:pk>/kirje/", matter_letter.matter_letter, name="matter_letter"),
    path("asiat/<int:pk>/kirje/tiedoista/", matter_letter.matter_request_letter, name="matter_request_letter"),
    path("asiat/<int:pk>/kirje/kutsu/", matter_letter.matter_invitation, name="matter_invitation"),
    path("asiat/<int:pk>/kirje/esikatselu/", matter_letter.matter_letter_preview, name="matter_letter_preview"),
]
