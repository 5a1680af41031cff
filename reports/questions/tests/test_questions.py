"""Asking the supervisor about a list: who asked, when and what, with the list; and the answer."""

import pytest
from django.core import mail
from django.test import Client as Browser

from accounts.models import User
from cases.models import Case
from municipalities.models import Municipality
from reports.models import ListQuestion
from testing.clock import NOW
from testing.factories import make_client
from testing.people import SignIn

ASK = "/297/kunta/kysy/no_own_worker/all/?jakso=2018-10"


@pytest.fixture
def asked(kuopio: Municipality, aino: User, kaisa: User, signed_in: SignIn) -> ListQuestion:
    Case.objects.create(municipality=kuopio, client=make_client(kuopio), opened_by=aino)
    answer = signed_in(kaisa).post(ASK, {"words": "Kuka ottaa nämä?"})
    assert answer.status_code == 302
    return ListQuestion.objects.get()


def send(browser: Browser, asked: ListQuestion, words: str, version: int | None = None) -> int:
    data = {f"{asked.pk}-words": words, "version": version or asked.version}
    return browser.post(f"/297/kunta/kysymykset/{asked.pk}/", data).status_code


def test_a_question_says_who_asked_when_and_about_which_list(asked: ListQuestion, kaisa: User) -> None:
    assert (asked.asked_by, asked.asked_at, asked.words) == (kaisa, NOW, "Kuka ottaa nämä?")
    assert (asked.name, asked.key, asked.query, asked.rows) == ("no_own_worker", "all", "jakso=2018-10", 1)
    assert not mail.outbox


def test_it_is_offered_on_the_list_and_not_to_the_supervisor(
    asked: ListQuestion, kaisa: User, sirkka: User, signed_in: SignIn
) -> None:
    lists = [signed_in(user).get("/297/kunta/no_own_worker/all/").content.decode() for user in (kaisa, sirkka)]
    assert ["/297/kunta/kysy/no_own_worker/all/" in page for page in lists] == [True, False]


def in_menu(browser: Browser) -> int:
    """The number beside Kunta, as it stands on Today."""
    (link,) = (link for link in browser.get("/297/").context["nav"] if link["name"] == "dashboard")
    return int(link["n"])


def test_it_reaches_the_supervisor_in_the_menu_and_on_kunta_with_the_list(
    asked: ListQuestion, aino: User, sirkka: User, signed_in: SignIn
) -> None:
    browser = signed_in(sirkka)
    assert in_menu(browser) == 1
    assert in_menu(signed_in(aino)) == 0, "the others have nothing to answer"
    assert "1 kysymys luettelosta odottaa vastaustasi" in browser.get("/297/kunta/").content.decode()
    page = browser.get("/297/kunta/kysymykset/").content.decode()
    assert "Kuka ottaa nämä?" in page
    assert "Kaisa Kuvittelu kysyi" in page
    address = "/297/kunta/no_own_worker/all/?jakso=2018-10"
    assert f'href="{address}"' in page
    assert browser.get(address).context["total"] == asked.rows


def test_an_answer_goes_back_to_the_one_who_asked_and_ends_the_waiting(
    asked: ListQuestion, kaisa: User, sirkka: User, signed_in: SignIn
) -> None:
    browser = signed_in(sirkka)
    assert send(browser, asked, "Jaan ne torstaina.") == 302
    asked.refresh_from_db()
    assert (asked.answered_by, asked.answered_at, asked.answer) == (sirkka, NOW, "Jaan ne torstaina.")
    assert "odottaa vastaustasi" not in browser.get("/297/kunta/").content.decode()
    assert in_menu(browser) == 0
    assert "Jaan ne torstaina." in signed_in(kaisa).get("/297/kunta/kysymykset/").content.decode()


def test_without_words_it_is_marked_as_read(asked: ListQuestion, sirkka: User, signed_in: SignIn) -> None:
    browser = signed_in(sirkka)
    send(browser, asked, "")
    assert "Luettu" in browser.get("/297/kunta/kysymykset/").content.decode()


def test_a_colleague_who_was_quicker_is_not_written_over(asked: ListQuestion, sirkka: User, signed_in: SignIn) -> None:
    browser = signed_in(sirkka)
    send(browser, asked, "Ensimmäinen")
    assert send(browser, asked, "Toinen", version=1) == 422
    asked.refresh_from_db()
    assert asked.answer == "Ensimmäinen"


def test_what_was_before_the_answer_is_kept(asked: ListQuestion, sirkka: User, signed_in: SignIn) -> None:
    send(signed_in(sirkka), asked, "Jaan ne.")
    history = asked.history.get()  # type: ignore[attr-defined]
    assert (history.answer, history.version) == ("", 1)


def test_others_see_their_own_questions_only_and_answer_none(
    asked: ListQuestion, aino: User, kaisa: User, signed_in: SignIn
) -> None:
    assert "Kuka ottaa" not in signed_in(aino).get("/297/kunta/kysymykset/").content.decode()
    for user in (aino, kaisa):
        assert send(signed_in(user), asked, "Minä vastaan") == 403


def test_nobody_of_another_municipality_sees_or_answers_it(asked: ListQuestion, olli: User, signed_in: SignIn) -> None:
    browser = signed_in(olli)
    assert send(browser, asked, "Hei") == 404
    assert browser.post(f"/837/kunta/kysymykset/{asked.pk}/", {}).status_code in {403, 404}
    assert browser.get("/297/kunta/kysymykset/").status_code == 404


def test_a_question_without_words_is_not_sent(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    answer = signed_in(kaisa).post(ASK, {"words": "  "})
    assert answer.status_code == 422
    assert not ListQuestion.objects.exists()


def test_nobody_asks_about_a_list_that_tells_of_clients_traits(
    kuopio: Municipality, sirkka: User, kaisa: User, signed_in: SignIn
) -> None:
    for user in (kaisa, sirkka):
        assert signed_in(user).get("/297/kunta/kysy/goals/all/").status_code == 404


def test_a_list_that_is_not_there_any_more_does_not_break_the_page(
    asked: ListQuestion, sirkka: User, signed_in: SignIn
) -> None:
    ListQuestion.objects.update(name="gone")
    assert "luettelo, jota ei enää ole" in signed_in(sirkka).get("/297/kunta/kysymykset/").content.decode()
