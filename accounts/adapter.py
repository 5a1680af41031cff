"""How allauth behaves here: nobody signs up, e-mail says nothing personal, second factors are stored encrypted."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import lockout, mail, sealed_factor
from accounts.failures import password_failed, turned_away, whose
from accounts.lockout import Door
from accounts.models import User
from accounts.security_log import Kind, record
from accounts.waiting import minutes_of_limit, waiting_words

# what a person is told by e-mail after a change of the account
NOTICES = {
    "account/email/password_changed": _("Your password was changed"),
    "account/email/password_set": _("Your password was changed"),
    "mfa/email/totp_activated": _("Two-step sign-in was taken into use"),
    "mfa/email/totp_deactivated": _("Two-step sign-in was turned off"),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made"),
}


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by an admin; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address and the password do not match. Check both and try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right."),
        "rate_limited": _("Too many attempts. Wait 5 minutes and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait 5 minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """An address is tried five times from one network; from one address of the network not too often in all."""
        at = self.door(request, **credentials)
        if not lockout.begin(at):
            words = turned_away(request, whose(credentials.get("email", "")), at)
            raise ValidationError(words, code="too_many_login_attempts")
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            lockout.not_tried(at)
            key = self._get_login_attempts_cache_key(request, **credentials)
            words = waiting_words(minutes_of_limit(request, "login_failed", key))
            raise ValidationError(words, code=error.code) from None

    def door(self, request: HttpRequest, **credentials: Any) -> Door:
        return lockout.door(request, f"password {credentials.get('email', '')}")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The library's own limit, which is the wider one, goes by address and network too."""
        return self.door(request, **credentials).key

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        try:
            user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        except DatabaseError:
            # nobody looked whether it is right
            lockout.not_tried(self.door(request, **credentials))
            raise
        if user is not None:
            lockout.opened(self.door(request, **credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        password_failed(request, credentials.get("email", ""), self.door(request, **credentials))

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        is_it = bool(super().reauthenticate(user, password))
        if is_it:
            record(Kind.CONFIRMED_AGAIN, request=self.request, by="password")
        return is_it

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, _("The account is not in use. Ask the administrator of your municipality."))
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in need not say who it is once more."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("own_account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix in NOTICES:
            mail.send(email, "notice", get_language() or "fi", {"what": NOTICES[template_prefix]})


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of second factors are stored encrypted, each bound to its person (`sealed_factor`)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right. Check that the app shows the code of this service, and try again."),
    }

    def encrypt(self, text: str) -> str:
        return sealed_factor.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed_factor.opened(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.email
