"""What follows a wrong password or code: a line in the security log, and at the fifth a shut door and a notice."""

from django.http import HttpRequest

from accounts import lockout
from accounts.lockout import Door
from accounts.models import User
from accounts.notices import tell
from accounts.security_log import Kind, record


def password_failed(request: HttpRequest, email: str, at: Door) -> None:
    """Of an address that nobody has the log keeps no word: it may be a password in the wrong field."""
    person = User.objects.filter(email=email.strip().lower()).first()
    record(Kind.SIGN_IN_FAILED, request=request, person=person, known=person is not None)
    shut(request, person, lockout.failed(at))


def code_failed(request: HttpRequest, person: User, at: Door) -> None:
    record(Kind.CODE_REFUSED, request=request, person=person)
    shut(request, person, lockout.failed(at))


def shut(request: HttpRequest, person: User | None, minutes: int) -> None:
    if minutes:
        record(Kind.LOCKED_OUT, request=request, person=person, minutes=minutes)
        tell(person, "locked_out")
