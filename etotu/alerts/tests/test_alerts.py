"""Whom a load tells, when a day is missing, and what an e-mail says: never a name of a file or a person."""

import datetime
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import override_settings

from accounts.models import User
from core.row_security import set_scope
from etotu.alerts import mail as alert_mail
from etotu.alerts.mail import tell_admins
from etotu.alerts.missing_days import is_expected, missing_days, tell_missing_days
from etotu.alerts.verbs import standing, unseen_count
from etotu.alerts.words import alert_words, missing_words
from etotu.models import Alert, Batch
from etotu.tests.making import RECEIVED, TAUNO, loaded, notice, stored, xml
from municipalities.models import LocalSettings, Membership, Municipality, Role
from testing.clock import DAY, NOW
from testing.people import SignIn, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _whole_scope(db: None) -> None:
    set_scope(range(1000))


def kinds(municipality: Municipality | None) -> list[str]:
    found = Alert.objects.filter(municipality=municipality)
    return sorted(found.values_list("kind", flat=True))


class TestAfterALoad:
    def test_a_good_batch_tells_nobody(self, kuopio: Municipality) -> None:
        set_scope(range(1000))
        loaded(xml(notice()), municipality=kuopio)
        assert not Alert.objects.exists()

    def test_each_municipality_hears_of_its_own_rows(self, kuopio: Municipality, tampere: Municipality) -> None:
        set_scope(range(1000))
        loaded(xml(notice("K1"), notice("K2", kunta="837", code=TAUNO, family="")), municipality=kuopio)
        assert (kinds(kuopio), kinds(tampere), kinds(None)) == ([], ["quarantined"], [])

    def test_a_rejected_upload_is_told_where_it_was_uploaded(self, kuopio: Municipality) -> None:
        set_scope(range(1000))
        loaded(xml(notice())[:-30], municipality=kuopio)
        assert (kinds(kuopio), kinds(None)) == (["rejected"], [])

    def test_what_came_by_folder_is_told_to_the_installation(self, kuopio: Municipality) -> None:
        set_scope(range(1000))
        loaded(xml(notice())[:-30], via="folder")
        loaded(xml(notice("K1"), notice("K2", kunta="998"), declared=5), via="folder")
        assert kinds(None) == ["incomplete", "quarantined", "rejected"]
        assert kinds(kuopio) == ["incomplete"]

    @override_settings(ETOTU_UPLOAD_LIMIT=10)
    def test_a_file_over_the_limit_is_told(self, kuopio: Municipality) -> None:
        set_scope(range(1000))
        stored(xml(notice()), municipality=kuopio)
        assert kinds(kuopio) == ["rejected"]


