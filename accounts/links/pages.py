"""The page of a one-time link, and asking for one when the password is forgotten."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import mail
from accounts.forms import ForgottenPasswordForm, TakeLinkForm
from accounts.links import proof
from accounts.links.forgotten import queue_forgotten_link
from accounts.links.verbs import LinkSpentError, find_link, find_opened, refused_link, refused_opened, take_link
from accounts.models import OneTimeLink
from accounts.security_log import Kind, record

STASH = "one_time_link"


@login_not_required
@never_cache
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Put the link's digest aside and go on without the token. Opening a link signs nobody out and spends nothing."""
    link = find_link(token)
    if link is None:
        return dead(request, refused_link(token))
    if link.purpose == OneTimeLink.Purpose.OFFER:
        proof.remember(request, link.user)
        return redirect("/")
    request.session[STASH] = link.digest
    return redirect("take_link")


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
def take_one_time_link(request: HttpRequest) -> HttpResponse:
    digest = request.session.get(STASH, "")
    link = find_opened(digest)
    if link is None:
        return dead(request, refused_opened(digest))
    form = TakeLinkForm(link.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return take(request, link, form)
    context = {"form": form, "person": link.user, "signed_in": request.user if request.user.is_authenticated else None}
    return render(request, "accounts/take_link.html", context)


def take(request: HttpRequest, link: OneTimeLink, form: TakeLinkForm) -> HttpResponse:
    """Set the password and sign in. Whoever was signed in here before is so no longer."""
    data = form.cleaned_data
    name, language = data.get("name", link.user.name), data.get("language", link.user.language)
    try:
        user = take_link(link, password=data["password1"], name=name, language=language)
    except LinkSpentError:
        return dead(request)
    logout(request)
    record(
        Kind.LINK_TAKEN, request=request, actor=user, municipality_number=link.municipality_number, purpose=link.purpose
    )
    proof.remember(request, user)
    record_authentication(request, user, method="password")
    response: HttpResponse = perform_login(request, Login(user=user))
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def dead(request: HttpRequest, link: OneTimeLink | None = None) -> HttpResponse:
    if link is not None:
        record(Kind.LINK_REFUSED, request=request, person=link.user, purpose=link.purpose)
    return render(request, "accounts/dead_link.html", {"with_mail": mail.is_configured()}, status=410)


@login_not_required
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether or not anybody has the address."""
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "POST" and mail.is_configured() and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="reset_password", key=email):
            return too_many(request)
        queue_forgotten_link(email)
        messages.success(
            request,
            _("If the address belongs to an account, a link was sent to it. It works for 2 hours."),
        )
        return redirect("account_login")
    return render(request, "accounts/forgotten_password.html", {"form": form, "with_mail": mail.is_configured()})
