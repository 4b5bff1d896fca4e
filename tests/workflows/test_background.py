"""Work off the GUI thread, with real threads."""

import threading
import time
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from digitpad.core.errors import DefectError, InputError
from digitpad.workflows.background import Background


def test_results_and_errors_come_back_to_the_main_thread_in_order(qtbot: QtBot) -> None:
    background = Background()
    came: list[tuple[str, object, int]] = []
    names: dict[str, int] = {}

    def note(kind: str, value: object) -> None:
        came.append((kind, value, threading.get_ident()))

    background.run(lambda: 6 * 7, lambda v: note("done", v), lambda e: note("failed", e))
    background.run(lambda: names["no"], lambda v: note("done", v), lambda e: note("failed", e))
    background.run(threading.get_ident, lambda v: note("done", v), lambda e: note("failed", e))
    qtbot.waitUntil(lambda: len(came) == 3)
    background.close()
    here = threading.get_ident()
    assert [thread for *_, thread in came] == [here] * 3
    assert came[0][:2] == ("done", 42)
    assert came[1][0] == "failed"
    defect = came[1][1]
    assert isinstance(defect, DefectError)
    assert "Something went wrong inside Digitpad" in str(defect)
    assert "KeyError: 'no'" in defect.details
    assert came[2][1] != here


def test_what_was_foreseen_comes_as_it_is(qtbot: QtBot) -> None:
    background = Background()
    came: list[Exception] = []
    error = InputError("seven.png is a folder.")

    def fail() -> None:
        raise error

    background.run(fail, print, came.append)
    qtbot.waitUntil(lambda: came == [error])
    background.close()


def test_nobody_is_told_before_whoever_asked_goes_on(qtbot: QtBot) -> None:
    background = Background()
    came: list[int] = []
    worked = threading.Event()
    background.run(lambda: 1, came.append, print)
    background.run(worked.set, lambda _: came.append(2), print)
    assert worked.wait(10)
    assert came == []
    qtbot.waitUntil(lambda: len(came) == 2)
    assert came == [1, 2]
    background.close()


def test_closing_finishes_what_waits_and_abandoning_waits_for_nothing() -> None:
    background = Background()
    done: list[str] = []
    background.run(lambda: time.sleep(0.2), print, print)
    background.run(lambda: done.append("waited for"), print, print)
    background.close()
    assert done == ["waited for"]
    endless, begun = threading.Event(), threading.Event()
    background = Background()

    def never_end() -> None:
        begun.set()
        endless.wait(60)

    background.run(never_end, print, print)
    background.run(lambda: done.append("left"), print, print)
    assert begun.wait(10)
    background.abandon()
    endless.set()
    background._thread.join(10)
    assert done == ["waited for"]


@pytest.mark.parametrize("end", [Background.close, Background.abandon])
def test_nobody_is_told_after_the_end(qtbot: QtBot, end: Callable[[Background], None]) -> None:
    background = Background()
    told: list[object] = []
    worked = threading.Event()
    background.run(lambda: 1, told.append, told.append)
    background.run(worked.set, told.append, told.append)
    assert worked.wait(10)
    end(background)
    qtbot.wait(20)
    assert told == []
