"""What follows a wrong password or code: a line in the security log, and at the fifth a shut door and a notice."""

from django.http import HttpRequest

from accounts import lockout
from accounts.lockout import Door
from accounts.models import User
from accounts.notices import tell
from accounts.security_log import Kind, record
from accounts.waiting import waiting_words


def whose(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def password_failed(request: HttpRequest, email: str, at: Door) -> None:
    """Of an address that nobody has the log keeps no word: it may be a password in the wrong field."""
    person = whose(email)
    record(Kind.SIGN_IN_FAILED, request=request, person=person, known=person is not None)
    shut(request, person, lockout.failed(at))


def code_failed(request: HttpRequest, person: User, at: Door) -> None:
    record(Kind.CODE_REFUSED, request=request, person=person)
    shut(request, person, lockout.failed(at))


def turned_away(request: HttpRequest, person: User | None, at: Door) -> str:
    """A guess that is not tried; the words for the person. Whoever is shut out has an end to it, and is told.

    The count may be full without a shut door: five others are being tried at this moment, or never came to an end.
    """
    shut(request, person, lockout.shut(at))
    return waiting_words(max(1, lockout.minutes_left(at)))


def shut(request: HttpRequest, person: User | None, minutes: int) -> None:
    if minutes:
        record(Kind.LOCKED_OUT, request=request, person=person, minutes=minutes)
        tell(person, "locked_out")
