"""The figures of a municipality as values: `build(name, …)` for the page, the CSV and the command alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import MatterKind, MatterState
from cases.models.deadline import Duty
from core.figures import Figure, FigureRow
from core.models import Code
from core.periods import Period
from core.suppression import suppress_row
from municipalities.models import Municipality
from reports import counts
from reports.suppressing import over_time

LinkTo = Callable[[str, str], str | None]
"""From a figure's name and a row's key to the address of the rows, for those who may open them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which municipality and period, with or without restricted clients, with which links."""

    municipality: Municipality
    period: Period
    restricted: bool = True
    link: LinkTo = lambda name, key: None

    def row(self, name: str, key: str, label: str | Promise, count: int, base: int | None = None) -> FigureRow:
        return FigureRow(key, str(label), count, self.link(name, key) if count else None, base)

    def with_total_link(self, figure: Figure) -> Figure:
        """The sum of rows that exclude each other opens all of them."""
        if figure.total is None or not figure.total.count:
            return figure
        return replace(figure, total=replace(figure.total, link=self.link(figure.name, "all")))


def notices_by_type(question: Question) -> Figure:
    """Figure 6: notices by type of those that arrived in the period."""
    matters = counts.notices(question.municipality, question.period, restricted=question.restricted)
    by_kind = dict(matters.order_by("kind").values_list("kind").annotate(n=Count("pk")))
    urgent = matters.filter(urgent=True).count()
    kinds = [kind for kind in MatterKind if kind not in {MatterKind.DISCUSSION, MatterKind.CONTACT}]
    figure = Figure.of_classes(
        "notices_by_type",
        _("Notices from Kela by type"),
        [question.row("notices_by_type", k.value, k.label, by_kind.get(k.value, 0)) for k in kinds],
        _("notices that arrived in the period, each once"),
        notes=(ngettext("%(n)s was urgent.", "%(n)s were urgent.", urgent) % {"n": urgent},),
        period=question.period,
    )
    return question.with_total_link(figure)


def open_matters(question: Question) -> Figure:
    """Open matters now, by state and days since arrival; the key of a row is `state.age`."""
    matters = counts.open_matters(question.municipality, restricted=question.restricted)
    today = timezone.localdate()
    ages = {f"age{i}": Count("pk", filter=counts.of_age(age, today)) for i, age in enumerate(counts.AGES)}
    counted = matters.order_by("state").values_list("state").annotate(**ages)
    found: dict[str, tuple[int, ...]] = {row[0]: row[1:] for row in counted}
    states = [state for state in MatterState if state != MatterState.CLOSED]
    rows = [
        question.row(
            "open_matters",
            f"{state.value}.{age}",
            format_lazy("{}, {}", state.label, age_label(age)),
            found.get(state.value, (0,) * len(counts.AGES))[i],
        )
        for state in states
        for i, age in enumerate(counts.AGES)
    ]
    title = _("Open matters by state and days since arrival")
    figure = Figure.of_classes("open_matters", title, rows, _("matters that are open now"))
    return question.with_total_link(figure)


def age_label(age: str) -> str:
    return _("over 30 days") if age == "31-" else _("%(days)s days") % {"days": age.replace("-", "–")}


DUTIES: dict[Duty, Promise] = {
    Duty.DECIDE_URGENT: gettext_lazy("Application, urgent"),
    Duty.DECIDE: gettext_lazy("Application"),
    Duty.DECIDE_ASKED: gettext_lazy("Application, after the asked information"),
    Duty.DISCUSS: gettext_lazy("Personal discussion"),
    Duty.ASSESS_URGENT: gettext_lazy("Need for social work, urgent"),
    Duty.ASSESS: gettext_lazy("Need for social work"),
    Duty.PLAN: gettext_lazy("Reduced basic amount"),
    Duty.ACTIVATE: gettext_lazy("Notices of unemployment"),
    Duty.INTEGRATE: gettext_lazy("Immigrant"),
}


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One duty: how many ended, were kept, met late but within the outer limit, and late."""

    key: str
    label: str
    ended: int
    kept: int
    within_outer: int
    late: int

    @property
    def share(self) -> float | None:
        return self.kept / self.ended if self.ended else None


