"""What decided that a link may be made is asked again when it is opened and when it is taken."""

from accounts.models import OneTimeLink
from municipalities.models import Municipality, RightRequest
from municipalities.rights.rules import is_admin_of, why_not_account


def still_allowed(link: OneTimeLink) -> bool:
    """A link of the person's own or of the server's command has no maker; others have one, and a municipality."""
    if link.made_by is None:
        return True
    municipality = Municipality.objects.filter(pk=link.municipality_number or 0).first()
    if municipality is None or not is_admin_of(link.made_by, municipality):
        return False
    if link.purpose == OneTimeLink.Purpose.OFFER:
        return RightRequest.objects.waiting_for_person().filter(person=link.user_id).exists()
    return not why_not_account(link.made_by, municipality, link.user)
