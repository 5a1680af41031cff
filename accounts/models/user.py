"""Who signs in. What a person may do is said by memberships, in `municipalities`."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password nobody can sign in until one is set by a one-time link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A professional. Not a client: clients have no account."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=80, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        default="fi",
        choices=[("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))],
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_installation_admin = models.BooleanField(_("installation admin"), default=False)
    keyboard_shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    # part of what a session is checked against: a new number ends every session of the person at once
    session_serial = models.PositiveIntegerField(default=0, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return salted_hmac(
            "accounts.User.session", f"{self.password}:{self.session_serial}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def has_signed_in(self) -> bool:
        """Whether the person has taken the invitation."""
        return self.has_usable_password()

    @property
    def is_staff(self) -> bool:
        """There is no Django admin; libraries that ask hear no."""
        return False