class TestWhoseFile:
    def test_whoever_brought_in_a_file_that_failed_is_told_which_and_nobody_else(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        other = person("Pirkko Toinen", "pirkko@kuopio.example", Role.ADMIN, kuopio)
        set_scope(range(1000))
        # with an envelope that could be read, whose code the list of batches shows
        loaded(xml(notice())[:-30], municipality=kuopio, actor=paula, file_name="lokakuu-2.xml")
        loaded(xml(notice("K5", family="")), municipality=kuopio, actor=paula, file_name="lokakuu-3.xml")
        page = signed_in(paula).get("/297/erat/").content.decode()
        assert "Tuomasi tiedosto lokakuu-2.xml, joka saapui" in page
        assert "Tuomasi tiedosto lokakuu-3.xml" not in page
        page = signed_in(other).get("/297/erat/").content.decode()
        assert "saapunut tiedosto hylättiin" in page
        assert "lokakuu-2.xml" not in page

    def test_what_nobody_brought_in_is_nobodys(self) -> None:
        loaded(xml(notice())[:-30], via="folder", file_name="lokakuu-2.xml")
        alert = Alert.objects.get(municipality=None)
        assert "lokakuu-2.xml" not in alert_words(alert, None)


class TestStanding:
    def test_rows_that_are_settled_need_nobody(self, kuopio: Municipality) -> None:
        set_scope(range(1000))
        loaded(xml(notice("K1", family="")), municipality=kuopio)
        assert unseen_count(kuopio) == 1
        loaded(xml(notice("K1", 2)), municipality=kuopio)
        assert unseen_count(kuopio) == 0

    def test_a_rejected_file_stands_out_until_a_correction_is_loaded(self, kuopio: Municipality) -> None:
        set_scope(range(1000))
        first = loaded(xml(notice())[:-30], municipality=kuopio)
        second = loaded(xml(notice())[:-20], municipality=kuopio, corrects=first)
        assert {alert.batch for alert in standing(kuopio)} == {first, second}
        loaded(xml(notice()), municipality=kuopio, corrects=second)
        assert not standing(kuopio).exists()


class TestSeen:
    def test_the_menu_counts_and_seen_takes_away_for_all(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice("K1", family="")), municipality=kuopio)
        browser = signed_in(paula)
        text = browser.get("/297/erat/").content.decode()
        assert '<span class="count">1<' in text
        assert "saapuneessa erässä on korjattavia rivejä" in text
        alert = Alert.objects.get()
        browser.post("/297/erat/halytykset/nahty/", {"alert": [alert.pk, 999, "x"]})
        alert.refresh_from_db()
        assert alert.seen_by == paula
        assert 'class="count"' not in browser.get("/297/erat/").content.decode()

    def test_an_alert_of_another_municipality_is_not_reached(
        self, kuopio: Municipality, tampere: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        set_scope(range(1000))
        loaded(xml(notice("K1", kunta="837", family="")), municipality=tampere)
        signed_in(paula).post("/297/erat/halytykset/nahty/", {"alert": Alert.objects.get().pk})
        set_scope(range(1000))
        assert Alert.objects.get().seen_at is None

    def test_the_installation_admin_sees_and_marks_its_own(self, iida: User, signed_in: SignIn) -> None:
        batch = loaded(xml(notice())[:-30], via="folder")
        browser = signed_in(iida)
        assert str(batch.public_id) in browser.get("/asennus/erat/").content.decode()
        browser.post("/asennus/erat/halytykset/nahty/", {"alert": Alert.objects.get().pk})
        set_scope(range(1000))
        assert Alert.objects.get().seen_by == iida


class TestMissingDays:
    # 2018-10-12 is a Friday
    FIRST = datetime.date(2018, 10, 1)

    def find(self, came: set[datetime.date], last: datetime.date, days: Any = (1, 2, 3, 4, 5)) -> list[datetime.date]:
        return list(missing_days(days, self.FIRST, came, last))

    def test_expected_weekdays_without_a_batch_are_missing(self) -> None:
        came = {self.FIRST + n * DAY for n in range(1, 12)} - {datetime.date(2018, 10, 11)}
        assert self.find(came, datetime.date(2018, 10, 12)) == [datetime.date(2018, 10, 11)]

    def test_nothing_is_missing_before_the_first_batch_or_long_ago(self) -> None:
        assert self.find(set(), self.FIRST) == []
        assert min(self.find(set(), datetime.date(2018, 11, 30))) == datetime.date(2018, 11, 19)

    @pytest.mark.parametrize("day", ["2018-12-06", "2018-12-24", "2018-12-25", "2019-06-21"])
    def test_holidays_and_eves_are_not_expected(self, day: str) -> None:
        assert not is_expected(datetime.date.fromisoformat(day), range(1, 8))

    def test_the_setting_of_the_municipality_says_which_days(self) -> None:
        assert self.find(set(), datetime.date(2018, 10, 14), [7]) == [datetime.date(2018, 10, d) for d in (7, 14)]

    def test_each_is_told_once_in_the_municipality_with_admins(self, kuopio: Municipality, paula: User) -> None:
        set_scope(range(1000))
        loaded(xml(notice("K1"), notice("K2", kunta="837", code=TAUNO)))
        now = datetime.datetime(2018, 10, 17, 5, 0, tzinfo=datetime.UTC)
        assert tell_missing_days(now) == 2
        assert tell_missing_days(now) == 0
        found = Alert.objects.filter(kind="missing_day").values_list("municipality", "day")
        assert set(found) == {(297, datetime.date(2018, 10, 15)), (297, datetime.date(2018, 10, 16))}

    def test_yesterday_is_judged_in_the_morning_and_today_never(self, kuopio: Municipality, paula: User) -> None:
        set_scope(range(1000))
        loaded(xml(notice()), municipality=kuopio)
        night = datetime.datetime(2018, 10, 16, 1, 0, tzinfo=datetime.UTC)
        assert tell_missing_days(night) == 0
        assert tell_missing_days(night + datetime.timedelta(hours=3)) == 1

    def test_a_municipality_may_expect_nothing(self, kuopio: Municipality, paula: User) -> None:
        set_scope(range(1000))
        LocalSettings.objects.create(municipality=kuopio, kela_days=[])
        loaded(xml(notice()), municipality=kuopio)
        assert tell_missing_days(RECEIVED + 10 * DAY) == 0

    def test_a_day_whose_batch_comes_after_all_needs_nobody(self, kuopio: Municipality, paula: User) -> None:
        set_scope(range(1000))
        loaded(xml(notice()), municipality=kuopio)
        tell_missing_days(RECEIVED + 4 * DAY)
        assert [alert.day for alert in standing(kuopio)] == [datetime.date(2018, 10, 15)]
        loaded(xml(notice("K2")), municipality=kuopio, received_at=RECEIVED + 3 * DAY)
        tell_missing_days(RECEIVED + 4 * DAY)
        assert not standing(kuopio).exists()

    def test_it_is_said_with_its_weekday(self) -> None:
        assert missing_words(datetime.date(2018, 10, 11)) == "Kelalta ei tullut erää torstaina 11.10."


class TestMail:
    def rejected(self, municipality: Municipality) -> Batch:
        set_scope(range(1000))
        return loaded(xml(notice())[:-30], municipality=municipality, file_name="Demolainen Seija 100190-999P.xml")

    def test_admins_are_told_once_in_their_own_language(self, kuopio: Municipality, paula: User) -> None:
        person("Svea Testare", "svea@kuopio.example", Role.ADMIN, kuopio, language="sv")
        self.rejected(kuopio)
        assert tell_admins() == 1
        assert tell_admins() == 0
        bodies = {message.to[0]: message.body for message in mail.outbox}
        assert set(bodies) == {"paula@kuopio.example", "svea@kuopio.example"}
        assert "hylättiin" in bodies["paula@kuopio.example"]
        assert "avvisades" in bodies["svea@kuopio.example"]
        assert "http://testserver/297/erat/" in bodies["paula@kuopio.example"]

    def test_nothing_of_a_file_or_person_is_in_it(self, kuopio: Municipality, paula: User) -> None:
        self.rejected(kuopio)
        loaded(xml(notice("K77", family="", code="100190-999R")), municipality=kuopio)
        tell_admins()
        (message,) = mail.outbox
        text = f"{message.subject}\n{message.body}"
        for hidden in ("Demolainen", "Seija", "100190", ".xml", "K77", "ERA-1", "Kuopio"):
            assert hidden not in text

    @pytest.mark.parametrize("ends", [None, "2018-11-12"])
    def test_only_admins_of_today_are_told(self, kuopio: Municipality, aino: User, paula: User, ends: str) -> None:
        Membership.objects.filter(user=paula).update(ends=ends)
        self.rejected(kuopio)
        assert tell_admins() == 1
        assert [message.to for message in mail.outbox] == ([["paula@kuopio.example"]] if ends is None else [])

    def test_the_installation_admins_hear_of_the_folder(self, kuopio: Municipality, paula: User, iida: User) -> None:
        set_scope(range(1000))
        loaded(xml(notice())[:-30], via="folder")
        tell_admins()
        assert [message.to for message in mail.outbox] == [[iida.email]]
        assert "/asennus/erat/" in mail.outbox[0].body

    def test_a_failure_is_tried_again_after_a_pause(
        self, kuopio: Municipality, paula: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def refuse(*args: object, **kwargs: object) -> None:
            raise smtplib.SMTPException("no place for paula@kuopio.example")

        self.rejected(kuopio)
        with monkeypatch.context() as patched:
            patched.setattr("accounts.mail.send_mail", refuse)
            assert tell_admins() == 0
        assert "paula" not in caplog.text
        assert tell_admins() == 0, "the server is left alone for a while"
        cache.delete(alert_mail.PAUSE_KEY)
        assert tell_admins() == 1
        assert len(mail.outbox) == 1

    def test_what_is_old_or_seen_is_not_told(self, kuopio: Municipality, paula: User) -> None:
        self.rejected(kuopio)
        Alert.objects.update(created_at=NOW - 4 * DAY)
        assert tell_admins() == 0
        Alert.objects.update(created_at=NOW, seen_at=NOW)
        assert tell_admins() == 0
