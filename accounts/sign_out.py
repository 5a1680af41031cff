from allauth.account import views
from django.http import HttpRequest, HttpResponseBase

CLEARED = '"cache", "storage"'
"""What the browser forgets at signing out. Not its cookies: the session's is gone, and the next page has a message."""


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Asked with GET, done with POST. A shared computer keeps no page and no text of whoever was here."""
    response: HttpResponseBase = views.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = CLEARED
    return response
