"""Code lists kept by hand, and the rows and flags that depend on a list."""

import datetime

import pytest

from accounts.models import User
from core.models import Code
from core.row_security import set_scope
from core.saving import NotPossible
from desk.matter.notice import flags
from etotu.code_lists import checking_again
from etotu.code_lists.checking_again import EVERYWHERE, check_again
from etotu.codes.lists import CodeList
from etotu.codes.stored import code_label
from etotu.codes.verbs import add_code, end_code
from etotu.models import CodeChange, Notice, QuarantineAction, QuarantineRow
from etotu.tests.making import loaded, notice, xml
from municipalities.models import Municipality
from testing.people import SignIn

pytestmark = pytest.mark.django_db
WORDS = {"fi": "Uusi meno", "sv": "Ny utgift", "en": "New expense"}
START = datetime.date(2018, 1, 1)


def new_code(actor: User, code: str = "UUSI", **days: datetime.date) -> Code:
    return add_code(actor, CodeList.EXPENSE_KIND, code, WORDS, days.get("starts", START), days.get("ends"))


class TestLists:
    def test_an_added_code_is_in_force_has_words_and_is_logged(self, iida: User) -> None:
        assert code_label(CodeList.EXPENSE_KIND, "UUSI", "fi") == "UUSI"
        added = new_code(iida)
        assert code_label(CodeList.EXPENSE_KIND, "UUSI", "sv") == "Ny utgift"
        change = CodeChange.objects.get()
        assert (change.code, change.kind, change.actor) == (added, "added", iida)

    @pytest.mark.parametrize(
        ("name", "code"),
        [(CodeList.EXPENSE_KIND, "pieni"), (CodeList.REDUCTION_PERCENTAGE, "120"), (CodeList.LANGUAGE, "FI")],
    )
    def test_a_code_has_the_form_of_its_list(self, iida: User, name: CodeList, code: str) -> None:
        with pytest.raises(NotPossible):
            add_code(iida, name, code, WORDS, START)

    def test_a_code_is_once_on_a_day(self, iida: User) -> None:
        new_code(iida, ends=datetime.date(2018, 6, 30))
        with pytest.raises(NotPossible):
            new_code(iida, starts=datetime.date(2018, 6, 30))
        new_code(iida, starts=datetime.date(2018, 7, 1))

    def test_an_ended_code_stays(self, iida: User) -> None:
        code = new_code(iida)
        end_code(iida, code, datetime.date(2018, 12, 31))
        code.refresh_from_db()
        assert code.ends == datetime.date(2018, 12, 31)
        with pytest.raises(NotPossible):
            end_code(iida, code, datetime.date(2019, 12, 31))
        with pytest.raises(NotPossible):
            end_code(iida, code, datetime.date(2017, 12, 31))
        assert CodeChange.objects.count() == 2

    def test_the_installation_admin_adds_and_ends_on_pages(self, iida: User, signed_in: SignIn) -> None:
        browser = signed_in(iida)
        data = {"code": "UUSI", **WORDS, "starts": "1.1.2018", "ends": ""}
        assert "muodossa" not in browser.get("/asennus/koodistot/expense_kinds/uusi/").content.decode()
        assert browser.post("/asennus/koodistot/expense_kinds/uusi/", data | {"code": "x"}).status_code == 200
        assert browser.post("/asennus/koodistot/expense_kinds/uusi/", data).status_code == 302
        code = Code.objects.get(code="UUSI")
        browser.post(f"/asennus/koodistot/koodi/{code.pk}/paata/", {"last_day": "31.12.2018"})
        assert "31.12.2018" in browser.get("/asennus/koodistot/").content.decode()
        assert browser.get("/asennus/koodistot/goals/uusi/").status_code == 404

    def test_a_municipality_reads_only(self, paula: User, signed_in: SignIn) -> None:
        text = signed_in(paula).get("/297/yllapito/koodistot/").content.decode()
        assert "VUOKRARASTI" in text
        assert "/asennus/" not in text


class TestFlags:
    def test_a_code_that_is_known_by_now_is_odd_no_longer(self, kuopio: Municipality, iida: User) -> None:
        block = '<hakemus saapunut="2018-10-09"><meno laji="UUSI" euroa="10.00"/></hakemus>'
        loaded(xml(notice(block=block)), municipality=kuopio)
        kept = Notice.objects.get()
        assert len(flags(kept)) == 1
        new_code(iida, starts=datetime.date(2018, 10, 12))
        assert len(flags(kept)) == 1, "the notice is older than the code"
        new_code(iida, ends=datetime.date(2018, 10, 11))
        assert flags(kept) == []


class TestCheckingAgain:
    @pytest.fixture
    def unknown(self, kuopio: Municipality) -> Municipality:
        """A municipality whose code is not known when the batch comes."""
        set_scope(range(1000))
        rows = notice("K1", kunta="996"), notice("K2", kunta="996", family=""), notice("K3", family="")
        loaded(xml(*rows), municipality=kuopio)
        return Municipality(pk=996, name_fi="Uusikunta", name_sv="Nykommun", languages="fi", in_2018=True, in_2026=True)

    def states(self) -> dict[str, tuple[str, int | None]]:
        set_scope(range(1000))
        return {row.number: (row.state, row.municipality_id) for row in QuarantineRow.objects.all()}

    def test_only_rows_that_wait_because_of_a_list_are_checked(self, unknown: Municipality, iida: User) -> None:
        unknown.save()
        done = check_again(iida, EVERYWHERE)
        assert done is not None
        assert (done.rows, done.checked, done.released, done.wrong) == (2, 2, 1, 1)
        assert self.states() == {"K1": ("released", 996), "K2": ("open", 996), "K3": ("open", 297)}
        actions = QuarantineAction.objects.filter(kind="checked_again").values_list("row__number", "actor")
        assert set(actions) == {("K1", iida.pk), ("K2", iida.pk)}

    def test_nothing_changes_while_the_list_is_as_it_was(self, unknown: Municipality, iida: User) -> None:
        done = check_again(iida, EVERYWHERE)
        assert done is not None
        assert (done.checked, done.released, done.wrong) == (2, 0, 2)
        assert not QuarantineAction.objects.exists()

    def test_an_admin_checks_the_own_rows_and_reads_what_came_of_it(
        self, unknown: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(paula)
        page = browser.post("/297/yllapito/koodistot/tarkista/", follow=True).content.decode()
        assert "2 riviä tarkistettu uudelleen, 0 vapautettu, 2 yhä virheellisiä." in page

    def test_many_rows_are_left_to_the_worker(
        self, unknown: Municipality, paula: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("etotu.code_lists.pages.FEW", 1)
        asked: list[tuple[int, int]] = []
        monkeypatch.setattr(checking_again, "_send", lambda *args: asked.append(args))
        browser = signed_in(paula)
        page = browser.post("/297/yllapito/koodistot/tarkista/", follow=True).content.decode()
        assert 'hx-get="/297/yllapito/koodistot/tarkistus/"' in page
        check_again(paula, 297)
        assert "hx-get" not in browser.get("/297/yllapito/koodistot/tarkistus/").content.decode()
