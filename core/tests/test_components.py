"""What the components write into a page, where a reader would miss it or a screen reader would stumble."""

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from core.figures import Figure, FigureRow


@pytest.fixture(autouse=True)
def _in_finnish() -> Any:
    with translation.override("fi"):
        yield


def rendered(source: str, address: str = "/", **context: Any) -> str:
    template = engines["django"].from_string("{% load ui crispy_forms_tags %}" + source)
    return " ".join(template.render(context, RequestFactory().get(address)).split())


class ContactForm(forms.Form):
    way = forms.ChoiceField(label="Mitä teit?", choices=[("call", "Soitin")], widget=forms.RadioSelect)
    text = forms.CharField(label="Mitä sovittiin?", widget=forms.Textarea)


def test_errors_stand_at_the_top_as_links_and_beside_their_fields() -> None:
    html = rendered("{{ form|crispy }}", form=ContactForm({}))
    assert '<a href="#id_text">Mitä sovittiin? – ' in html
    assert '<a href="#div_id_way">Mitä teit? – ' in html
    assert 'id="div_id_way"' in html
    assert 'aria-describedby="id_text_error"' in html
    assert 'id="id_text_error"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "Tietoja ei tallennettu" not in rendered("{{ form|crispy }}", form=ContactForm())


def test_the_pager_keeps_the_filters() -> None:
    page = Paginator(range(100), 10).page(2)
    html = rendered("{% pager page %}", "/297/tyojono/?tila=uusi&sivu=2", page=page)
    assert 'href="?tila=uusi&amp;sivu=3"' in html
    assert "Sivu 2 / 10" in html


def test_one_page_needs_no_pager() -> None:
    assert rendered("{% pager page %}", page=Paginator([], 10).page(1)) == ""


def test_a_lateness_has_words_an_icon_and_its_reason() -> None:
    html = rendered("{% due 'Myöhässä 3 arkipäivää' 'late' '7. arkipäivä' %}")
    assert "#warn" in html
    assert 'title="7. arkipäivä"' in html
    assert "Myöhässä 3 arkipäivää</span>" in html


def test_what_somebody_wrote_is_escaped() -> None:
    html = rendered("{% voice 'client' words %}<p>{{ text }}</p>{% endvoice %}", words="<b>", text="<script>")
    assert "<script>" not in html
    assert "&lt;b&gt;" in html


def figure(*rows: FigureRow[str], total: FigureRow[None] | None = None) -> str:
    value = Figure("types", "Ilmoitukset tyypeittäin", 40, "ilmoitusta", rows, total=total)
    return rendered("{% figure value 'types' 'Tyyppi' 'Ilmoituksia' '/csv' %}", value=value)


def test_a_number_of_a_figure_leads_to_its_rows_and_has_a_bar() -> None:
    html = figure(FigureRow("application", "Hakemus", 30, "/297/tyojono/?tyyppi=hakemus", share=0.75))
    assert '<a href="/297/tyojono/?tyyppi=hakemus">30</a>' in html
    assert ">75,0</td>" in html
    assert '<rect width="75.0" height="10"/>' in html
    assert "N = 40" in html


def test_zero_is_a_number_without_a_link() -> None:
    html = figure(FigureRow("a", "A", 0, "/rows", share=0.0))
    assert ">0</td>" in html
    assert "/rows" not in html
