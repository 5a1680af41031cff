"""A client and a matter of whom every part of every page has something to show."""

import datetime

from accounts.models import User
from cases.acts.verbs import record_act, take_back_act
from cases.appointments.verbs import mark, offer
from cases.clients.contact_details import set_contact_detail
from cases.contacts.verbs import record_contact
from cases.information.verbs import ask_for_information, record_information
from cases.letters.verbs import make_letter, mark_sent
from cases.matters.life import close, take
from cases.matters.returning import remind
from cases.models import ActKind, Client, Matter, Partner
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel, ContactOutcome
from cases.models.letter import LetterKind
from cases.models.matter import Outcome
from cases.models.partner import PartnerKind
from cases.partners.verbs import send_to_partner
from cases.relations.verbs import assign_own_worker, open_case
from cases.transfers.verbs import request_transfer, revoke
from core import drafts
from etotu.tests.making import make_attachment, make_notice, stored, xml
from etotu.tests.making import notice as notice_text
from municipalities.models import LocalSettings, Municipality
from testing.factories import make_client, make_matter

DAY = datetime.timedelta(days=1)
HELSINKI_NOON = datetime.time(12)


def fill(
    municipality: Municipality, worker: User, other: Municipality, now: datetime.datetime
) -> tuple[Client, Matter]:
    """An application of Kela's with requests, letters, times, a partner, a transfer taken back, and earlier matters."""
    LocalSettings.objects.get_or_create(municipality=municipality)
    client = make_client(municipality, given_names="Tauno Olavi", family_name="Ylämalli", language="sv")
    today = now.date()
    set_contact_detail(worker, client, "phone", value="040 000 0000")
    set_contact_detail(worker, client, "address", value="Esimerkkikatu 1", postal_code="70100", post_office="KUOPIO")
    earlier = make_matter(client, kind="social_work_need", arrived=today - 90 * DAY)
    take(worker, earlier)
    close(worker, earlier, Outcome.MET_NO_NEED)
    matter = make_matter(client, arrived=today - 5 * DAY)
    notice = make_notice(matter, stored(xml(notice_text())), number="K2")
    make_attachment(notice)
    take(worker, matter)
    assign_own_worker(worker, client, worker)
    client.refresh_from_db()
    open_case(worker, client, matter=earlier)
    for days, outcome in ((3, ContactOutcome.REACHED), *[(2, ContactOutcome.NO_ANSWER)] * 3):
        at = now - days * DAY
        record_contact(worker, client, matter=matter, channel=Channel.CALL, outcome=outcome, at=at, text="Sovittiin.")
    letter = make_letter(worker, matter, LetterKind.NOT_REACHED, language="fi", subject="Aihe", body="Teksti")
    mark_sent(worker, [letter], today)
    ask_for_information(worker, matter, ["Tiliote"], today + 7 * DAY)
    record_information(worker, matter, today, "Tuli.")
    ask_for_information(worker, matter, ["Vuokrasopimus"], today + 9 * DAY)
    first = offer(worker, client, matter=matter, at=now + DAY, worker=worker, place="Toimisto")
    mark(worker, first, AppointmentState.CANCELLED_BY_CLIENT)
    offer(worker, client, matter=matter, at=now + 2 * DAY, worker=worker, place="Toimisto")
    wrong = record_act(worker, matter, ActKind.ASSESSMENT_BEGUN, today, how=Channel.CALL)
    take_back_act(worker, matter, wrong, "Väärä asia.")
    record_act(worker, matter, ActKind.DISCUSSION_HELD, today)
    remind(worker, matter, today + 3 * DAY)
    partner = Partner.objects.create(municipality=municipality, name="Velkaneuvonta", kind=PartnerKind.choices[0][0])
    send_to_partner(worker, matter, partner, told="Asiakas ottaa yhteyttä.", consent=True)
    for kind in (LetterKind.INFORMATION_REQUEST, LetterKind.APPOINTMENT):
        make_letter(worker, matter, kind, language="fi", subject="Aihe", body="Teksti")
    request_transfer(worker, matter, other, "Muutti.")
    revoke(worker, matter, "Ei muuttanutkaan.")
    matter.refresh_from_db()
    drafts.save(worker.pk, municipality.pk, "contact", f"matter:{matter.pk}", {"text": "kesken"})
    return client, matter
