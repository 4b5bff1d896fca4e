import sys
from pathlib import Path
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from digitpad.children import child as child_module
from digitpad.children.child import Child, Ending, command
from digitpad.core.ink import Ink, Stroke
from digitpad.core.messages import Failed, Ready, Recognise, Recognised

DRAWING = Ink((Stroke.of([(0, 0), (3, 40), (5, 90)]),))


def started(qtbot: QtBot, model: Path) -> Child:
    child = Child("recognise", ["--model", str(model)])
    with qtbot.waitSignal(child.message_received, timeout=30_000) as ready:
        child.start()
    assert ready.args == [Ready("tiny")]
    return child


def test_answers_and_ends_when_its_stdin_closes(qtbot: QtBot, model: Path) -> None:
    child = started(qtbot, model)
    with qtbot.waitSignal(child.message_received, timeout=10_000) as answer:
        child.send(Recognise(5, DRAWING))
    assert answer.args is not None
    (message,) = answer.args
    assert isinstance(message, Recognised)
    assert message.request == 5
    assert message.normalised is not None
    assert sum(message.prediction.probabilities) <= 1.0001
    with qtbot.waitSignal(child.ended, timeout=10_000) as end:
        child.stop()
    assert end.args == [Ending(True, "exited with status 0", "")]
    child.deleteLater()


def test_a_message_does_not_wait_until_the_window_is_painted(qtbot: QtBot, model: Path) -> None:
    child = started(qtbot, model)
    child.send(Recognise(5, DRAWING))
    assert child._process.bytesToWrite() == 0
    with qtbot.waitSignal(child.ended, timeout=10_000):
        child.stop()
    child.deleteLater()


def test_a_kill_is_told_in_words(qtbot: QtBot, model: Path) -> None:
    child = started(qtbot, model)
    with qtbot.waitSignal(child.ended, timeout=10_000) as end:
        child._process.kill()
    assert end.args is not None
    assert not end.args[0].expected
    assert "crashed" in end.args[0].reason
    child.deleteLater()


@pytest.mark.parametrize("waited_for", [False, True])
def test_a_deaf_child_is_killed_once_its_time_is_over(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, waited_for: bool
) -> None:
    deaf = "import time; print(1, flush=True); time.sleep(60)"
    monkeypatch.setattr(child_module, "command", lambda *_: (sys.executable, ["-c", deaf]))
    monkeypatch.setattr(child_module, "_GRACE_MS", 300)
    child = Child("any", [], decode=int)
    with qtbot.waitSignal(child.message_received, timeout=20_000):
        child.start()
    before = monotonic()
    with qtbot.waitSignal(child.ended, timeout=10_000) as end:
        child.stop()
        if waited_for:
            child.wait()
            assert not child.process_id
    assert monotonic() - before > 0.2  # Qt's timers may be early by a little
    assert end.args == [Ending(True, "crashed", "", crashed=True)]
    child.deleteLater()


def test_says_why_a_model_cannot_be_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"not a model")
    child = Child("recognise", ["--model", str(broken)])
    messages: list[Ready | Failed] = []
    child.message_received.connect(messages.append)
    child.message_received.connect(child.stop)
    with qtbot.waitSignal(child.ended, timeout=30_000):
        child.start()
    assert len(messages) == 1
    assert "broken.safetensors" in (
        messages[0].notice if isinstance(messages[0], Ready) else messages[0].message
    )
    child.deleteLater()


def test_a_job_that_does_not_exist_fails_with_its_reason(qtbot: QtBot) -> None:
    child = Child("no-such-job", [])
    with qtbot.waitSignal(child.ended, timeout=10_000) as end:
        child.start()
    assert end.args is not None
    assert end.args[0].reason == "exited with status 2"
    assert "no-such-job" in end.args[0].details
    child.deleteLater()


def test_an_interpreter_that_is_gone_is_reported(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    child = Child("recognise", [])
    with qtbot.waitSignal(child.ended, timeout=10_000) as end:
        child.start()
    assert end.args is not None
    assert "could not be started" in end.args[0].reason
    child.deleteLater()


def test_a_stray_module_in_the_working_folder_is_not_imported(
    qtbot: QtBot, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("torch", "train", "digitpad", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    child = started(qtbot, model)
    with qtbot.waitSignal(child.ended, timeout=10_000):
        child.stop()
    child.deleteLater()


def test_a_frozen_build_starts_its_own_executable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command("recognise", ["--model", "m"]) == (
        sys.executable,
        ["--job", "recognise", "--model", "m"],
    )
