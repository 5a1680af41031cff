"""Where signing in leads: to one's work, or first to a role that is offered."""

from django.urls import path

from municipalities.home import home
from municipalities.rights import offers

urlpatterns = [
    path("", home, name="home"),
    path("tarjotut-roolit/", offers.role_offers, name="role_offers"),
    path("tarjotut-roolit/myohemmin/", offers.answer_later, name="answer_later"),
    path("tarjotut-roolit/<key:wanted>/hyvaksy/", offers.accept_role, name="accept_role"),
    path("tarjotut-roolit/<key:wanted>/kieltaydy/", offers.decline_role, name="decline_role"),
]
