"""One's own account and sessions."""

import datetime
import re
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import session_clock
from accounts.forms import AccountForm
from accounts.models import User
from accounts.people import end_other_sessions
from accounts.security_log import Kind, record

BROWSERS = [("Edge", r"Edg"), ("Opera", r"OPR"), ("Firefox", r"Firefox"), ("Chrome", r"Chrom"), ("Safari", r"Safari")]
SYSTEMS = [
    ("Android", r"Android"),
    ("iOS", r"iPhone|iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac"),
    ("Linux", r"Linux"),
]


def own_account(request: HttpRequest) -> HttpResponse:
    user = the_user(request)
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        if "name" in form.changed_data:
            record(Kind.NAME_CHANGED, request=request)
        with override(user.language):
            messages.success(request, _("Your account was saved."))
        return redirect("own_account")
    if form.errors:
        user.refresh_from_db()
    factors = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return render(request, "accounts/own_account.html", {"form": form, "has_second_factor": "totp" in factors})


@dataclass(frozen=True)
class OpenSession:
    pk: int
    browser: str
    ip: str
    since: datetime.datetime
    last_used: datetime.datetime | None
    is_this: bool


def sessions(request: HttpRequest) -> HttpResponse:
    """The own open sessions; any of them can be ended, or all the others at once."""
    user = the_user(request)
    if request.method == "POST":
        return end(request, user)
    return render(request, "accounts/sessions.html", {"open_sessions": open_sessions(request, user)})


def end(request: HttpRequest, user: User) -> HttpResponse:
    if request.POST.get("end") == "others":
        end_other_sessions(request, user)
        record(Kind.SESSIONS_ENDED, request=request, which="others")
        messages.success(request, _("All your other sessions have ended."))
        return redirect("sessions")
    number = request.POST.get("end", "")
    session = get_object_or_404(
        UserSession, user=user, pk=int(number) if number.isdecimal() and len(number) < 19 else 0
    )
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    session.end()
    record(Kind.SESSIONS_ENDED, request=request, which="one")
    messages.success(request, _("The session has ended."))
    return redirect("sessions")


def open_sessions(request: HttpRequest, user: User) -> list[OpenSession]:
    """This one first, then the last used."""
    rows = {row.session_key: row for row in UserSession.objects.filter(user=user)}
    stored = {s.session_key: s.get_decoded() for s in Session.objects.filter(session_key__in=rows)}
    found = []
    for key, row in rows.items():
        here = key == request.session.session_key
        data = dict(request.session.items()) if here else stored.get(key)
        if data is None or (not here and session_clock.is_over(data)):
            continue
        used = data.get(session_clock.USED)
        found.append(
            OpenSession(
                row.pk,
                browser_words(row.user_agent),
                row.ip,
                row.created_at,
                datetime.datetime.fromtimestamp(used, datetime.UTC) if used else None,
                here,
            )
        )
    return sorted(found, key=lambda s: (s.is_this, s.last_used or s.since), reverse=True)


def browser_words(user_agent: str) -> str:
    """ "Firefox, Windows"."""
    found = [
        next((name for name, pattern in known if re.search(pattern, user_agent)), "") for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or _("Unknown browser")


def the_user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - signing in is asked of every view
    return request.user
