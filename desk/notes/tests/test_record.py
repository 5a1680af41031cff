"""Kertomus: the notes of a client, filtered, searched, printed, and what they leave to do."""

import datetime
import uuid

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.access.colleagues import who_may_see
from cases.models import AccessLog, Appointment, Case, Client, Matter, RestrictedAccess
from cases.models.access_log import Looked
from cases.relations.verbs import caseworkers
from core.models import Code
from core.row_security import set_scope
from desk.notes.tests.conftest import at, begin, of, write
from municipalities.access import forget_memberships
from municipalities.models import Municipality, Unit
from records.models import AgreedItem, ColleagueQuestion
from testing.clock import TODAY
from testing.factories import make_matter
from testing.people import QueryCount, SignIn


@pytest.fixture
def hers(aino: User, signed_in: SignIn) -> Browser:
    return signed_in(aino)


def texts(answer: object) -> list[str]:
    """The beginnings of the notes that a page shows."""
    return [line.entry.text for line in answer.context["lines"]]  # type: ignore[attr-defined]


class TestTheList:
    def test_newest_first_with_kind_author_and_goal(self, hers: Browser, veikko: Client, goal: Code) -> None:
        write(hers, veikko, text="Ensimmäinen.", day="12.11.2018", start="9.40", goals=goal.code)
        write(hers, veikko, text="Toinen.")
        answer = hers.get(of(veikko))
        assert texts(answer) == ["Toinen.", "Ensimmäinen."]
        page = answer.content.decode()
        assert goal.label in page
        assert "sosiaalityöntekijä" in page
        assert "Kirjattu vasta seuraavana päivänä" in page

    def test_a_long_note_folds_after_a_sentence(self, hers: Browser, veikko: Client) -> None:
        write(hers, veikko, text="Tämä on lause. " * 100)
        text = hers.get(of(veikko)).context["lines"][0].texts[0]
        assert text.first.endswith("lause.")
        assert len(text.first) <= 420
        assert f"{text.first} {text.rest}".split() == ("Tämä on lause. " * 100).split()

    def test_filters_stand_in_the_address(self, hers: Browser, aino: User, veikko: Client, goal: Code) -> None:
        write(hers, veikko, text="Puhelu.", day="2.11.2018", goals=goal.code)
        write(hers, veikko, {"mista": "visit"}, text="Käynti.")
        for query, found in (
            ("tyyppi=visit", ["Käynti."]),
            (f"tavoite={goal.code}", ["Puhelu."]),
            (f"kirjaaja={aino.pk}", ["Käynti.", "Puhelu."]),
            ("alku=5.11.2018", ["Käynti."]),
            ("loppu=5.11.2018", ["Puhelu."]),
            ("tyyppi=network", []),
        ):
            assert texts(hers.get(f"{of(veikko)}?{query}")) == found, query

    def test_empty_states_say_what_to_do(self, hers: Browser, veikko: Client) -> None:
        assert "Kertomuksessa ei ole vielä merkintöjä." in hers.get(of(veikko)).content.decode()
        write(hers, veikko, text="Sovittiin.")
        page = hers.post(of(veikko, "etsi/"), {"sana": "perintä"}).content.decode()
        assert "Yhdessäkään merkinnässä ei ole sanaa ”perintä”." in page

    def test_on_paper_nothing_is_folded_and_it_is_logged(self, hers: Browser, aino: User, veikko: Client) -> None:
        write(hers, veikko, text="Tämä on lause. " * 100)
        page = hers.get(f"{of(veikko)}tuloste/?tyyppi=call").content.decode()
        assert "Lue lisää" not in page
        set_scope([297])
        assert AccessLog.objects.filter(user=aino, action=Looked.PRINTED, client_ids=[veikko.pk]).exists()

    def test_a_number_of_statements_that_does_not_grow(
        self, hers: Browser, veikko: Client, query_count: QueryCount
    ) -> None:
        write(hers, veikko, text="Yksi.", **{"agreed.0.what": "Soittaa"})
        one = query_count(lambda: hers.get(of(veikko)))
        for n in range(6):
            write(hers, veikko, text=f"Merkintä {n}.", start=f"{n + 1}.00", **{"agreed.0.what": "Soittaa"})
        assert one <= 20
        assert query_count(lambda: hers.get(of(veikko))) <= one


