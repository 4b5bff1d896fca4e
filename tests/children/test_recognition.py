import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.children.recognition import LiveRecogniser
from digitpad.core.ink import Ink, Stroke
from digitpad.core.messages import Recognised


def drawing(length: float) -> Ink:
    return Ink((Stroke.of([(0, 0), (10, length / 2), (0, length)]),))


@pytest.fixture
def recogniser(qapp: QApplication, model: Path) -> Iterator[LiveRecogniser]:  # noqa: ARG001
    recogniser = LiveRecogniser(model)
    yield recogniser
    recogniser.stop()
    recogniser.deleteLater()


def wait_until_ready(qtbot: QtBot, recogniser: LiveRecogniser) -> None:
    with qtbot.waitSignal(recogniser.ready, timeout=30_000):
        recogniser.start()


def test_a_drawing_made_while_it_loads_is_answered(
    qtbot: QtBot, recogniser: LiveRecogniser
) -> None:
    request = recogniser.recognise(drawing(90))
    with qtbot.waitSignal(recogniser.recognised, timeout=30_000) as answer:
        recogniser.start()
    assert answer.args is not None
    assert answer.args[0].request == request


def test_the_answer_says_whether_the_pen_was_down(qtbot: QtBot, recogniser: LiveRecogniser) -> None:
    wait_until_ready(qtbot, recogniser)
    for pen_down in (True, False):
        with qtbot.waitSignal(recogniser.recognised, timeout=10_000) as answer:
            recogniser.recognise(drawing(90), pen_down=pen_down)
        assert answer.args is not None
        assert answer.args[0].prediction.pen_down is pen_down


def test_the_newest_drawing_wins(qtbot: QtBot, recogniser: LiveRecogniser) -> None:
    wait_until_ready(qtbot, recogniser)
    answers: list[Recognised] = []
    recogniser.recognised.connect(answers.append)
    requests = [recogniser.recognise(drawing(20 + n)) for n in range(100)]
    qtbot.waitUntil(lambda: bool(answers) and answers[-1].request == requests[-1], timeout=10_000)
    assert [a.request for a in answers] == [requests[0], requests[-1]]


def test_an_answer_to_a_forgotten_drawing_is_dropped(
    qtbot: QtBot, recogniser: LiveRecogniser
) -> None:
    wait_until_ready(qtbot, recogniser)
    answers: list[Recognised] = []
    recogniser.recognised.connect(answers.append)
    recogniser.recognise(drawing(50))
    recogniser.forget()
    wanted = recogniser.recognise(drawing(80))
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert [answer.request for answer in answers] == [wanted]


def looked(qtbot: QtBot, recogniser: LiveRecogniser) -> list[int]:
    """Begin to look inside, and return a list that grows by the requests that were looked at."""
    looks: list[int] = []
    recogniser.looked_inside.connect(lambda layers: looks.append(layers.request))
    wait_until_ready(qtbot, recogniser)
    recogniser.look_inside(wanted=True)
    return looks


def test_while_the_pen_is_down_it_looks_inside_twenty_times_a_second_at_most(
    qtbot: QtBot, recogniser: LiveRecogniser
) -> None:
    looks = looked(qtbot, recogniser)
    began = monotonic()
    for length in range(20, 120):
        with qtbot.waitSignal(recogniser.recognised, timeout=10_000):
            recogniser.recognise(drawing(length), pen_down=True)
    most = 1 + (monotonic() - began) / (0.9 * 0.05)  # Qt's timers may be early by a little
    assert 1 <= len(looks) <= most
    last = recogniser.recognise(drawing(120))
    qtbot.waitUntil(lambda: last in looks, timeout=10_000)


def test_where_the_pen_rests_it_looks_at_what_came_too_soon(
    qtbot: QtBot, recogniser: LiveRecogniser
) -> None:
    looks = looked(qtbot, recogniser)
    first = recogniser.recognise(drawing(50), pen_down=True)
    too_soon = recogniser.recognise(drawing(90), pen_down=True)
    qtbot.waitUntil(lambda: len(looks) == 2, timeout=10_000)
    assert looks[0] == first
    assert looks[1] > too_soon


def test_a_killed_child_comes_back_and_answers_the_drawing_again(
    qtbot: QtBot, recogniser: LiveRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.children.recognition._QUICK_DEATHS", 1)
    wait_until_ready(qtbot, recogniser)
    with qtbot.waitSignal(recogniser.recognised, timeout=10_000):
        request = recogniser.recognise(drawing(70))
    answers: list[Recognised] = []
    recogniser.recognised.connect(answers.append)
    for _ in range(2):  # an answer between two deaths shows that it is worth trying
        process = recogniser.process_id
        with qtbot.waitSignals([recogniser.restarting, recogniser.recognised], timeout=30_000):
            os.kill(process, signal.SIGTERM)
        assert recogniser.process_id not in (0, process)
    assert [answer.request for answer in answers] == [request] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be halted there")
def test_an_answer_that_is_long_missing_is_told_and_that_it_came_after_all(
    qtbot: QtBot, recogniser: LiveRecogniser
) -> None:
    wait_until_ready(qtbot, recogniser)
    with qtbot.waitSignal(recogniser.recognised, timeout=10_000):
        recogniser.recognise(drawing(70))
    recogniser._patience.setInterval(200)
    os.kill(recogniser.process_id, signal.SIGSTOP)
    with qtbot.waitSignal(recogniser.silent):
        recogniser.recognise(drawing(80))
    signals = [recogniser.answering_again, recogniser.recognised]
    with qtbot.waitSignals(signals, timeout=10_000, order="strict"):
        os.kill(recogniser.process_id, signal.SIGCONT)
    recogniser._patience.setInterval(10_000)
    again = qtbot.assertNotEmitted(recogniser.answering_again)
    with again, qtbot.waitSignal(recogniser.recognised, timeout=10_000):
        recogniser.recognise(drawing(90))


def test_a_child_that_keeps_dying_is_given_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, model: Path
) -> None:
    monkeypatch.setattr("digitpad.children.recognition._PAUSES_MS", (0, 0, 0))
    recogniser = LiveRecogniser(model)
    monkeypatch.setattr(
        "digitpad.children.child.command",
        lambda *_: (sys.executable, ["-c", "raise SystemExit('no way')"]),
    )
    restarts: list[str] = []
    recogniser.restarting.connect(restarts.append)
    with qtbot.waitSignal(recogniser.given_up, timeout=30_000) as given_up:
        recogniser.start()
    assert len(restarts) == 3
    assert given_up.args is not None
    assert "no way" in given_up.args[1]
    with qtbot.waitSignal(recogniser.given_up, timeout=30_000):
        recogniser.start()
    assert len(restarts) == 6, "it is as patient as before"
    recogniser.stop()
    recogniser.deleteLater()


def test_a_damaged_model_is_told_and_the_bundled_one_used(qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "mine.safetensors"
    broken.write_bytes(b"\x00" * 100)
    recogniser = LiveRecogniser(broken)
    with qtbot.waitSignal(recogniser.ready, timeout=30_000) as ready:
        recogniser.start()
    assert ready.args is not None
    assert "mine.safetensors" in ready.args[0].notice
    recogniser.stop()
    recogniser.deleteLater()
