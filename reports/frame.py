"""What the reports add to the frame: the municipality's page of the menu, and what waits there for a supervisor."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from municipalities import calls, menu
from municipalities.calls import Call
from municipalities.menu import Entry
from municipalities.models import Municipality
from municipalities.models.membership import CASEWORK, Role
from reports.models import ListQuestion


def _waiting(municipality: Municipality) -> int:
    return ListQuestion.objects.waiting(municipality).count()


def _words(n: int) -> str:
    found = ngettext(
        "%(n)s question about a list waits for your answer", "%(n)s questions about lists wait for your answer", n
    )
    return found % {"n": n}


menu.add(Entry("dashboard", _("Municipality"), CASEWORK | {Role.COORDINATOR}, order=40))
calls.add(Call("list_questions", frozenset({Role.SUPERVISOR}), _waiting, _words))