class TestSearch:
    @pytest.mark.parametrize(
        ("word", "found"),
        [
            ("ulosot", True),
            ("ULOSOTTO", True),
            ("laskut", True),
            ("lasku", True),
            ("räkning", True),
            ("räkningarna", True),
            ("äidille", True),
            ("ÄIDILLE", True),
            ("laskut räkning", True),
            ("laskut perintä", False),
            ("perintä", False),
            ("Soittaa", True),
            ("' | !", None),
        ],
    )
    def test_finds_inflections_and_beginnings_in_both_languages(
        self, hers: Browser, veikko: Client, word: str, found: bool | None
    ) -> None:
        text = (
            "Ulosoton kirje pelottaa. Kävimme läpi laskuja, ulosottovirasto soittaa. Räkningen är betald. Äidin luona."
        )
        document = write(hers, veikko, text=text, **{"agreed.0.what": "Soittaa äidille"})
        answer = hers.post(of(veikko, "etsi/"), {"sana": word})
        if found is None:
            assert answer.headers["Location"] == of(veikko)
        else:
            assert [line.version.document_id for line in answer.context["lines"]] == [document.pk] * found, word

    def test_marks_the_words(self, hers: Browser, veikko: Client) -> None:
        write(hers, veikko, text="Ulosoton <kirje> pelottaa.")
        page = hers.post(of(veikko, "etsi/"), {"sana": "ulosot"}).content.decode()
        assert "<mark>Ulosoton</mark> &lt;kirje&gt;" in page

    def test_that_one_searched_is_logged_not_for_what(self, hers: Browser, aino: User, veikko: Client) -> None:
        write(hers, veikko, text="Sovittiin.")
        hers.post(of(veikko, "etsi/"), {"sana": "salainenasia"})
        set_scope([297])
        row = AccessLog.objects.filter(user=aino, action=Looked.SEARCHED).get()
        assert (row.page, row.detail, row.client_ids) == ("client_notes_search", "notes", [veikko.pk])

    def test_only_in_what_holds_of_this_client(self, hers: Browser, veikko: Client, aino: User) -> None:
        other = make_matter(Client.objects.exclude(pk=veikko.pk).first() or veikko, assignee=aino).client
        write(hers, veikko, text="Ulosotto.")
        assert len(hers.post(of(other, "etsi/"), {"sana": "ulosotto"}).context["lines"]) == (other == veikko)


class TestTimeline:
    def test_a_contact_leads_to_its_note_and_nothing_is_told_twice(self, hers: Browser, veikko: Client) -> None:
        document = write(hers, veikko, text="Sovittiin laskuista.")
        page = hers.get(f"/297/asiakkaat/{veikko.pk}/aikajana/").content.decode()
        assert page.count(at(document)) == 1
        assert "asiakirjan" not in page[page.index('id="timeline"') :]

    def test_work_without_the_client_is_told_as_a_note(self, hers: Browser, veikko: Client) -> None:
        document = write(hers, veikko, {"mista": "alone"}, text="Luin päätöksen.")
        assert at(document) in hers.get(f"/297/asiakkaat/{veikko.pk}/aikajana/").content.decode()


class TestBeforeAMeeting:
    def test_the_page_answers_at_a_glance(self, hers: Browser, aino: User, veikko: Client, goal: Code) -> None:
        document = write(
            hers, veikko, text="Kävimme läpi laskut.",
            **{"agreed.0.what": "Soittaa ulosottoon", "agreed.0.by_when": "14.11.2018"},
        )  # fmt: skip
        html = hers.get(f"/297/asiakkaat/{veikko.pk}/").content.decode()
        head = html[: html.index('class="tabs"')]
        for words in ("Kävimme läpi laskut.", "Soittaa ulosottoon", "huomenna, ke 14.11.", "Haluan, että rahat"):
            assert words in head, words
        assert at(document) in head


