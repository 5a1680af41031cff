"""Partners in the demo: the register of Kuopio, one client of whom it has taken and one about whom it is asked."""

from collections.abc import Collection

from django.utils import timezone

from cases.models import Matter, MatterState, Partner
from cases.models.partner import PartnerKind
from cases.partners.verbs import record_answer, send_to_partner
from demo.scale import KUOPIO

ASKED = "Etsivä nuorisotyö"
PARTNERS = (
    (PartnerKind.OUTREACH_YOUTH_WORK, ASKED, "Ella Etsivä-Demo", "040 000 9910"),
    (PartnerKind.EMPLOYMENT_SERVICES, "Työllisyyspalvelut", "Timo Työ-Demo", "040 000 9911"),
    (PartnerKind.ASSOCIATION, "Velkaneuvonnan tuki ry", "", "040 000 9912"),
)
# what people wrote does not change with the language of the reader
TOLD = "Asiakas haluaa keskustella teidän kanssanne ja toivoo, että soitatte hänelle."
ANSWER = "Soitimme asiakkaalle ja sovimme tapaamisen ensi viikolle."


def hand_over_some(places: Collection[int]) -> int:
    """Two of those in progress in Kuopio, of two clients; gives how many. People do it today, as on any day."""
    if KUOPIO not in places:
        return 0
    for kind, name, person, phone in PARTNERS:
        Partner.objects.create(municipality_id=KUOPIO, kind=kind, name=name, contact_person=person, phone=phone)
    partner = Partner.objects.get(municipality=KUOPIO, name=ASKED)
    matters = _in_progress()
    for number, matter in enumerate(matters):
        assert matter.assignee  # noqa: S101 - asked of the database
        handover = send_to_partner(matter.assignee, matter, partner, told=TOLD, consent=True)
        if number:
            record_answer(matter.assignee, handover, accepted=True, answered_on=timezone.localdate(), answer=ANSWER)
    return len(matters)


def _in_progress() -> list[Matter]:
    rows = Matter.objects.filter(municipality=KUOPIO, state=MatterState.IN_PROGRESS, client__restricted=False)
    rows = rows.filter(client__non_disclosure=False, assignee__isnull=False).exclude(kind="application")
    by_client = {matter.client_id: matter for matter in rows.select_related("client", "assignee").order_by("pk")}
    return list(by_client.values())[-2:]
