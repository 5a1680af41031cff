from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from core.identity_code import check_character
from etotu.codes.lists import CodeList, code_lists
from etotu.faults import FORMS, FileFaultCode, FlagCode, RowFaultCode, file_fault_message, row_fault_message
from etotu.parsing import field_label, read_values
from etotu.tests.notices import RECEIVED, checked, faults, flags, person_element, read_one

APPLICATION = '<hakemus saapunut="2018-10-10"/>'
REDUCTION = '<perusosa alennusProsentti="40" alkaa="2018-10-01" peruste="TYOSTA_KIELTAYTYMINEN"/>'


def born(day: date) -> str:
    digits = f"{day:%d%m%y}"
    return f"{digits}{'A' if day.year >= 2000 else '-'}900{check_character(digits, '900')}"


def person(**elements: str | None) -> str:
    return person_element(**elements).removeprefix("<henkilo>").removesuffix("</henkilo>")


class TestFaults:
    def test_a_good_notice_has_none(self) -> None:
        found = checked(read_one())
        assert not found.faults
        assert not found.flags
        assert found.identity

    @pytest.mark.parametrize(
        ("attributes", "field", "code"),
        [
            ({"tunnus": None}, "tunnus", "missing"),
            ({"tunnus": "x" * 65}, "tunnus", "too_long"),
            ({"versio": "0"}, "versio", "out_of_range"),
            ({"versio": "2147483648"}, "versio", "out_of_range"),
            ({"versio": "1.5"}, "versio", "unreadable"),
            ({"tyyppi": None}, "tyyppi", "missing"),
            ({"tyyppi": "TUNTEMATON"}, "tyyppi", "unknown_kind"),
            ({"tyyppi": "x" * 200}, "tyyppi", "too_long"),
            ({"kunta": None}, "kunta", "missing"),
            ({"kunta": "999"}, "kunta", "unknown_municipality"),
            ({"kunta": "Kuopio"}, "kunta", "unknown_municipality"),
            ({"kiireellinen": "K"}, "kiireellinen", "unreadable"),
            ({"luotu": None}, "luotu", "missing"),
            ({"luotu": "2018-10-11"}, "luotu", "unreadable"),
            ({"luotu": "2018-10-11T08:00:00"}, "luotu", "unreadable"),
            ({"luotu": "0001-01-01T00:00:00+03:00"}, "luotu", "unreadable"),
            ({"luotu": "1799-12-31T23:00:00+00:00"}, "luotu", "unreadable"),
            ({"luotu": "2199-12-31T23:00:00-03:00"}, "luotu", "unreadable"),
        ],
    )
    def test_of_the_notice(self, attributes: dict[str, str | None], field: str, code: str) -> None:
        assert faults(read_one("", **attributes)) == [(field, code)]

    @pytest.mark.parametrize(
        ("elements", "field", "code"),
        [
            ({"henkilotunnus": None}, "henkilotunnus", "missing"),
            ({"henkilotunnus": "240992907R"}, "henkilotunnus", "identity_form"),
            ({"henkilotunnus": "310292-907R"}, "henkilotunnus", "identity_date"),
            ({"henkilotunnus": "240992-907S"}, "henkilotunnus", "identity_check"),
            ({"sukunimi": None, "etunimet": None}, "sukunimi", "missing"),
            ({"sukunimi": "  ", "etunimet": ""}, "sukunimi", "missing"),
            ({"sukunimi": "x" * 201}, "sukunimi", "too_long"),
            ({"lahiosoite": "x" * 201}, "lahiosoite", "too_long"),
            ({"postinumero": "x" * 21}, "postinumero", "too_long"),
            ({"postitoimipaikka": "x" * 101}, "postitoimipaikka", "too_long"),
            ({"kotikunta": "29"}, "kotikunta", "unreadable"),
            ({"turvakielto": "ehkä"}, "turvakielto", "unreadable"),
            ({"sukunimi": None, "etunimet": "Pentti Hilja"}, "sukunimi", "missing"),
            ({"sukunimi": " ", "etunimet": None}, "sukunimi", "missing"),
        ],
    )
    def test_of_the_person(self, elements: dict[str, str | None], field: str, code: str) -> None:
        assert faults(read_one(person=person(**elements))) == [(f"henkilo.{field}", code)]

    @pytest.mark.parametrize(
        ("elements", "field", "code"),
        [
            ({"sukunimi": None, "etunimet": "Yksitesti"}, "sukunimi", "one_name"),
            ({"etunimet": " "}, "etunimet", "one_name"),
            ({"sukunimi": "M\N{REPLACEMENT CHARACTER}ki"}, "sukunimi", "damaged_name"),
            ({"puhelin": "4,58401E+11"}, "puhelin", "odd_phone"),
            ({"puhelin": "soita äidille"}, "puhelin", "odd_phone"),
            ({"postinumero": "111 22"}, "postinumero", "odd_postal_code"),
            ({"postinumero": "SE-11122"}, "postinumero", "odd_postal_code"),
        ],
    )
    def test_what_is_odd_of_the_person_is_taken_and_flagged(
        self, elements: dict[str, str | None], field: str, code: str
    ) -> None:
        raw = read_one(person=person(**elements))
        assert faults(raw) == []
        assert flags(raw) == [(f"henkilo.{field}", code)]

    @pytest.mark.parametrize(
        "elements",
        [
            {"henkilotunnus": "240992\N{EN DASH}907R"},
            {"henkilotunnus": "240992\N{NON-BREAKING HYPHEN}907R\N{ZERO WIDTH SPACE}"},
            {"henkilotunnus": "\N{NO-BREAK SPACE}240992\N{SOFT HYPHEN}907R"},
            {"henkilotunnus": "\N{LEFT-TO-RIGHT MARK}240992\N{MINUS SIGN}907R"},
            {"puhelin": "+358\N{NO-BREAK SPACE}40\N{THIN SPACE}111\N{FIGURE DASH}1111\N{POP DIRECTIONAL FORMATTING}"},
        ],
    )
    def test_what_carries_no_meaning_is_read_as_it_looks(self, elements: dict[str, str]) -> None:
        raw = read_one(person=person(**elements))
        assert (faults(raw), flags(raw)) == ([], [])
        assert checked(raw).identity is not None
        assert raw.content.person is not None
        assert raw.content.person.phone in {"", "+358 40 111-1111"}

    def test_a_date_with_a_zone_is_a_date_and_a_time_may_have_odd_blanks(self) -> None:
        raw = read_one('<hakemus saapunut="2018-10-09+03:00" paatospvm="2018-10-10Z"/>', tyyppi="HAKEMUS")
        assert faults(raw) == []
        assert raw.content.application
        assert str(raw.content.application.received) == "2018-10-09"
        assert faults(read_one(luotu="2018\N{EN DASH}10\N{HYPHEN}11T08:10:58+03:00\N{ZERO WIDTH SPACE}")) == []

    def test_of_a_notice_without_a_person(self) -> None:
        raw = read_one()
        values = {name: value for name, value in raw.values.items() if name != "henkilo"}
        assert faults(read_values(values, "xml", position=1)) == [("henkilo", "missing")]

    @pytest.mark.parametrize(
        ("kind", "block", "field", "code"),
        [
            ("HAKEMUS", "", "hakemus", "missing_block"),
            ("HAKEMUS", "<hakemus/>", "hakemus.saapunut", "missing"),
            ("HAKEMUS", '<hakemus saapunut="10.10.2018"/>', "hakemus.saapunut", "unreadable"),
            ("HAKEMUS", '<hakemus saapunut="2018-10-13"/>', "hakemus.saapunut", "in_future"),
            (
                "SOSIAALITYON_TARVE",
                '<sosiaalityonTarve toivooKeskustelua="true" keskustelupyyntoPvm="2018-10-13"/>',
                "sosiaalityonTarve.keskustelupyyntoPvm",
                "in_future",
            ),
            (
                "HAKEMUS",
                '<hakemus saapunut="2018-10-10" kausiAlkaa="2018-10-02" kausiPaattyy="2018-10-01"/>',
                "hakemus.kausiPaattyy",
                "period_reversed",
            ),
            ("HAKEMUS", APPLICATION[:-2] + '><meno euroa="1"/></hakemus>', "hakemus.meno.1.laji", "missing"),
            ("HAKEMUS", APPLICATION[:-2] + '><meno laji="MUU"/></hakemus>', "hakemus.meno.1.euroa", "missing"),
            (
                "HAKEMUS",
                APPLICATION[:-2] + '><meno laji="MUU" euroa="1,5"/></hakemus>',
                "hakemus.meno.1.euroa",
                "unreadable",
            ),
            (
                "HAKEMUS",
                APPLICATION[:-2] + '><meno laji="MUU" euroa="1.555"/></hakemus>',
                "hakemus.meno.1.euroa",
                "unreadable",
            ),
            (
                "HAKEMUS",
                APPLICATION[:-2] + '><meno laji="MUU" euroa="-1"/></hakemus>',
                "hakemus.meno.1.euroa",
                "unreadable",
            ),
            ("ALENNETTU_PERUSOSA", "", "perusosa", "missing_block"),
            ("ALENNETTU_PERUSOSA", '<perusosa alkaa="2018-10-01"/>', "perusosa.alennusProsentti", "missing"),
            ("ALENNETTU_PERUSOSA", '<perusosa alennusProsentti="20"/>', "perusosa.alkaa", "missing"),
            ("ALENNETTU_PERUSOSA", REDUCTION.replace("40", "0"), "perusosa.alennusProsentti", "out_of_range"),
            ("ALENNETTU_PERUSOSA", REDUCTION.replace("40", "101"), "perusosa.alennusProsentti", "out_of_range"),
            ("ALENNETTU_PERUSOSA", REDUCTION.replace("40", "20,5"), "perusosa.alennusProsentti", "unreadable"),
            (
                "ALENNETTU_PERUSOSA",
                REDUCTION.replace("/>", ' paattyy="2018-09-30"/>'),
                "perusosa.paattyy",
                "period_reversed",
            ),
            ("SOSIAALITYON_TARVE", "", "sosiaalityonTarve", "missing_block"),
            ("PITKAAN_TYOTON", "", "tyottomyys", "missing_block"),
            ("PITKAAN_TYOTON", "<tyottomyys/>", "tyottomyys.kuukausia", "missing"),
            ("PITKAAN_TYOTON", '<tyottomyys kuukausia="vuosi"/>', "tyottomyys.kuukausia", "unreadable"),
            ("MAAHANMUUTTAJA", f"<lisatieto>{'x' * 10_001}</lisatieto>", "lisatieto", "too_long"),
        ],
    )
    def test_of_what_the_type_carries(self, kind: str, block: str, field: str, code: str) -> None:
        assert faults(read_one(block, tyyppi=kind)) == [(field, code)]

    @pytest.mark.parametrize(
        ("kind", "birth", "good"),
        [
            ("NUORI_TYOTON", date(1993, 10, 12), True),
            ("NUORI_TYOTON", date(1993, 10, 11), False),
            ("PITKAAN_TYOTON", date(1993, 10, 11), True),
            ("PITKAAN_TYOTON", date(1993, 10, 12), False),
        ],
    )
    def test_age_on_the_day_of_making(self, kind: str, birth: date, good: bool) -> None:
        raw = read_one(
            '<tyottomyys kuukausia="4"/>',
            tyyppi=kind,
            person=person(henkilotunnus=born(birth)),
            luotu="2018-10-10T22:30:00+00:00",  # in Helsinki already the 11th
        )
        assert faults(raw) == ([] if good else [("henkilo.henkilotunnus", "age_contradicts")])

    def test_an_hour_ahead_of_the_clock_is_forgiven(self) -> None:
        made = datetime(2018, 10, 12, 9, 0, tzinfo=UTC)
        raw = read_one(luotu=made.isoformat())
        assert not checked(raw, made - timedelta(hours=1)).faults
        assert checked(raw, made - timedelta(hours=1, seconds=1)).faults

    def test_all_faults_of_a_row_are_told_at_once(self) -> None:
        raw = read_one(
            "<hakemus/>",
            tyyppi="HAKEMUS",
            kunta="999",
            luotu="x",
            person=person(sukunimi=None, etunimet=None, henkilotunnus="1"),
        )
        assert faults(raw) == [
            ("luotu", "unreadable"),
            ("henkilo.sukunimi", "missing"),
            ("hakemus.saapunut", "missing"),
            ("kunta", "unknown_municipality"),
            ("henkilo.henkilotunnus", "identity_form"),
        ]

    def test_no_fault_holds_a_value_of_the_person(self) -> None:
        secret = "Salainen" * 40
        raw = read_one(
            f'<liite nimi="{secret}" mime="{secret}">{secret}!</liite><hakemus saapunut="{secret}"/>',
            tyyppi="HAKEMUS",
            luotu=secret,
            versio=secret,
            tunnus=secret,
            kiireellinen=secret,
            person=person(**dict.fromkeys(("henkilotunnus", "sukunimi", "postinumero", "turvakielto"), secret)),
        )
        found = checked(raw)
        assert len(found.faults) >= 9
        for fault in found.faults:
            assert "Salainen" not in f"{fault}{fault.as_json()}{fault.message}"


