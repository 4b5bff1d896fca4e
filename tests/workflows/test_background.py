import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from pytestqt.qtbot import QtBot

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
    assert isinstance(came[1][1], KeyError)
    assert came[2][1] != here


def test_work_that_is_done_at_once_tells_no_sooner_than_what_came_before_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = ThreadPoolExecutor.submit

    def submit_and_wait(executor: ThreadPoolExecutor, work: Callable[[], object]) -> Future[object]:
        future = submit(executor, work)
        wait([future])
        return future

    background = Background()
    came: list[int] = []
    background.run(lambda: 1, came.append, print)
    monkeypatch.setattr(ThreadPoolExecutor, "submit", submit_and_wait)
    background.run(lambda: 2, came.append, print)
    assert came == []
    qtbot.waitUntil(lambda: len(came) == 2)
    assert came == [1, 2]
    background.close()
