"""What the batches add to the frame: the entry of Ylläpito with what is unseen, and their tabs there."""

from django.utils.translation import gettext_lazy as _

from etotu.alerts.verbs import unseen_count
from municipalities import menu
from municipalities.menu import Entry
from municipalities.models.membership import Role
from municipalities.tabs import INSTALLATION, MUNICIPAL, Tab

# the batches stand for all pages of the administration
menu.add(
    Entry(
        "batches",
        _("Administration"),
        frozenset({Role.ADMIN}),
        order=50,
        sections=frozenset({"yllapito"}),
        count=unseen_count,
    )
)

MUNICIPAL.add(Tab("batches", _("Batches"), order=10))
MUNICIPAL.add(Tab("routing_rules", _("Routing rules"), order=20))
MUNICIPAL.add(Tab("code_lists", _("Code lists"), order=40))

INSTALLATION.add(Tab("installation_batches", _("Batches"), order=20))
INSTALLATION.add(Tab("installation_unplaced", _("Rows without a municipality"), order=30))
INSTALLATION.add(Tab("installation_code_lists", _("Code lists"), order=40))
