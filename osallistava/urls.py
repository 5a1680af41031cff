"""Every page. What belongs to a municipality stands under its code, and nothing else does."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from municipalities.paths import MunicipalityCode

register_converter(MunicipalityCode, "code")

installation: list[URLPattern | URLResolver] = [
    path("", include("municipalities.web.installation_urls")),
    path("", include("etotu.web.installation_urls")),
]
municipal: list[URLPattern | URLResolver] = [
    path("", include("desk.web.urls")),
    path("", include("cases.web.urls")),
    path("", include("avain.web.urls")),
    path("", include("etotu.web.urls")),
    path("", include("etotu.web.rule_urls")),
    path("", include("municipalities.web.urls")),
    path("", include("reports.web.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.web.urls")),
    path("", include("municipalities.web.home_urls")),
    path("asennus/", include(installation)),
    path("<code:code>/", include(municipal)),
]

handler500 = "core.outages.server_error"
