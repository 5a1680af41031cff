"""The addresses that the frame of the pages links to; the browser tests of the scripts answer them themselves."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest, **parts: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("kieli/", nothing, name="set_language"),
    path("tili/", nothing, name="own_account"),
    path("istunnot/", nothing, name="sessions"),
    path("ulos/", nothing, name="account_logout"),
    path("kirjaudu/", nothing, name="account_login"),
    path("tietoja/", nothing, name="about"),
    path("saavutettavuus/", nothing, name="accessibility"),
    path("istunto/", nothing, name="session_state"),
    path("istunto/jatka/", nothing, name="session_extend"),
    path("istunto/kirjaudu/", nothing, name="session_sign_in"),
]
