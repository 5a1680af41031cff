"""The forms of signing in and of one's own account. allauth's own keep their checks; the words are ours."""

from typing import TYPE_CHECKING, Any, NoReturn

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.account.forms import SetPasswordForm as AllauthSetPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import decrypt
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from accounts import lockout, spent_codes
from accounts.failures import code_failed, turned_away
from accounts.models import User
from accounts.one_line import OneLineField

if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:
    UserForm = forms.ModelForm

PASSWORD_HELP = _("At least 15 characters. A sentence or some words in a row is easy to remember and hard to guess.")


def reword(form: forms.BaseForm, **labels: Any) -> None:
    """Give the fields these labels, and take away what allauth puts into them."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, login=_("E-mail address"), password=_("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SamePasswordTwice:
    """The rule of two password fields, in our words."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}  # type: ignore[arg-type]
        if cleaned.get("password1") and cleaned.get("password2") and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", _("The two passwords differ. Write the same one in both fields."))  # type: ignore[attr-defined]
        return cleaned


class ChangePasswordForm(SamePasswordTwice, AllauthChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self,
            oldpassword=_("Current password"),
            password1=_("New password"),
            password2=_("New password again"),
        )
        self.fields["password1"].help_text = PASSWORD_HELP


class SetPasswordForm(SamePasswordTwice, AllauthSetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, password1=_("New password"), password2=_("New password again"))
        self.fields["password1"].help_text = PASSWORD_HELP


class ReauthenticateForm(AllauthReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, password=_("Password"))


def ask_code(form: forms.BaseForm, label: Any, help_text: Any) -> None:
    reword(form, code=label)
    form.fields["code"].help_text = help_text
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "12"}


class SpendsCode:
    """What every form with a code adds to the library's: five wrong ones shut the door, and a right one works once."""

    user: User

    def clean_code(self) -> str:
        request = context.request
        at = lockout.door(request, f"code {self.user.email}")
        if not lockout.begin(at):
            self.refuse(turned_away(request, self.user, at))
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            spent = self.is_app_code() and not spent_codes.spend(self.user, self.app_secret(), code)
            if spent:
                self.refuse(str(SPENT), WRONG)
        except ValidationError as error:
            if error.code == WRONG:
                code_failed(request, self.user, at)
            else:
                # a limit of the library's, or no app can be taken: nobody looked at the code
                lockout.not_tried(at)
            raise
        except DatabaseError:
            lockout.not_tried(at)
            raise
        lockout.opened(at)
        return code

    def refuse(self, words: str, code: str = "") -> NoReturn:
        raise ValidationError(words, code=code)

    def is_app_code(self) -> bool:
        """Not a recovery code, which the library crosses out in its row."""
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        return bool(authenticator.type == Authenticator.Type.TOTP)

    def app_secret(self) -> str:
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        return str(decrypt(authenticator.data["secret"]))


WRONG = "incorrect_code"
"""What the library calls a code that was looked at and is not right."""
SPENT = _("This code has been used already. Wait until the app shows a new one.")
CODE = _("Code from the authenticator app")
CODE_HELP = _("Six digits. If you have not the app at hand, write one of your recovery codes.")


class AuthenticateForm(SpendsCode, AllauthAuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, CODE, CODE_HELP)
        self.fields["code"].widget.attrs["data-focus"] = True


class ReauthenticateByCodeForm(SpendsCode, AllauthReauthenticateByCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, CODE, CODE_HELP)


class ActivateSecondFactorForm(SpendsCode, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, CODE, _("The six digits that the app shows now."))

    def is_app_code(self) -> bool:
        return True

    def app_secret(self) -> str:
        return str(self.secret)


class AccountForm(UserForm):
    """What a person may change of the own account. The e-mail address is changed by an admin's new invitation."""

    class Meta:
        model = User
        fields = ["name", "title", "language", "keyboard_shortcuts"]
        field_classes = {"name": OneLineField, "title": OneLineField}
        labels = {
            "name": _("Name"),
            "title": _("Job title"),
            "language": _("Language"),
            "keyboard_shortcuts": _("Keyboard shortcuts are in use"),
        }
        help_texts = {
            "name": _("Your colleagues and the access log show this name."),
            "keyboard_shortcuts": _("/ goes to the search; in the queue J and K move and O opens."),
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class TakeLinkForm(forms.Form):
    """The page of a one-time link: whoever has never signed in also checks the name and chooses the language."""

    name = OneLineField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your colleagues and the access log show this name."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
    )
    password2 = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"name": user.name, "language": user.language})
        self.user = user
        if user.has_signed_in:
            del self.fields["name"], self.fields["language"]

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean_password2(self) -> str:
        password: str = self.cleaned_data["password2"]
        if "password1" in self.cleaned_data and password != self.cleaned_data["password1"]:
            raise ValidationError(_("The two passwords differ. Write the same one in both fields."))
        return password


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()
