"""Signing in and one's own account. Of allauth's pages only these exist: nobody signs up, nothing else is open."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from accounts import pages
from accounts import session_page as session
from accounts.links import pages as links
from accounts.own_account import own_account, sessions
from accounts.second_step import second_step
from accounts.sign_out import sign_out

urlpatterns = [
    path("kirjaudu/", account.login, name="account_login"),
    path("kirjaudu/koodi/", second_step, name="mfa_authenticate"),
    path("kirjaudu-ulos/", sign_out, name="account_logout"),
    path("salasana/", links.forgotten_password, name="account_reset_password"),
    path("linkki/", links.take_one_time_link, name="take_link"),
    path("linkki/<str:token>/", links.one_time_link, name="one_time_link"),
    path("tili/", own_account, name="own_account"),
    path("tili/istunnot/", sessions, name="sessions"),
    path("tili/salasana/", account.password_change, name="account_change_password"),
    path("tili/salasana/aseta/", account.password_set, name="account_set_password"),
    path("tili/vahvista/", account.reauthenticate, name="account_reauthenticate"),
    path("tili/vahvista/koodi/", mfa.reauthenticate, name="mfa_reauthenticate"),
    # where allauth goes after a change of the second factor
    path("tili/kaksivaiheinen/", RedirectView.as_view(pattern_name="own_account"), name="mfa_index"),
    path("tili/kaksivaiheinen/kayttoon/", totp.activate_totp, name="mfa_activate_totp"),
    path("tili/kaksivaiheinen/pois/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tili/varakoodit/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tili/varakoodit/uudet/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tili/varakoodit/lataa/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("istunto/", session.session_state, name="session_state"),
    path("istunto/jatka/", session.session_extend, name="session_extend"),
    path("istunto/kirjaudu/", session.session_sign_in, name="session_sign_in"),
    path("kieli/", pages.set_language, name="set_language"),
    path("tietoa/", pages.about, name="about"),
    path("saavutettavuus/", pages.accessibility, name="accessibility"),
]
