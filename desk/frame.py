"""What the desk adds to the frame: its pages of the menu, its tabs of Ylläpito, and what others lead to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from avain.addresses import MEASUREMENTS
from cases.addresses import CLIENT, DRAFTS, MATTER
from cases.models import SelfMadeRight
from municipalities import menu
from municipalities.elsewhere import SETTINGS
from municipalities.menu import Entry
from municipalities.models import Role
from municipalities.models.membership import CASEWORK
from municipalities.tabs import MUNICIPAL, Tab

# answers to the deeds of a matter, and the lists that one comes to from the queue
OF_THE_QUEUE = frozenset({"asiat", "kirjeet", "luovutukset", "siirrot"})

menu.add(Entry("today", _("Today"), CASEWORK, order=10, mark="tanaan"))
menu.add(Entry("queue", _("Queue"), CASEWORK, order=20, sections=OF_THE_QUEUE))
menu.add(
    Entry("client_search", _("Clients"), CASEWORK, order=30, sections=frozenset({"tapaamiset"}), searches=True),
)

menu.add(
    Entry(
        "oversight",
        _("Oversight"),
        frozenset({Role.SUPERVISOR}),
        order=50,
        waits=lambda municipality: SelfMadeRight.objects.filter(municipality=municipality).waiting(),
        waits_for=frozenset({Role.SUPERVISOR}),
        but_own=("user",),
    )
)

MUNICIPAL.add(Tab("partners", _("Partners"), order=30))
MUNICIPAL.add(Tab("local_settings", _("Settings"), order=70))
MUNICIPAL.add(Tab("letter_templates", _("Letters"), order=80))

CLIENT.is_at(lambda code, pk: reverse("client", kwargs={"code": code, "pk": pk}))
MATTER.is_at(lambda code, pk: f"{reverse('queue', kwargs={'code': code})}?avoin={pk}")
MEASUREMENTS.is_at(lambda code, pk: reverse("client_measurements", kwargs={"code": code, "pk": pk}))
DRAFTS.is_at(lambda code: reverse("draft", kwargs={"code": code}))
SETTINGS.is_at(lambda code: reverse("local_settings", kwargs={"code": code}))