class TestToday:
    def test_what_was_agreed_is_done_or_put_aside_with_a_reason(
        self, hers: Browser, aino: User, veikko: Client
    ) -> None:
        rows = {"worker": f"tyontekija:{aino.pk}", "by_when": "14.11.2018"}
        fields = {f"agreed.{n}.{name}": value for n in (0, 1) for name, value in rows.items()}
        write(hers, veikko, **fields, **{"agreed.0.what": "Soittaa", "agreed.1.what": "Kysyy", "agreed.count": "2"})
        page = hers.get("/297/").content.decode()
        assert 'id="sovitut"' in page
        first, second = AgreedItem.objects.order_by("position")
        once = str(uuid.uuid4())
        for _ in range(2):
            hers.post(settle(first), {"tee": "tehty", "once": once, "sivulta": "tanaan"})
        answer = hers.post(settle(second), {"reason": "", "once": str(uuid.uuid4())})
        assert answer.status_code == 422
        hers.post(settle(second), {"reason": "Ulosotto päättyi.", "once": str(uuid.uuid4())})
        set_scope([297])
        assert not AgreedItem.objects.open().exists()
        assert 'id="sovitut"' not in hers.get("/297/").content.decode()

    def test_a_question_is_answered_and_the_answer_comes_back(
        self, hers: Browser, leo: User, veikko: Client, signed_in: SignIn
    ) -> None:
        document = write(hers, veikko, **{"question.to": leo.pk, "question.text": "Pääsetkö torstaina?"})
        his = signed_in(leo)
        assert "Pääsetkö torstaina?" in his.get("/297/").content.decode()
        question = ColleagueQuestion.objects.get()
        page = f"/297/asiakkaat/{veikko.pk}/kysymys/{question.pk}/"
        assert hers.post(page, {"answer": "Itse.", "once": str(uuid.uuid4())}).status_code == 422
        his.post(page, {"answer": "Pääsen.", "once": str(uuid.uuid4())})
        assert "Pääsetkö" not in his.get("/297/").content.decode()
        assert "Pääsen." in hers.get("/297/").content.decode()
        assert "Pääsen." in hers.get(at(document)).content.decode()

    def test_my_unfinished_note_goes_on(self, hers: Browser, veikko: Client, meeting: Appointment) -> None:
        document = begin(hers, veikko)
        page = hers.get("/297/").content.decode()
        assert at(document, "kirjoita/") in page


def settle(item: AgreedItem) -> str:
    return f"/297/asiakkaat/{item.client_id}/sovittu/{item.pk}/"


class TestWhoMaySee:
    """The rule turned around names exactly those who would see the client."""

    @pytest.fixture
    def everybody(self, aino: User, eetu: User, leo: User, ulla: User, sirkka: User, kaisa: User) -> list[User]:
        return [aino, eetu, leo, ulla, sirkka, kaisa]

    @pytest.mark.parametrize("how", ["unit", "none", "closed", "case", "own worker", "restricted"])
    def test_is_the_rule_of_the_fence(
        self, kuopio: Municipality, everybody: list[User], veikko: Client, southern: Unit, northern: Unit, how: str
    ) -> None:
        aino, eetu, leo = everybody[:3]
        if how == "none":
            make_matter(veikko)
        if how == "closed":
            long_ago = TODAY - datetime.timedelta(days=900)
            Matter.objects.filter(client=veikko).update(
                closed_at=f"{long_ago}T10:00Z", state="closed", outcome="met_no_need", closed_by=aino
            )
        if how == "case":
            Case.objects.create(municipality=kuopio, client=veikko, unit=northern, opened_by=eetu)
        if how == "restricted":
            Client.objects.filter(pk=veikko.pk).update(restricted=True)
            RestrictedAccess.objects.create(municipality=kuopio, client=veikko, user=leo, named_by=aino)
            veikko.refresh_from_db()
        named = set(who_may_see(veikko))
        for user in everybody:
            forget_memberships(user)
            sees = Client.objects.visible_to(user, kuopio).filter(pk=veikko.pk).exists()
            assert (user in named) == sees, (how, user.name)
        assert named <= set(caseworkers(kuopio))
