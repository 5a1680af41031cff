"""Every page. What belongs to a municipality stands under its code, and nothing else does."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, register_converter

from municipalities.paths import MunicipalityCode

register_converter(MunicipalityCode, "code")


def there(*modules: str) -> list[URLPattern | URLResolver]:
    return [
        path("", include(module)) for module in modules if find_spec(module.rpartition(".")[0]) and find_spec(module)
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    *there("accounts.web.urls", "core.web.urls", "municipalities.web.home_urls"),
    path("asennus/", include(there("municipalities.web.installation_urls", "etotu.web.installation_urls"))),
    path(
        "<code:code>/",
        include(
            there(
                "desk.web.urls",
                "cases.web.urls",
                "avain.web.urls",
                "etotu.web.urls",
                "municipalities.web.urls",
                "reports.web.urls",
            )
        ),
    ),
]
