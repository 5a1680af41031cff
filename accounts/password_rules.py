"""What a password must be, in our own words where Django's are missing in one of our languages."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "The password is too short. Give at least %(n)s character.",
            "The password is too short. Give at least %(n)s characters.",
            self.min_length,
        ) % {"n": self.min_length}
