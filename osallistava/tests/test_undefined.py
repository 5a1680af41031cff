"""The tests see a variable that a template names and was not given, also where Django takes it for None."""

from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.template import Context, Template, engines
from django.template.base import Origin, VariableDoesNotExist

from testing.undefined import pytest_runtest_call, taken, tell

GIVEN = {"matter": SimpleNamespace(assignee=None, kind="contact"), "errors": {}, "n": 2}


def told(source: str) -> list[str]:
    with suppress(VariableDoesNotExist):  # of the argument of a filter: Django itself does not swallow it
        Template("{% load i18n %}" + source).render(Context(GIVEN))
    return taken()


@pytest.mark.parametrize(
    "source",
    [
        "{{ nothing }}",
        "{{ nothing.at.all }}",
        "{{ nothing|default:'–' }}",
        "{{ matter.kind|default:nothing }}",
        "{% if nothing %}{% endif %}",
        "{% if n == nothing or not nothing %}{% endif %}",
        "{% for one in nothing %}{% endfor %}",
        "{% with other=nothing %}{% endwith %}",
        "{% firstof nothing n %}",
        "{% blocktranslate %}{{ nothing }}{% endblocktranslate %}",
        "{% blocktranslate count k=n %}{{ k }}{% plural %}{{ nothing }}{% endblocktranslate %}",
    ],
)
def test_a_variable_that_nobody_gave_is_told(source: str) -> None:
    found = told(source)
    assert found
    assert all("a text of the test: nothing" in one for one in found)


def test_a_slip_within_what_was_given_is_told() -> None:
    assert told("{{ matter.knid }}{{ errors.day }}") == [
        "a text of the test: errors.day (dict has no day)",
        "a text of the test: matter.knid (SimpleNamespace has no knid)",
    ]


def test_what_is_none_has_no_names_and_may_be_asked_for_them() -> None:
    assert told("{% if matter.assignee.name %}{% endif %}{{ matter.assignee.name|default:'–' }}") == []


def test_what_the_template_makes_itself_is_there() -> None:
    source = (
        "{% with a=n %}{{ a }}{% endwith %}{% for b in 'xy' %}{{ b }}{{ forloop.counter }}{% endfor %}"
        "{% blocktranslate with c=n count d=n %}{{ c }}{% plural %}{{ d }}{% endblocktranslate %}"
    )
    assert told(source) == []


def test_templates_of_others_are_left_alone() -> None:
    engines["django"].get_template("bootstrap5/field.html").render({"field": SimpleNamespace(is_hidden=True)})
    assert taken() == []


def test_the_failure_names_template_and_variable() -> None:
    running = pytest_runtest_call()
    next(running)
    tell(Origin("templates/desk/queue/queue.html", "desk/queue/queue.html"), "holding_note")
    with pytest.raises(pytest.fail.Exception, match=r"desk/queue/queue\.html: holding_note"):
        running.send(None)
