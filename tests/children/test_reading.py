from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.children.reading import ReadingRun
from digitpad.core.messages import Message
from tests.samples import ink_of


def test_drawings_are_sent_as_answers_come(
    qtbot: QtBot,
    qapp: QApplication,  # noqa: ARG001
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, sent = ReadingRun(model), list[Message]()
    send = run._child.send

    def noted(message: Message) -> None:
        sent.append(message)
        send(message)

    monkeypatch.setattr(run._child, "send", noted)
    with qtbot.waitSignal(run.ready, timeout=30_000):
        run.start()
    with qtbot.waitSignal(run.read, timeout=10_000) as read:
        run.take({number: ink_of(number) for number in range(20)})
        assert len(sent) < 5
    assert read.args is not None
    assert sorted(read.args[0]) == list(range(20))
    assert len(sent) == 20
    with qtbot.waitSignal(run.destroyed, timeout=10_000):
        run.stop()


def test_what_is_gone_needs_no_waiting_for(
    qtbot: QtBot,
    qapp: QApplication,  # noqa: ARG001
    model: Path,
) -> None:
    run = ReadingRun(model)
    with qtbot.waitSignal(run.ready, timeout=30_000):
        run.start()
    with qtbot.waitSignal(run._child.destroyed, timeout=10_000):
        run.stop()
        run._child.destroyed.disconnect(run.deleteLater)
    run.wait()
    run.deleteLater()
