"""The grid under hostile hands: whatever is typed or sent, an answer in words, nothing lost, nothing of others."""

from typing import Any, Final

import pytest
from django.test import Client as Browser

from accounts.models import User
from core.row_security import set_scope
from etotu.models import Batch, Notice, QuarantineRow
from etotu.parsing.limits import LONGEST_TEXT
from etotu.repair import asked as repair_asked
from etotu.repair.corrected_rows import corrected_row
from etotu.repair.fields import allowed_paths
from etotu.repair.verbs import Change, discard, save
from etotu.tests.making import TAUNO, everything, loaded, notice, xml
from etotu.tests.notices import csv_batch
from municipalities.models import Municipality
from testing.people import QueryCount, SignIn

GRID: Final = "/297/erat/korjattavat/"
SAVE: Final = f"{GRID}tallenna/"
NAME: Final = "henkilo.sukunimi"
NOTE: Final = "lisatieto"
FILE: Final = '<liite nimi="vuokra.pdf" mime="application/pdf">%%%</liite>'
TYPED: Final = {
    "long": "x" * (LONGEST_TEXT - 1),
    "nul": "a\0b\0",
    "bidi": "\u202eabc\u200b\u2066\ufeff",
    "html": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE etotu_batch; --",
    "digits": "9" * 5000,
    "bigint": "99999999999999999999",
    "minus": "-1",
    "year 0": "1.1.0000",
    "year 1": "0001-01-01T00:00:00+14:00",
    "year 9999": "31.12.9999 23.59",
    "year 10000": "1.1.10000",
    "infinite": "1e999",
    "foreign digits": "٣٤٥",
    "lone surrogate": "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "separators": "\u2028\u2029",
    "header": "\r\nSet-Cookie: a=b",
    "template": "{{ 7 }}%(x)s%s",
}


def row(**more: Any) -> QuarantineRow:
    return QuarantineRow.objects.get(**more)


def fields_of(it: QuarantineRow, text: str, *names: str) -> dict[str, str]:
    return {f"f-{it.pk}-{name}": text for name in names or allowed_paths(corrected_row(it))}


def form(it: QuarantineRow, **more: Any) -> dict[str, Any]:
    return {"shown": it.pk, f"edits-{it.pk}": it.edits, "do": "check"} | more


