"""A day that nobody can mean is refused beside its field, in every form that asks for a day, and stored nowhere.

The forms are found by their fields: one that no address of the program brings to this test fails it.
"""

import datetime
import uuid
from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from avain.models import Measurement
from cases.appointments.verbs import move, offer
from cases.contacts.verbs import record_contact
from cases.matters.life import open_matter, set_waiting
from cases.models import Appointment, Contact, Letter
from core.day_field import DayField
from core.saving import NotPossible
from core.stored_days import CHECK, days_of
from municipalities.models import Municipality, Unit
from osallistava.tests.casework import Casework, casework_of
from osallistava.tests.digest import digest, undone
from osallistava.tests.layers import RANKS
from osallistava.tests.permission_matrix import INSTALLATION, MATRIX
from osallistava.tests.test_permissions import MUNICIPAL
from osallistava.tests.test_relations import deeds, pages_of_everybody, pages_of_the_client
from testing.clock import DAY, NOW, TODAY
from testing.people import SignIn

HOSTILE = ("1.1.0001", "31.12.9999")
MOMENTS = (
    datetime.datetime(1, 1, 1, 0, 0, tzinfo=datetime.UTC),
    datetime.datetime(9999, 12, 31, 23, 59, tzinfo=datetime.UTC),
)
BY_THE_CLOCK = {"accounts", "reports"}
"""Apps whose days and moments nobody types."""


@pytest.fixture
def work(kuopio: Municipality, tampere: Municipality, southern: Unit, aino: User, olli: User) -> Casework:
    return casework_of(aino, southern, kuopio, olli, tampere)


