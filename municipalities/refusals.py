from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """What an admin may not do, in words."""
