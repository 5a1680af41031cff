"""A link goes to the person's address and nowhere else: whoever gives rights must not be able to use them."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import mail
from accounts.links.verbs import address_of
from accounts.models import User

LINK = "link_of_the_demo"


def send(request: HttpRequest, person: User, token: str, letter: str = "invitation") -> None:
    """Send it, or say what to do where that does not work. Only the demo, where nothing is real, shows it."""
    link = address_of(token)
    if mail.send(person.email, letter, person.language, {"link": link}):
        messages.success(request, _("The link was sent by e-mail. It works once, for 7 days."))
    elif settings.DEMO:
        request.session[LINK] = link
    elif mail.is_configured():
        messages.error(
            request,
            _("The e-mail could not be sent. Check the address with the person and send the link again in a while."),
        )
    else:
        messages.warning(
            request,
            _(
                "No e-mail can be sent from here. Ask whoever runs the service for the link: it is made on the server "
                "with the command sign_in_link, and given to the person."
            ),
        )


def shown_in_the_demo(request: HttpRequest) -> str:
    """The link that would have been sent, once; never anything outside the demo."""
    link: str = request.session.pop(LINK, "")
    return link if settings.DEMO else ""
