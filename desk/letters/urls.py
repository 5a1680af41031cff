from django.urls import path

from desk.letters import close, new, own_words, pages

OWN_WORDS = "yllapito/kirjeet/<str:kind>/<str:language>/"

urlpatterns = [
    path("kirjeet/", pages.letters, name="letters"),
    path("kirjeet/uudet/", new.letters_new, name="letters_new"),
    path("kirjeet/tulosta/", pages.letters_pdf, name="letters_pdf"),
    path("kirjeet/lahetetty/", pages.letters_sent, name="letters_sent"),
    path("kirjeet/poista/", pages.letters_delete, name="letters_delete"),
    path("kirjeet/sulje/", close.letters_close, name="letters_close"),
    path("kirjeet/erat/<uuid:batch>/", new.letters_made, name="letters_made"),
    path("kirjeet/erat/<uuid:batch>/kirje.pdf", pages.letters_batch, name="letters_batch"),
    path("kirjeet/<key:pk>/kirje.pdf", pages.letter_pdf, name="letter_pdf"),
    path("yllapito/kirjeet/", own_words.letter_templates, name="letter_templates"),
    path(OWN_WORDS, own_words.letter_template, name="letter_template"),
    path(f"{OWN_WORDS}esikatselu/", own_words.letter_template_preview, name="letter_template_preview"),
    path(f"{OWN_WORDS}palauta/", own_words.letter_template_back, name="letter_template_back"),
]
