"""The goals of AVAIN as figures: figure 3 of the brief."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from core.figures import Figure
from core.models import Code
from core.suppression import suppress_row
from reports.figures import counts
from reports.figures.question import Question


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
    # of months and quarters it would be told too what the others of the year hide
    together = (together_words(filled["together"], n),) if question.period.kind == "year" else ()
    notes = (
        *together,
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
