"""Open matters as they are now, counted from the rows by the index of the open ones."""

from django.db.models import Count
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from cases.models import MatterState
from core.figures import Figure
from reports.figures import counts
from reports.figures.question import Question


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
