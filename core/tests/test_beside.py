"""Another process works beside this one, and nothing is left of it afterwards."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from core.beside import beside


def doubling(given: Any, answers: Any) -> None:
    while True:
        answers.send(2 * given.recv())


def test_it_gets_and_answers() -> None:
    with beside(doubling) as other:
        for number in (1, 21):
            other.given.send(number)
            assert other.answers.recv() == 2 * number


def test_it_ends_with_the_block_whatever_it_is_at() -> None:
    def busy(_given: Any, answers: Any) -> None:
        answers.send("begun")
        while True:
            pass

    with beside(busy) as other:
        assert other.answers.recv() == "begun"
        assert Path(f"/proc/{other.process}").exists()
    assert not Path(f"/proc/{other.process}").exists()


def test_that_it_has_ended_is_told() -> None:
    with beside(doubling) as other:
        os.kill(other.process, signal.SIGKILL)
        with pytest.raises(EOFError):
            other.answers.recv()


def test_of_an_error_nothing_is_told_but_that_it_has_ended(capfd: pytest.CaptureFixture[str]) -> None:
    def fails(_given: Any, _answers: Any) -> None:
        raise ValueError("Meikäläinen")

    with beside(fails) as other, pytest.raises(EOFError):
        other.answers.recv()
    assert capfd.readouterr() == ("", "")


def test_it_holds_no_open_file_of_this_process(tmp_path: Path) -> None:
    def names(_given: Any, answers: Any) -> None:
        answers.send([str(one.resolve()) for one in Path("/proc/self/fd").iterdir()])

    with (tmp_path / "open").open("w"), beside(names) as other:
        assert not [name for name in other.answers.recv() if name.endswith("/open")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_of_them_is_for_this_process_alone(number: signal.Signals) -> None:
    told: list[int] = []
    before = signal.signal(number, lambda *_: told.append(os.getpid()))
    try:
        with beside(doubling) as other:
            for one in (os.getpid(), other.process):
                os.kill(one, number)
            other.given.send(1)
            assert other.answers.recv() == 2
    finally:
        signal.signal(number, before)
    assert told == [os.getpid()]


def test_it_is_waited_for_also_where_nobody_waits_for_children() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with beside(lambda *_: None) as other, pytest.raises(EOFError):
            other.answers.recv()
    finally:
        signal.signal(signal.SIGCHLD, before)
