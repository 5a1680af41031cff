"""Everything that the page of one open matter shows."""

from dataclasses import dataclass, field

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from cases.access.rights import may_reveal_details
from cases.clients.languages import language_name
from cases.matters.desks import may_decide
from cases.matters.file import MatterFile
from cases.matters.told import PICTURES, contact_sentence
from cases.models import Client, Contact, Matter, MatterKind, MatterState, OwnWorker
from cases.models.matter import MatterSource
from cases.timeline.sentences import Told, sentences
from core.dates import full_stop, short_day
from core.json_rows import as_json, from_json
from desk.client.reach import Reach, ways_to_reach
from desk.holds.shown import Origin, hold_words, origin
from desk.matter import notice as notice_facts
from desk.matter.deadline import DeadlineView, main_deadline, other_deadlines
from desk.matter.left_open import LeftOpen, left_open
from desk.matter.sections import Opened, Shown, shown
from desk.matter.words import keep_last_reached, kind_words, lower_first, reminder_words, tried_words
from etotu.models import Notice
from etotu.models.notice import Attachment
from etotu.provenance import provenance
from municipalities.models import LocalSettings
from municipalities.requests import MunicipalRequest

CONTACTS = EVENTS = 50
TOLD_ELSEWHERE = ("contact.recorded",)
FILES = Attachment.objects.filter(notice=OuterRef("pk"), version=OuterRef("version")).order_by("pk")
"""The attachments of a notice's version in force; read without their data."""


@dataclass(frozen=True, slots=True)
class KelaSays:
    notice: Notice
    facts: list[notice_facts.Fact]
    expenses: list[notice_facts.Expense]
    total: str
    flags: list[str]
    attachments: list[Attachment]
    provenance: str


@dataclass(slots=True)
class OpenMatter:
    file: MatterFile
    matter: Matter
    state: str
    person: list[str]
    deadline: DeadlineView | None
    other_deadlines: list[DeadlineView]
    kela: KelaSays | None
    ways: list[Reach]
    hidden: bool
    may_reveal: bool
    contacts: list[tuple[str, Contact, str]]
    events: list[Told]
    earlier: list[Matter]
    only_asked: bool = False
    origin: Origin | None = None
    hold: str = ""
    attempts_note: str = ""
    tried: str = ""
    reminder: str = ""
    others_note: str = ""
    before: list[Shown] = field(default_factory=list)
    after: list[Shown] = field(default_factory=list)
    left: list[LeftOpen] = field(default_factory=list)


def open_matter(request: MunicipalRequest, matter: Matter, *, revealed: bool = False) -> OpenMatter:
    """Read what the page shows of `matter`, which the caller has reached through `access`."""
    client, user = matter.client, request.user
    hidden = client.non_disclosure and not revealed
    only_asked = is_only_asked(request, matter)
    matter.municipality = request.municipality
    if hasattr(matter, "others"):
        # read with the matter; where there is none, nothing is set
        client.own_worker = getattr(matter, "own", None)
    file = MatterFile(matter, LocalSettings.objects.as_read(request.municipality))
    keep_last_reached(matter, max((contact.at for contact in file.contacts if contact.reached), default=None))
    before, after = shown(Opened(request, file, revealed))
    return OpenMatter(
        file=file,
        matter=matter,
        state=state(matter),
        person=person(matter, of_client=not only_asked),
        deadline=main_deadline(file),
        other_deadlines=other_deadlines(file, revealed=revealed),
        kela=kela_says(matter, files=not only_asked),
        ways=[] if hidden or only_asked else ways_to_reach(client),
        hidden=hidden,
        may_reveal=hidden and may_reveal_details(user, client),
        contacts=[(PICTURES[c.channel], c, contact_sentence(c)) for c in file.contacts[: -CONTACTS - 1 : -1]],
        events=events(file, user),
        earlier=[] if only_asked else matter.other_matters(),
        only_asked=only_asked,
        origin=origin(matter, user),
        hold=hold_words(matter),
        attempts_note=attempts_note(file),
        tried=full_stop(tried_words(matter)),
        reminder=reminder_words(matter),
        others_note=others_note(request, matter),
        before=before,
        after=after,
        left=[] if matter.is_open else left_open(request.municipality.code, matter),
    )