class TestFlags:
    @pytest.mark.parametrize(
        ("kind", "inside", "field", "code"),
        [
            (
                "HAKEMUS",
                APPLICATION[:-2] + '><meno laji="UUSI" euroa="1"/></hakemus>',
                "hakemus.meno.1.laji",
                "unknown_expense",
            ),
            ("ALENNETTU_PERUSOSA", REDUCTION.replace("TYOSTA", "MISTA"), "perusosa.peruste", "unknown_ground"),
            ("ALENNETTU_PERUSOSA", REDUCTION.replace("40", "50"), "perusosa.alennusProsentti", "unknown_percentage"),
            ("SOSIAALITYON_TARVE", '<sosiaalityonTarve syy="UUSI"/>', "sosiaalityonTarve.syy", "unknown_reason"),
            ("PITKAAN_TYOTON", '<tyottomyys kuukausia="4"/>', "tyottomyys.kuukausia", "wrong_months"),
            ("MAAHANMUUTTAJA", APPLICATION, "hakemus", "other_block"),
        ],
    )
    def test_what_is_odd_does_not_stop_a_notice(self, kind: str, inside: str, field: str, code: str) -> None:
        raw = read_one(inside, tyyppi=kind)
        assert not faults(raw)
        assert flags(raw) == [(field, code)]

    def test_of_the_person(self) -> None:
        raw = read_one(person=person(asiointikieli="xx", kotikunta="998"))
        assert not faults(raw)
        assert set(flags(raw)) == {
            ("henkilo.asiointikieli", "unknown_language"),
            ("henkilo.kotikunta", "unknown_home"),
        }

    def test_half_the_basic_amount_is_on_the_list_from_february_2026(self) -> None:
        reduction = REDUCTION.replace("40", "50")
        for made, known in (("2026-01-31T12:00:00+02:00", False), ("2026-02-01T00:00:00+02:00", True)):
            raw = read_one(reduction, tyyppi="ALENNETTU_PERUSOSA", luotu=made)
            assert bool(checked(raw, datetime(2026, 3, 1, tzinfo=UTC)).flags) is not known


