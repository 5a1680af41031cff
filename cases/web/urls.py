from django.urls import path

from cases.web.client_urls import urlpatterns as client_patterns
from cases.web.drafts import draft
from cases.web.local_settings import local_settings
from cases.web.partner_urls import urlpatterns as partner_patterns

urlpatterns = [
    *client_patterns,
    *partner_patterns,
    path("luonnos/", draft, name="draft"),
    path("yllapito/asetukset/", local_settings, name="local_settings"),
]
