"""Every page. What belongs to a municipality stands under its code, and nothing else does."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from core.paths import Key
from municipalities.paths import MunicipalityCode

register_converter(MunicipalityCode, "code")
register_converter(Key, "key")

installation: list[URLPattern | URLResolver] = [
    path("", include("municipalities.installation_urls")),
    path("", include("etotu.installation.urls")),
]
municipal: list[URLPattern | URLResolver] = [
    path("", include("desk.urls")),
    path("", include("avain.urls")),
    path("", include("etotu.urls")),
    path("", include("etotu.routing.urls")),
    path("", include("municipalities.urls")),
    path("", include("reports.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("municipalities.home_urls")),
    path("asennus/", include(installation)),
    path("<code:code>/", include(municipal)),
]

handler500 = "core.outage_pages.server_error"
