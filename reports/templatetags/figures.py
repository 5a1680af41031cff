"""Figures in the templates of the municipality's pages."""

from typing import Any

from django import template

from core.templatetags.ui import figure as figure_table
from reports.dashboard.asked import Asked
from reports.figures.registry import FIGURES

register = template.Library()


@register.inclusion_tag("components/figure.html", takes_context=True)
def figure_of(context: template.Context, name: str, id: str = "") -> dict[str, Any]:
    """The figure of this name as a table with bars, for the period that the page is asked of."""
    asked: Asked = context["asked"]
    definition = FIGURES[name]
    figure = definition.shown(asked.figure(definition))
    return figure_table(
        figure,
        id or name,
        rows_are=str(definition.rows_are),
        counts_are=str(definition.counts_are),
        csv_url=asked.csv(definition),
        remark=", ".join(filter(None, [asked.period.label, asked.chosen.people_words])),
    )
