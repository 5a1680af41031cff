"""The four questions of the moment: who has nobody, who is silent, what is late, who waits for a turn.

Counted from the rows by the indexes of what is open, never from the daily flows.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Case, Client, Contact, Deadline, Matter, OwnWorker
from cases.models.contact import REACHING
from core.dates import short_day
from municipalities.models import LocalSettings
from reports.figures import counts
from reports.figures.question import Question

TITLES: Final = {
    "no_own_worker": gettext_lazy("Who has no own worker?"),
    "silent": gettext_lazy("Who has not been contacted?"),
    "late": gettext_lazy("What is late?"),
    "held": gettext_lazy("Who is waiting for a turn?"),
}


@dataclass(frozen=True, slots=True)
class Part:
    count: int
    words: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The number, of what, and what is worth knowing of it; `parts` are numbers of their own."""

    title: str
    count: int
    words: str
    link: str | None
    detail: str = ""
    parts: tuple[Part, ...] = ()


def clients_with_case(question: Question) -> QuerySet[Client]:
    cases = Case.objects.filter(municipality=question.municipality, closed_at=None)
    clients = Client.objects.filter(municipality=question.municipality, pk__in=cases.values("client"))
    return clients if question.restricted else clients.filter(restricted=False)


def without_own_worker(question: Question) -> QuerySet[Client]:
    """Clients with an open case and no own worker, `since` the case was opened or the last one ended."""
    workers = OwnWorker.objects.filter(client=OuterRef("pk"))
    opened = Case.objects.filter(client=OuterRef("pk"), closed_at=None).annotate(day=TruncDate("opened_at"))
    ended = workers.order_by("-ended").values("ended")[:1]
    clients = clients_with_case(question).filter(~Exists(workers.filter(ended=None)))
    return clients.annotate(since=Coalesce(Subquery(ended), Subquery(opened.values("day")[:1]))).order_by("since", "pk")


def silent_clients(question: Question) -> QuerySet[Client]:
    """Clients with an open case whom nobody has reached for the set number of days, `since` then or the opening."""
    days = LocalSettings.objects.of(question.municipality).silent_days
    limit = timezone.now() - datetime.timedelta(days=days)
    reached = Contact.objects.filter(client=OuterRef("pk"), outcome__in=REACHING).order_by("-at").values("at")[:1]
    opened = Case.objects.filter(client=OuterRef("pk"), closed_at=None).values("opened_at")[:1]
    clients = clients_with_case(question).annotate(last_at=Subquery(reached), opened_at=Subquery(opened))
    clients = clients.annotate(since=Coalesce("last_at", "opened_at"))
    return clients.filter(since__lt=limit).order_by("since", "pk")


def late_matters(question: Question) -> QuerySet[Matter]:
    matters = counts.open_matters(question.municipality, restricted=question.restricted)
    return matters.filter(due__lt=timezone.localdate()).select_related("assignee").order_by("due", "pk")


def late_by_law() -> Q:
    """Late of a deadline of the law; the others are late of a target of the municipality's own only."""
    past = Deadline.objects.filter(matter=OuterRef("pk"), met_on=None, due__lt=timezone.localdate())
    return Q(Exists(past.filter(local=False)))


def held_matters(question: Question) -> QuerySet[Matter]:
    matters = counts.open_matters(question.municipality, restricted=question.restricted)
    return matters.filter(held_since__isnull=False).select_related("assignee").order_by("held_since", "pk")


def four_questions(question: Question) -> list[Answer]:
    return [_nobody(question), _silent(question), _late(question), _held(question)]


def _nobody(question: Question) -> Answer:
    n, days = _how_many_and_how_long(without_own_worker(question))
    detail = ngettext("The longest has waited %(n)s day.", "The longest has waited %(n)s days.", days) % {"n": days}
    words = ngettext("client has none", "clients have none", n)
    return Answer(str(TITLES["no_own_worker"]), n, words, question.link("no_own_worker", "all"), detail if n else "")


def _silent(question: Question) -> Answer:
    n, gap = _how_many_and_how_long(silent_clients(question))
    days = LocalSettings.objects.of(question.municipality).silent_days
    words = ngettext("client in %(days)s days", "clients in %(days)s days", n) % {"days": days}
    detail = ngettext("The longest gap is %(n)s day.", "The longest gap is %(n)s days.", gap) % {"n": gap}
    return Answer(str(TITLES["silent"]), n, words, question.link("silent", "all"), detail if n else "")


def _late(question: Question) -> Answer:
    matters = late_matters(question)
    found = matters.order_by().aggregate(n=Count("pk"), law=Count("pk", filter=late_by_law()))
    n, law = found["n"], found["law"]
    parts = (
        Part(law, _("by law"), question.link("late", "law") if law else None),
        Part(n - law, _("by a target of our own"), question.link("late", "own") if n - law else None),
    )
    words = ngettext("matter is past its day", "matters are past their day", n)
    return Answer(str(TITLES["late"]), n, words, question.link("late", "all"), parts=parts if n else ())


def _held(question: Question) -> Answer:
    found = held_matters(question).order_by().aggregate(n=Count("pk"), since=Min("held_since"))
    n, detail = found["n"], ""
    if n:
        a_week = LocalSettings.objects.of(question.municipality).held_per_week
        detail = _("%(a_week)s are released a week, the oldest is of %(day)s.") % {
            "a_week": a_week,
            "day": short_day(found["since"]),
        }
    return Answer(
        str(TITLES["held"]),
        n,
        ngettext("matter held for capacity", "matters held for capacity", n),
        question.link("held", "all"),
        detail,
    )


def _how_many_and_how_long(clients: QuerySet[Client]) -> tuple[int, int]:
    """And how many days the first of them has been so."""
    return clients.count(), _days_since(getattr(clients.first(), "since", None))


def _days_since(since: datetime.date | datetime.datetime | None) -> int:
    if since is None:
        return 0
    day = timezone.localdate(since) if isinstance(since, datetime.datetime) else since
    return (timezone.localdate() - day).days


def _late_rows(key: str, question: Question) -> QuerySet[Matter]:
    matters = late_matters(question)
    return {"all": matters, "law": matters.filter(late_by_law()), "own": matters.exclude(late_by_law())}[key]


WAITING_ROWS: Final[dict[str, Callable[[str, Question], QuerySet[Matter] | QuerySet[Client]]]] = {
    "no_own_worker": lambda key, question: {"all": without_own_worker}[key](question),
    "silent": lambda key, question: {"all": silent_clients}[key](question),
    "late": _late_rows,
    "held": lambda key, question: {"all": held_matters}[key](question),
}
