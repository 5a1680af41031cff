"""What the people of a municipality add to the frame: tabs of Ylläpito, and what waits for a supervisor's word."""

from django.utils.translation import gettext_lazy as _

from accounts.links.verbs import still_allowed as rules_of_links
from accounts.security_log import works_in
from municipalities import menu
from municipalities.access import municipalities_of
from municipalities.menu import Entry
from municipalities.models.membership import Role
from municipalities.rights.counts import that_wait, waiting_everywhere, waiting_in
from municipalities.rights.links import still_allowed
from municipalities.tabs import INSTALLATION, MUNICIPAL, Tab

rules_of_links.append(still_allowed)
works_in.append(municipalities_of)

# admins have it among the tabs of Ylläpito
menu.add(
    Entry(
        "right_requests",
        _("Rights"),
        frozenset({Role.SUPERVISOR}),
        order=60,
        waits=that_wait,
        waits_for=frozenset({Role.SUPERVISOR}),
        but_own=("person", "asked_by"),
        waiting=_("waiting"),
    )
)

MUNICIPAL.add(Tab("members", _("Users and rights"), order=50))
MUNICIPAL.add(Tab("right_requests", _("Rights that wait"), order=55, count=waiting_in))
MUNICIPAL.add(Tab("units", _("Units"), order=60))
MUNICIPAL.add(Tab("security_log", _("Security log"), order=90))

INSTALLATION.add(Tab("installation", _("Municipalities"), order=10))
INSTALLATION.add(Tab("installation_rights", _("Rights that wait"), order=15, count=waiting_everywhere))