class TestTyped:
    @pytest.mark.parametrize("dialect", ["xml", "csv"])
    def test_every_field_takes_any_text_and_says_what_is_wrong(
        self, kuopio: Municipality, paula: User, signed_in: SignIn, dialect: str
    ) -> None:
        if dialect == "xml":
            loaded(xml(notice(family="", more=FILE)))
        else:
            loaded(csv_batch({"kunta": "297", "sukunimi": "", "etunimet": ""}).encode(), file_name="a.csv")
        browser = signed_in(paula)
        for what, text in TYPED.items():
            it = row()
            answer = browser.post(f"{SAVE}?rivi={it.pk}", form(it) | fields_of(it, text))
            assert answer.status_code == 302, what
            page = browser.get(f"{GRID}?rivi={it.pk}").content.decode()
            assert "<script>alert" not in page
            kinds = {fault["field"]: fault["code"] for fault in row().faults}
            assert kinds["kunta"] in ("unknown_municipality", "missing", "too_long"), what
            assert {"luotu", "tyyppi"} <= kinds.keys(), what
            assert "versio" in kinds or not text.strip(), what
            for field in kinds:
                assert f'id="f-{it.pk}-{field}-why"' in page or field.startswith("liite"), (what, field)
        assert not Notice.objects.exists()

    @pytest.mark.parametrize(
        ("earliest", "latest", "sent", "released"),
        [
            ("1.1.1800", "31.12.2199", "1.1.1900 0.00", ["K1", "K2"]),
            ("31.12.1799", "1.1.2200", "1.1.1800 0.00", []),
            ("1.1.0001", "31.12.9999", "1.1.0001 0.00", []),
        ],
    )
    def test_days_at_the_ends_of_what_is_kept_are_released_and_no_others(
        self,
        earliest: str,
        latest: str,
        sent: str,
        released: list[str],
        kuopio: Municipality,
        paula: User,
        signed_in: SignIn,
    ) -> None:
        need = '<sosiaalityonTarve syy="ASUMINEN" toivooKeskustelua="true"/>'
        loaded(
            xml(
                notice(family=""),
                notice("K2", kind="SOSIAALITYON_TARVE", family="", block=need, code=TAUNO),
            )
        )
        first, second = QuarantineRow.objects.order_by("position")
        ends = fields_of(first, earliest, "hakemus.saapunut", "hakemus.kausiAlkaa", "hakemus.paatospvm")
        ends |= fields_of(first, latest, "hakemus.kausiPaattyy")
        asked = fields_of(second, earliest, "sosiaalityonTarve.keskustelupyyntoPvm")
        asked |= fields_of(second, sent, "luotu")
        browser = signed_in(paula)
        names = fields_of(first, "Demolainen", NAME) | fields_of(second, "Testaaja", NAME)
        data = {"shown": [first.pk, second.pk], f"edits-{first.pk}": 0, f"edits-{second.pk}": 0, "do": "release_all"}
        browser.post(SAVE, data | ends | asked | names)
        assert [not it.faults for it in QuarantineRow.objects.all()] == [bool(released)] * 2
        assert sorted(Notice.objects.values_list("number", flat=True)) == released

    def test_a_text_that_is_too_long_to_keep_comes_back_whole_with_words_beside_its_field(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family="")))
        it, text = row(), "ä" * (2 * LONGEST_TEXT)
        answer = signed_in(paula).post(f"{SAVE}?rivi={it.pk}", form(it) | fields_of(it, text, NOTE))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert text in page
        why = page.split(f'id="f-{it.pk}-{NOTE}-why"')[1]
        assert "20" in why[: why.index("</div>")]
        assert (row().edits, row().corrected) == (0, None)

    def test_ends_of_lines_that_a_browser_takes_out_are_no_correction(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(created="eilen", given="Seija\n  Hilja")))
        it = row()
        browser = signed_in(paula)
        page = browser.get(f"{GRID}?rivi={it.pk}").content.decode()
        assert 'value="Seija Hilja"' in page
        browser.post(f"{SAVE}?rivi={it.pk}", form(it) | fields_of(it, "Seija Hilja", "henkilo.etunimet"))
        assert row().edits == 0