def forms_with_a_day(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Of the program, not of its libraries or tests."""
    for kind in base.__subclasses__():
        yield from forms_with_a_day(kind)
        module = kind.__module__
        if module.partition(".")[0] in RANKS and ".tests." not in module and days_in(kind.base_fields):  # type: ignore[attr-defined]
            yield kind


def days_in(fields: dict[str, forms.Field]) -> list[str]:
    return [name for name, field in fields.items() if isinstance(field, forms.DateField | forms.DateTimeField)]


def filled(form: forms.BaseForm, day: str) -> dict[str, Any]:
    """As somebody would fill it, but for the day: of several choices the last, which asks the most."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        at = form.add_prefix(name)
        if isinstance(field, forms.DateField):
            data[at] = day
        elif isinstance(field, forms.TimeField):
            data[at] = "0.00"
        elif isinstance(field, forms.ModelChoiceField):
            data[at] = [row.pk for row in (field.queryset or [])][-1:]
        elif isinstance(field, forms.ChoiceField):
            data[at] = [value for value, _words in list(field.choices)][-1:]  # type: ignore[arg-type]
        elif isinstance(field, forms.BooleanField):
            continue
        else:
            data[at] = form.get_initial_for_field(field, name) or "Teksti"
    return data


class Seen:
    """The forms that a request has cleaned."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.forms: list[forms.BaseForm] = []
        self.kinds: set[type] = set()
        clean = forms.BaseForm.full_clean

        def full_clean(form: forms.BaseForm) -> None:
            clean(form)
            if form.is_bound and days_in(form.fields):
                self.forms.append(form)
                self.kinds |= set(type(form).__mro__)

        monkeypatch.setattr(forms.BaseForm, "full_clean", full_clean)

    def taken(self, day: str) -> list[str]:
        """The days that were not complained of beside their field."""
        return [
            f"{type(form).__name__}.{name}"
            for form in self.forms
            for name in days_in(form.fields)
            if form.data.get(form.add_prefix(name)) == day and name not in form.errors
        ]


class Everybody:
    """Whoever may open an address, and what else its forms need to come that far."""

    def __init__(self, work: Casework, sign_in: SignIn, admin: User, supervisor: User, installer: User) -> None:
        self.work = work
        self.browsers = {
            "social_worker": sign_in(work.worker),
            "supervisor": sign_in(supervisor),
            "admin": sign_in(admin),
            "installation_admin": sign_in(installer),
        }
        self.worker = self.browsers["social_worker"]
        self.rows = {"kirje": list(Letter.objects.values_list("pk", flat=True)), "loppu": "1"}

    def browser(self, name: str) -> Browser:
        return next((browser for role, browser in self.browsers.items() if role in MATRIX[name]), self.worker)

    def address(self, name: str) -> str:
        here = {"code": "297"} if name in MUNICIPAL else {}
        return reverse(name, kwargs=here | self.work.kwargs.get(name, {}))

    def send(self, how: str, name: str, data: dict[str, Any]) -> Any:
        """Saved by a POST; a filter stands in the address."""
        if how == "get":
            return self.browser(name).get(self.address(name), data)
        return self.browser(name).post(self.address(name), self.rows | data | {"once": str(uuid.uuid4())})


@pytest.fixture
def everybody(work: Casework, signed_in: SignIn, paula: User, sirkka: User, iida: User) -> Everybody:
    return Everybody(work, signed_in, paula, sirkka, iida)


def forms_of(everybody: Everybody, seen: Seen, how: str, name: str, any_day: dict[str, str]) -> list[forms.BaseForm]:
    """Those with a day that the address cleans when something is sent to it; what it did is undone."""
    place = transaction.savepoint()
    seen.forms.clear()
    everybody.send(how, name, any_day)
    transaction.savepoint_rollback(place)
    return list(seen.forms)


def test_every_form_refuses_it_beside_the_field(
    everybody: Everybody, leo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, seen, before = everybody.work, Seen(monkeypatch), digest()
    any_day = {name: HOSTILE[0] for kind in forms_with_a_day() for name in days_in(kind.base_fields)}  # type: ignore[attr-defined]
    of_deeds = {one.url_name for one, _matter, _sent in deeds(work, leo)}
    names = sorted(set(MUNICIPAL) | {name for name, who in MATRIX.items() if who == INSTALLATION})
    for name, how in product((name for name in names if name not in of_deeds), ("get", "post")):
        for form in forms_of(everybody, seen, how, name, any_day):
            for day in HOSTILE:
                seen.forms.clear()
                send = partial(everybody.send, how, name, filled(form, day))
                answer, changed = undone(send, before)
                assert answer.status_code < 500, name
                assert seen.forms, name
                assert (name, seen.taken(day), changed) == (name, [], [])
    for one, _matter, sent in deeds(work, leo):
        fields = days_in(one.form.base_fields) if one.form else []
        for day in HOSTILE if fields else ():
            seen.forms.clear()
            data = sent.data | dict.fromkeys(fields, day) | {"time": "0.00"}
            answer, changed = undone(partial(everybody.worker.post, sent.address, data), before)
            assert (one.name, answer.status_code, seen.taken(day), changed) == (one.name, 422, [], [])
    assert [kind.__name__ for kind in forms_with_a_day() if kind not in seen.kinds] == []
    for at in (*pages_of_the_client(work).values(), *pages_of_everybody(work)):
        assert everybody.worker.get(at).status_code in {200, 302, 403, 405}, at


def test_a_day_is_asked_for_by_the_field_that_knows_the_limits() -> None:
    others = {
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in forms_with_a_day()
        for name in days_in(kind.base_fields)  # type: ignore[attr-defined]
        if not isinstance(kind.base_fields[name], DayField)  # type: ignore[attr-defined]
    }
    assert others == set()


@pytest.mark.parametrize("at", MOMENTS)
def test_the_verbs_refuse_it_too(work: Casework, aino: User, at: datetime.datetime) -> None:
    client, before = work.client, digest()
    time = Appointment.objects.filter(client=client, at__gt=NOW).first()
    assert time is not None
    matter = work.matters["taken"]
    tries = (
        lambda: offer(aino, client, at=at, worker=aino),
        lambda: move(aino, time, by_client=True, at=at, worker=aino),
        lambda: record_contact(aino, client, channel="call", outcome="reached", at=at),
        lambda: open_matter(
            aino, matter.municipality, client, kind="contact", source="call", arrived=at.date(), requested_on=None
        ),
        lambda: open_matter(
            aino, matter.municipality, client, kind="contact", source="call", arrived=TODAY, requested_on=at.date()
        ),
        lambda: set_waiting(aino, matter, "waiting_client", at.date()),
    )
    for one in tries:
        with pytest.raises(NotPossible):
            one()
    assert digest() == before


@pytest.mark.parametrize("asked", ["0001-01-01", "-0001-01-01", "9999-12-31", "-9999-12-31"])
def test_the_queue_may_be_asked_for_any_day(work: Casework, signed_in: SignIn, asked: str) -> None:
    page = signed_in(work.worker).get(reverse("queue", kwargs={"code": "297"}), {"nakyma": "kaikki", "due": asked})
    assert page.status_code == 200


def test_a_time_far_ahead_or_past_is_complained_of_beside_the_day(work: Casework, signed_in: SignIn) -> None:
    browser, address = signed_in(work.worker), reverse("appointment_new", kwargs={"code": "297", "pk": work.client.pk})
    for day in ("1.1.1800", "12.11.2018", "14.11.2020"):
        form = browser.post(address, {"day": day, "time": "12.00", "worker": work.worker.pk}).context["form"]
        assert list(form.errors) == ["day"], day
        # while another field is missing too
        form = browser.post(address, {"day": day, "time": "", "worker": work.worker.pk}).context["form"]
        assert sorted(form.errors) == ["day", "time"], day


def test_a_day_left_in_the_fields_of_a_new_time_does_not_stop_a_mark(work: Casework, signed_in: SignIn) -> None:
    time = Appointment.objects.create(
        municipality=work.client.municipality, client=work.client, worker=work.worker, by=work.worker, at=NOW - DAY
    )
    address = reverse("appointment", kwargs={"code": "297", "pk": time.pk})
    answer = signed_in(work.worker).post(address, {"what": "met", "day": "1.1.2018", "version": time.version})
    assert answer.status_code == 302


@pytest.mark.django_db
def test_no_table_takes_it() -> None:
    left = {}
    for model in apps.get_models():
        app = model._meta.app_label
        columns = [field.column for field in days_of(model)]
        if app not in RANKS or app in BY_THE_CLOCK or not columns:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s",
                [model._meta.db_table, CHECK],
            )
            found = cursor.fetchone()
        words = found[0] if found else ""
        if missing := [name for name in columns if f"({name} <" not in words and f'("{name}" <' not in words]:
            left[model.__name__] = missing
    assert left == {}


@pytest.mark.parametrize("at", ["0001-01-01 00:00+02", "infinity", "9999-12-31 23:59+00"])
def test_a_moment_that_could_not_be_read_is_refused_by_the_database(work: Casework, at: str) -> None:
    Contact.objects.create(
        municipality=work.client.municipality, client=work.client, channel="call", outcome="sent", by=work.worker
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_contact SET at = %s", [at])
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.update(day=datetime.date(1, 1, 1))
