"""Of the clients with an open case: who has nobody, and whom nobody has reached for long."""

import datetime

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.models import Case, Client, Contact, OwnWorker
from cases.models.contact import REACHING
from reports.figures.clients import of_clients_unit
from reports.figures.keys import RowKey
from reports.figures.matters import today
from reports.figures.question import Question
from reports.figures.waiting.answer import Answer, Waiting


class NoOwnWorker(Waiting[RowKey]):
    name = "no_own_worker"
    title = _("Who has no own worker?")
    keys = RowKey

    def rows(self, key: RowKey, question: Question) -> QuerySet[Client]:
        """`since` the case was opened or the last own worker ended."""
        workers = OwnWorker.objects.filter(client=OuterRef("pk"))
        opened = Case.objects.filter(client=OuterRef("pk"), closed_at=None).annotate(day=TruncDate("opened_at"))
        ended = workers.order_by("-ended").values("ended")[:1]
        clients = _with_case(question).filter(~Exists(workers.filter(ended=None)))
        since = Coalesce(Subquery(ended), Subquery(opened.values("day")[:1]))
        return clients.annotate(since=since).order_by("since", "pk")

    def answer(self, question: Question) -> Answer:
        n, days = _how_many_and_how_long(self.rows(RowKey(), question))
        detail = ngettext("The longest has waited %(n)s day.", "The longest has waited %(n)s days.", days) % {"n": days}
        return self.answered(question, n, ngettext("client has none", "clients have none", n), detail)


class Silent(Waiting[RowKey]):
    name = "silent"
    title = _("Who has not been contacted?")
    keys = RowKey

    def rows(self, key: RowKey, question: Question) -> QuerySet[Client]:
        """Whom nobody has reached for the set number of days, `since` then or the opening of the case."""
        limit = timezone.now() - datetime.timedelta(days=question.settings.silent_days)
        reached = Contact.objects.filter(client=OuterRef("pk"), outcome__in=REACHING).order_by("-at").values("at")[:1]
        opened = Case.objects.filter(client=OuterRef("pk"), closed_at=None).values("opened_at")[:1]
        clients = _with_case(question).annotate(last_at=Subquery(reached), opened_at=Subquery(opened))
        clients = clients.annotate(since=Coalesce("last_at", "opened_at"))
        return clients.filter(since__lt=limit).order_by("since", "pk")

    def answer(self, question: Question) -> Answer:
        n, gap = _how_many_and_how_long(self.rows(RowKey(), question))
        days = question.settings.silent_days
        words = ngettext("client in %(days)s days", "clients in %(days)s days", n) % {"days": days}
        detail = ngettext("The longest gap is %(n)s day.", "The longest gap is %(n)s days.", gap) % {"n": gap}
        return self.answered(question, n, words, detail)


def _with_case(question: Question) -> QuerySet[Client]:
    cases = Case.objects.filter(municipality=question.municipality, closed_at=None)
    clients = Client.objects.filter(municipality=question.municipality, pk__in=cases.values("client"))
    clients = question.among.of_age(of_clients_unit(clients, question.among, "pk"), today(), "")
    return clients if question.restricted else clients.filter(restricted=False)


def _how_many_and_how_long(clients: QuerySet[Client]) -> tuple[int, int]:
    """And how many days the first of them has been so."""
    found = clients.order_by().aggregate(n=Count("pk"), first=Min("since"))
    return found["n"], _days_since(found["first"])


def _days_since(since: datetime.date | datetime.datetime | None) -> int:
    if since is None:
        return 0
    day = timezone.localdate(since) if isinstance(since, datetime.datetime) else since
    return (timezone.localdate() - day).days


NO_OWN_WORKER = NoOwnWorker()
SILENT = Silent()