class TestNothingIsLost:
    def test_a_text_whose_field_is_no_longer_on_the_page_is_given_back_in_words(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(created="eilen"), notice("K2", family="")))
        old = row(number="K1")
        save(paula, Change(old.pk, 0, {"luotu": "2018-10-11T08:00:00+03:00"}))
        query = f"?era={Batch.objects.get().public_id}&virhe=missing"
        answer = signed_in(paula).post(SAVE + query, form(old) | fields_of(old, "2.10.2018 9.99", "luotu"))
        assert answer.status_code == 409
        assert "2.10.2018 9.99" in answer.content.decode()
        assert row(number="K1").edits == 1

    def test_what_was_typed_into_a_row_that_went_elsewhere_is_given_back(
        self, kuopio: Municipality, tampere: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(kunta="999", family="")), municipality=kuopio)
        old = row()
        save(paula, Change(old.pk, 0, {"kunta": "837"}))
        answer = signed_in(paula).post(SAVE, form(old) | fields_of(old, "Demolainen", NAME))
        assert answer.status_code == 409
        assert "Demolainen" in answer.content.decode()

    def test_other_rows_of_the_page_are_saved_when_one_is_refused(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family=""), notice("K2", family="", code=TAUNO)))
        first, second = QuarantineRow.objects.order_by("position")
        discard(paula, first.pk, 0, "Turha")
        sent = {"shown": [first.pk, second.pk], f"edits-{first.pk}": 0, f"edits-{second.pk}": 0, "do": "check"}
        answer = signed_in(paula).post(SAVE, sent | fields_of(first, "Eka", NAME) | fields_of(second, "Toka", NAME))
        assert answer.status_code == 409
        assert "Eka" in answer.content.decode()
        assert row(number="K2").faults == []

    @pytest.mark.parametrize("reason", ["", " ", "\u200b\u202e", "\0", "x" * 501])
    def test_a_reason_that_nobody_could_read_discards_nothing(
        self, kuopio: Municipality, paula: User, signed_in: SignIn, reason: str
    ) -> None:
        loaded(xml(notice(family="")))
        answer = signed_in(paula).post(f"{GRID}{row().pk}/hylkaa/", {"edits": 0, "reason": reason})
        assert "is-invalid" in answer.content.decode()
        assert row().state == "open"

    @pytest.mark.parametrize("edits", [None, "", "x", "-1", "1", "9" * 40])
    def test_a_discard_without_the_right_count_of_edits_is_asked_again(
        self, kuopio: Municipality, paula: User, signed_in: SignIn, edits: str | None
    ) -> None:
        loaded(xml(notice(family="")))
        sent = {"reason": "Turha"} | ({} if edits is None else {"edits": edits})
        answer = signed_in(paula).post(f"{GRID}{row().pk}/hylkaa/", sent)
        assert (answer.status_code, row().state) == (200, "open")
        assert "Turha" in answer.content.decode()


class TestSent:
    @pytest.mark.parametrize("key", ["rivi", "sivu", "era", "virhe", "tila"])
    def test_any_address_shows_a_page(self, kuopio: Municipality, paula: User, signed_in: SignIn, key: str) -> None:
        loaded(xml(notice(family="")))
        browser = signed_in(paula)
        for value in ["-1", "0", "x", "1.5", "9" * 30, "9" * 5000, "\0", "\u202e", "<b>", "' or 1=1 --", "urn:uuid:1"]:
            assert browser.get(GRID, {key: value}).status_code == 200, value
            answer = browser.post(SAVE, form(row()), query_params={key: value})
            assert answer.status_code == 302, value

    def test_any_form_is_answered_and_changes_nothing(
        self, kuopio: Municipality, paula: User, signed_in: SignIn, query_count: QueryCount
    ) -> None:
        loaded(xml(notice(family="")))
        it = row()
        browser = signed_in(paula)
        many = [str(n) for n in range(1, 4900)]
        forms: list[dict[str, Any]] = [
            {},
            {"do": "x"},
            {"shown": ["a", "-1", "9" * 40, "\0"]},
            {"shown": [it.pk] * 5, "do": "release", "row": [it.pk] * 9},
            {"shown": many},
            {"do": "release", "row": many},
            {"release": "9" * 30},
            {"shown": it.pk, f"f-{it.pk}-nosuch": "x"},
            {"shown": it.pk, f"f-{it.pk}-": "x", f"edits-{it.pk}": "-1"},
            {"shown": it.pk, f"f-{it.pk}-{NAME}": ["A", "B"], f"edits-{it.pk}": ["\0", "9" * 40]},
            {"shown": it.pk, f"parts-{it.pk}": "1", f"leave-{it.pk}": ["liite.0", "liite.99"], f"edits-{it.pk}": "0"},
        ]
        for sent in forms:
            answer: list[int] = []
            asked = query_count(lambda sent=sent, to=answer: to.append(browser.post(SAVE, sent).status_code))  # type: ignore[misc]
            assert answer[0] in (302, 409), sent
            assert asked < 150, sent
        assert (row().state, row().edits, row().corrected) == ("open", 0, None)

    def test_a_row_with_hundreds_of_errors_shows_the_first_until_it_is_opened(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        expenses = "".join(f'<meno laji="VUOKRARASTI" euroa="{n},50"/>' for n in range(300))
        loaded(xml(notice(block=f'<hakemus saapunut="2018-10-09">{expenses}</hakemus>')))
        it = row()
        browser = signed_in(paula)
        assert inputs(browser, "", it) == 20
        assert inputs(browser, f"?rivi={it.pk}", it) > 600


class TestOthers:
    def test_ids_of_another_municipality_show_and_change_nothing(
        self, kuopio: Municipality, tampere: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family=""), notice("K2", kunta="837", family="", code=TAUNO, street="Salakatu 1")))
        with everything():
            other = row(municipality=tampere)
        browser = signed_in(paula)
        sent = form(other) | fields_of(other, "Demolainen", NAME)
        for do in ({"do": "check"}, {"do": "release", "row": other.pk}, {"release": other.pk}):
            text = browser.post(f"{SAVE}?rivi={other.pk}", sent | do, follow=True).content.decode()
            assert f'id="row-{other.pk}"' not in text
            assert "Salakatu" not in text
            assert f"row-{other.pk}" not in text
        with everything():
            other.refresh_from_db()
        assert (other.state, other.edits) == ("open", 0)

    def test_a_batch_of_others_is_not_named(
        self, kuopio: Municipality, tampere: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(notice("K2", kunta="837", family="")), file_name="tampereen.xml")
        text = signed_in(paula).get(f"{GRID}?era={batch.public_id}").content.decode()
        assert "tampereen" not in text


