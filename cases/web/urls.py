from django.urls import path

from cases.web import letter_templates
from cases.web.client_urls import urlpatterns as client_patterns
from cases.web.drafts import draft
from cases.web.local_settings import local_settings
from cases.web.partner_urls import urlpatterns as partner_patterns

urlpatterns = [
    *client_patterns,
    *partner_patterns,
    path("luonnos/", draft, name="draft"),
    path("yllapito/asetukset/", local_settings, name="local_settings"),
    path("yllapito/kirjeet/", letter_templates.letter_templates, name="letter_templates"),
    path("yllapito/kirjeet/<str:kind>/<str:language>/", letter_templates.letter_template, name="letter_template"),
    path(
        "yllapito/kirjeet/<str:kind>/<str:language>/esikatselu/",
        letter_templates.letter_template_preview,
        name="letter_template_preview",
    ),
    path(
        "yllapito/kirjeet/<str:kind>/<str:language>/palauta/",
        letter_templates.letter_template_back,
        name="letter_template_back",
    ),
]
