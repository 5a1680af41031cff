"""What the reports add to the frame: the municipality's page, what waits there, and what a researcher reads."""

from django.utils.translation import gettext_lazy as _

from municipalities import menu
from municipalities.menu import Entry
from municipalities.models.membership import CASEWORK, Role
from reports.models import ListQuestion

menu.add(
    Entry(
        "dashboard",
        _("Municipality"),
        CASEWORK | {Role.COORDINATOR},
        order=40,
        waits=ListQuestion.objects.waiting,
        waits_for=frozenset({Role.SUPERVISOR}),
    )
)
menu.add(Entry("editions", _("Published numbers"), frozenset({Role.RESEARCHER}), order=41))