class TestMany:
    def test_more_rows_than_go_at_once_are_released_a_part_at_a_time(
        self, kuopio: Municipality, paula: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(repair_asked, "AT_ONCE", 2)
        for n in range(3):
            loaded(xml(notice(f"K{n}", family=""), code=f"ERA-{n}"))
        for it in QuarantineRow.objects.all():
            save(paula, Change(it.pk, 0, {NAME: "Demolainen"}))
        browser = signed_in(paula)
        text = browser.post(SAVE, {"do": "release_all"}, follow=True).content.decode()
        assert "1 rivi jäi" in text
        assert Notice.objects.count() == 2
        browser.post(SAVE, {"do": "release_all"})
        assert Notice.objects.count() == 3

    def test_checking_a_page_asks_the_same_of_the_database_for_one_row_and_many(
        self, kuopio: Municipality, paula: User, signed_in: SignIn, query_count: QueryCount
    ) -> None:
        loaded(xml(notice("A", family="")))
        browser = signed_in(paula)
        few = query_count(lambda: browser.post(SAVE, {"do": "check", "shown": row().pk}))
        loaded(xml(*(notice(f"K{n}", family="") for n in range(24)), code="B"))
        set_scope([297])
        ids = list(QuarantineRow.objects.values_list("pk", flat=True))
        assert query_count(lambda: browser.post(SAVE, {"do": "check", "shown": ids})) <= few + 1


def inputs(browser: Browser, query: str, it: QuarantineRow) -> int:
    return browser.get(GRID + query).content.decode().count(f'name="f-{it.pk}-')


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "9" * 5000, "\0", "999", "837 OR 1=1"])
@pytest.mark.parametrize(("do", "field"), [("place", "municipality"), ("place", "edits"), ("discard", "edits")])
def test_a_row_of_nobody_stays_when_its_form_makes_no_sense(
    kuopio: Municipality, iida: User, signed_in: SignIn, do: str, field: str, value: str
) -> None:
    loaded(xml(notice(kunta="999")), via="folder")
    set_scope([0])
    it = row()
    sent = {"do": do, "place-municipality": 297, "place-edits": 0, "discard-edits": 0, "discard-reason": "Turha"}
    answer = signed_in(iida).post(f"/asennus/rivit/{it.pk}/", sent | {f"{do}-{field}": value}, follow=True)
    assert answer.status_code == 200
    assert any(sign in answer.content.decode() for sign in ("invalid", "error-summary", "ehti käsitellä"))
    set_scope([0])
    assert (row().state, row().municipality_id, row().edits) == ("open", None, 0)
