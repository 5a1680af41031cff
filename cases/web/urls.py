from django.urls import path

from cases.web.client_urls import urlpatterns as client_patterns
from cases.web.drafts import draft

urlpatterns = [*client_patterns, path("luonnos/", draft, name="draft")]
