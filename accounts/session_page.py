"""The session's end as static/js/session.js follows it, and signing in again without leaving the page."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from accounts import session_clock
from accounts.context import OWNER
from accounts.forms import AuthenticateForm, SignInForm
from accounts.middleware import does_not_prolong
from accounts.models import User
from accounts.people import has_second_factor


def answer(request: HttpRequest) -> JsonResponse:
    signed_in = request.user.is_authenticated
    left = session_clock.seconds_left(request.session) if signed_in else 0
    return JsonResponse({"authenticated": signed_in, "seconds_left": left})


@login_not_required
@never_cache
@require_GET
@does_not_prolong
def session_state(request: HttpRequest) -> JsonResponse:
    return answer(request)


@login_not_required
@require_POST
def session_extend(request: HttpRequest) -> JsonResponse:
    """Reaching a view prolongs the session; this one does nothing else."""
    return answer(request)


@login_not_required
@require_POST
@sensitive_post_parameters("password", "code")
def session_sign_in(request: HttpRequest) -> JsonResponse:
    """The person of the page signs in again: e-mail, password and, if there is a second factor, its code."""
    owner = owner_of_page(request)
    if owner is None:
        return refuse(request, _("This page is too old. Copy what you wrote, and open the page anew."))
    if request.user.is_authenticated:
        return accept(request) if request.user.pk == owner.pk else refuse(request, another_person())
    if request.POST.get("email", "").strip().lower() != owner.email:
        return refuse(request, another_person())
    if not ratelimit.consume(request, action="login"):
        return refuse(request, _("Too many attempts. Wait a minute and try again."))
    form = SignInForm({"login": owner.email, "password": request.POST.get("password", "")}, request=request)
    if not form.is_valid():
        return refuse(request, words_of(form))
    return check_and_sign_in(request, owner)


def check_and_sign_in(request: HttpRequest, user: User) -> JsonResponse:
    """The password was right; the account may be out of use, and a second factor may be asked for."""
    if not user.is_active:
        return refuse(request, _("The account is not in use. Ask the administrator of your municipality."))
    with_code = has_second_factor(user)
    if with_code:
        if not request.POST.get("code"):
            return refuse(request, _("Write also the code from the authenticator app."), code_needed=True)
        form = AuthenticateForm({"code": request.POST["code"]}, user=user)
        if not form.is_valid():
            return refuse(request, words_of(form), code_needed=True)
    record_authentication(request, user, method="password")
    if with_code:
        form.save()
    get_adapter().login(request, user)
    UserSession.objects.create_from_request(request)
    return accept(request)


def owner_of_page(request: HttpRequest) -> User | None:
    """Whose page it is: signed into it when it was made."""
    try:
        pk = signing.loads(request.POST.get("owner", ""), salt=OWNER)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk).first()


def accept(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True, "error": "", "code_needed": False, "csrf": get_token(request)})


def refuse(request: HttpRequest, words: str, **more: Any) -> JsonResponse:
    return JsonResponse({"ok": False, "error": words, "code_needed": False, "csrf": get_token(request)} | more)


def another_person() -> str:
    return _("Somebody else was signed in on this page. Only the same person can go on with it.")


def words_of(form: BaseForm) -> str:
    return " ".join(str(words) for errors in form.errors.values() for words in errors)