def events(file: MatterFile, user: User) -> list[Told]:
    """What has been done besides the contacts, the latest first."""
    told = [event for event in file.events if event.kind not in TOLD_ELSEWHERE]
    told.sort(key=lambda event: (event.at, event.pk), reverse=True)
    return sentences(told[:EVENTS], [user, file.matter.assignee, *(event.actor for event in told)])


def state(matter: Matter) -> str:
    """ "Hakemus, käsittelyssä 7.11. alkaen"."""
    kind = kind_words(matter)
    if matter.closed_at:
        words = {"kind": kind, "day": short_day(matter.closed_at), "outcome": matter.get_outcome_display()}
        return _("%(kind)s, closed %(day)s: %(outcome)s") % words
    if matter.waiting_until:
        words = {"kind": kind, "state": lower_first(matter.get_state_display()), "day": short_day(matter.waiting_until)}
        return _("%(kind)s, %(state)s until %(day)s") % words
    if matter.state == MatterState.IN_PROGRESS and matter.assigned_at:
        return _("%(kind)s, in progress since %(day)s") % {"kind": kind, "day": short_day(matter.assigned_at)}
    return f"{kind}, {lower_first(matter.get_state_display())}"


def is_only_asked(request: MunicipalRequest, matter: Matter) -> bool:
    """A transfer that nobody has accepted here, about a client whom this person may not see: it shows itself only."""
    if matter.source != MatterSource.TRANSFER:
        return False
    return not Client.objects.visible_to(request.user, request.municipality).filter(pk=matter.client_id).exists()


def person(matter: Matter, *, of_client: bool = True) -> list[str]:
    """Age, masked henkilötunnus, and of a client whom one may see the language and the own worker."""
    client = matter.client
    age = client.age()
    worker = client.own_worker
    return [
        part
        for part in (
            _("%(age)s y") % {"age": age} if age is not None else "",
            client.identity_code_mask,
            _("service language %(language)s") % {"language": language_name(client.language)}
            if client.language and of_client
            else "",
            own_worker_words(worker) if of_client else "",
        )
        if part
    ]


def own_worker_words(worker: OwnWorker | None) -> str:
    return _("own worker %(name)s") % {"name": worker.user.name} if worker else _("no own worker")


def kela_says(matter: Matter, *, files: bool = True) -> KelaSays | None:
    received = matter.source in (MatterSource.KELA, MatterSource.TRANSFER)
    with_files = Notice.objects.filter(matter=matter).annotate(files=as_json(FILES, "id", "name", "size"))
    notice = with_files.first() if received else None
    if notice is None:
        return None
    return KelaSays(
        notice,
        notice_facts.facts(notice),
        notice_facts.expenses(notice),
        notice_facts.total(notice),
        notice_facts.flags(notice),
        from_json(Attachment, getattr(notice, "files", ())) if files else [],
        provenance(matter.kind, matter.arrived),
    )


def attempts_note(file: MatterFile) -> str:
    """After the set number of attempts: what can be done now."""
    matter = file.matter
    if not matter.is_open or not matter.attempts or matter.attempts < file.settings.attempts_before_letter:
        return ""
    if matter.kind == MatterKind.APPLICATION:
        return _("The application can be decided although the client is not reached.")
    return _("When a letter has been sent that says where to turn, the matter can be closed as not reached.")


def others_note(request: MunicipalRequest, matter: Matter) -> str:
    if matter.is_open and not may_decide(matter, request.user) and matter.assignee:
        return _("The matter is with %(name)s. You can record a contact; a supervisor can give the matter to you.") % {
            "name": matter.assignee.name
        }
    return ""
