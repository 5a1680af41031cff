"""`access`: the row with what its page shows, or 404 in words, and the look that was refused is remembered."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import RequestFactory

from accounts.models import User
from avain.models import Measurement
from cases.access.reads import access
from cases.models import Appointment, Client, Matter, Partner
from core.row_security import set_scope
from municipalities.access import access_of
from municipalities.models import Municipality, Unit
from municipalities.requests import MunicipalRequest
from testing.factories import make_client, make_matter
from testing.people import QueryCount


@pytest.fixture
def asking(kuopio: Municipality) -> Callable[[User], MunicipalRequest]:
    def ask(user: User) -> MunicipalRequest:
        request = RequestFactory().get("/297/")
        request.user = user
        request.municipality = kuopio  # type: ignore[attr-defined]
        request.access = access_of(user, kuopio)  # type: ignore[attr-defined]
        return request  # type: ignore[return-value]

    return ask


Asking = Callable[[User], MunicipalRequest]


def test_a_row_comes_with_what_its_page_shows(
    aino: User, kuopio: Municipality, asking: Asking, query_count: QueryCount
) -> None:
    matter = make_matter(make_client(kuopio), assignee=aino)
    request = asking(aino)
    found = access(Matter, request, matter.pk)
    assert query_count(lambda: (found.client.name, found.assignee and found.assignee.name)) == 0
    assert request.asked_client_id == matter.client_id


def test_a_row_takes_one_statement(aino: User, kuopio: Municipality, asking: Asking, query_count: QueryCount) -> None:
    matter, request = make_matter(make_client(kuopio)), asking(aino)
    assert query_count(lambda: access(Matter, request, matter.pk)) == 1


def test_whose_row_it_is_is_found_by_every_way(aino: User, kuopio: Municipality, asking: Asking) -> None:
    client = make_client(kuopio)
    matter = make_matter(client)
    time = Appointment.objects.create(
        municipality=kuopio, client=client, matter=matter, worker=aino, by=aino, at=matter.created_at
    )
    for model, pk in ((Client, client.pk), (Matter, matter.pk), (Appointment, time.pk)):
        request = asking(aino)
        access(model, request, pk)
        assert request.asked_client_id == client.pk, model


def test_a_row_without_a_relation_is_refused_in_words_and_remembered(
    eetu: User, kuopio: Municipality, southern: Unit, asking: Asking
) -> None:
    matter, request = make_matter(make_client(kuopio), unit=southern), asking(eetu)
    with pytest.raises(Http404, match="asiaa"):
        access(Matter, request, matter.pk)
    assert request.asked_client_id == matter.client_id


def test_a_row_of_another_municipality_leaves_no_trace(
    aino: User, kuopio: Municipality, tampere: Municipality, asking: Asking
) -> None:
    set_scope([kuopio.pk, tampere.pk])
    matter, request = make_matter(make_client(tampere)), asking(aino)
    with pytest.raises(Http404):
        access(Matter, request, matter.pk)
    assert not hasattr(request, "asked_client_id")


def test_a_row_of_another_client_than_the_path_says_is_refused(
    aino: User, kuopio: Municipality, asking: Asking
) -> None:
    client, other = make_client(kuopio), make_client(kuopio)
    for one in (client, other):
        make_matter(one)
    row = Measurement.objects.create(
        municipality=kuopio, client=other, day="2018-11-01", kind="initial", together=True, by=aino
    )
    request = asking(aino)
    assert access(Measurement, request, row.pk, client=other) == row
    with pytest.raises(Http404):
        access(Measurement, request, row.pk, client=client)


def test_only_what_belongs_to_a_client_can_be_asked_for(aino: User, asking: Asking) -> None:
    request = asking(aino)
    with pytest.raises(TypeError, match="Partner belongs to no client"):
        access(Partner, request, 1)