def kept_rows(question: Question) -> list[KeptRow]:
    deadlines = counts.ended_deadlines(question.municipality, question.period, restricted=question.restricted)
    found = {
        row["duty"]: row
        for row in deadlines.order_by("duty")
        .values("duty")
        .annotate(
            ended=Count("pk"),
            kept=Count("pk", filter=counts.KEPT),
            within=Count("pk", filter=counts.WITHIN_OUTER_LIMIT),
            late=Count("pk", filter=counts.LATE),
        )
    }
    nothing = {"ended": 0, "kept": 0, "within": 0, "late": 0}
    counted = [(duty, label, found.get(duty.value, nothing)) for duty, label in DUTIES.items()]
    return [
        KeptRow(duty.value, str(label), row["ended"], row["kept"], row["within"], row["late"])
        for duty, label, row in counted
    ]


def deadlines_kept(question: Question) -> Figure:
    """Of the deadlines whose shown day lies in the period, those met on or before it, by duty."""
    return kept_figure(question, kept_rows(question))


def kept_figure(question: Question, kept: list[KeptRow]) -> Figure:
    """The same of rows that are counted already."""
    figure = Figure.of_classes(
        "deadlines_kept",
        _("Deadlines kept by type"),
        [question.row("deadlines_kept", r.key, r.label, r.kept, r.ended) for r in kept],
        _("deadlines whose day lies in the period and is past"),
        period=question.period,
    )
    return question.with_total_link(figure)


def goals(question: Question, *, main_only: bool = True) -> Figure:
    """Figure 3: clients by main goal (or by every goal), of those with a goal in a measurement of the period."""
    measurements = counts.latest_measurements(question.municipality, question.period)
    if not question.restricted:
        measurements = measurements.filter(client__restricted=False)
    name = "goals" if main_only else "all_goals"
    filled = measurements.aggregate(n=Count("pk"), together=Count("pk", filter=Q(together=True)))
    n = filled["n"]
    by_code = counts.clients_by_goal(measurements, main_only=main_only)
    in_force = Code.objects.of("avain.goals", question.period.last)
    codes = Code.objects.filter(Q(pk__in=by_code) | Q(pk__in=in_force.values("pk"))).order_by(
        "list__starts", "position"
    )
    rows = [question.row(name, code.code, code.label, by_code.get(code.pk, 0)) for code in codes]
    notes = (
        together_words(filled["together"], n),
        _("N counts the clients with a goal recorded in the period, each once."),
        _("The figures tell of association, not of cause."),
    )
    people = _("clients with at least one goal in a measurement of the period, each once")
    if not main_only:
        title = _("All goals of the clients")
        return Figure.of_people(name, title, rows, people, n=n, notes=notes, period=question.period)
    without = n - sum(by_code.values())
    if without:
        rows.append(question.row(name, "none", _("No goal marked as the main one"), without))
    title = _("Main goals of the clients")
    figure = Figure.of_classes(name, title, rows, people, notes=notes, period=question.period)
    return question.with_total_link(figure)


def together_words(together: int, n: int) -> str:
    cells, _total = suppress_row({"together": together, "alone": n - together}, n)
    if not n:
        return _("No measurement with a goal in the period.")
    if not cells["together"].shown:
        return _("How many were filled together with the client is hidden, because the numbers are small.")
    return _("Filled together with the client: %(together)s of %(n)s.") % {"together": together, "n": n}


FIGURES: dict[str, Callable[[Question], Figure]] = {
    "notices_by_type": notices_by_type,
    "open_matters": open_matters,
    "deadlines_kept": deadlines_kept,
    "goals": goals,
    "all_goals": lambda question: goals(question, main_only=False),
}
SUPPRESSED = frozenset({"goals", "all_goals"})
"""Figures by clients' traits: suppressed for whoever may not open the rows, and whenever they leave the casework."""


def build(name: str, question: Question, *, opens_rows: bool) -> Figure:
    """The figure `name`, suppressed where it must be. Raises KeyError for an unknown name."""
    figure = FIGURES[name](question)
    if opens_rows or name not in SUPPRESSED:
        return figure
    return over_time(
        figure, question.municipality, question.period, main_only=name == "goals", restricted=question.restricted
    )