class TestCodeLists:
    def test_codes_of_a_day(self) -> None:
        lists = code_lists()
        assert lists.codes(CodeList.REDUCTION_PERCENTAGE, date(2018, 1, 1)) == {"20", "40"}
        assert lists.codes(CodeList.REDUCTION_PERCENTAGE, date(2026, 2, 1)) == {"20", "40", "50"}
        assert lists.codes(CodeList.REDUCTION_PERCENTAGE, date(2016, 12, 31)) == frozenset()

    def test_labels(self) -> None:
        lists = code_lists()
        assert lists.label(CodeList.EXPENSE_KIND, "VUOKRARASTI", "fi") == "Vuokrarästi"
        assert lists.label(CodeList.EXPENSE_KIND, "VUOKRARASTI", "sv") == "Hyresskuld"
        assert lists.label(CodeList.EXPENSE_KIND, "UUSI", "en") == "UUSI"

    def test_every_code_has_all_its_names(self) -> None:
        for codes in code_lists().lists.values():
            assert len({code.code for code in codes}) == len(codes)
            assert all(code.fi and code.sv and code.en for code in codes)


class TestWords:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_every_code_says_something(self, language: str) -> None:
        params: dict[str, int | str] = {"limit": 1, "low": 1, "high": 2, "found": 1, "expected": 2, "version": 1}
        params |= {"allowed": "under_25", "form": "date", "name": "x"}
        with translation.override(language):
            texts = [row_fault_message(code.value, params) for code in RowFaultCode]
            texts += [row_fault_message("unreadable", {"form": form}) for form in FORMS]
            texts += [file_fault_message(code.value, params) for code in FileFaultCode]
            texts += [str(code.label) for code in FlagCode]
        assert all(texts)
        assert not any("%(" in text for text in texts)

    def test_a_fault_speaks_the_language_that_is_on(self) -> None:
        (fault,) = checked(read_one(kunta="999"), RECEIVED).faults
        with translation.override("fi"):
            finnish = fault.message
        with translation.override("en"):
            assert fault.message != finnish

    def test_fields_have_names(self) -> None:
        with translation.override("en"):
            assert field_label("henkilo.sukunimi") == "Family name"
            assert field_label("hakemus.meno.2.euroa") == "Amount of the expense, no. 2"
            assert field_label("uusi.kohta") == "uusi.kohta"
