import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from digitpad.children import child
from digitpad.children.asking import ModelQuestion
from digitpad.core.messages import Ready, encode


def test_an_answer_that_came_before_the_question_was_stopped_is_not_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer = encode(Ready("best")).decode().rstrip()
    code = f"import time; print({answer!r}, flush=True); time.sleep(60)"
    monkeypatch.setattr(child, "command", lambda *_: (sys.executable, ["-c", code]))
    question = ModelQuestion(tmp_path / "best.safetensors")
    answers: list[Ready] = []
    question.answered.connect(answers.append)
    with qtbot.waitSignal(question._child.message_received, timeout=20_000):
        question.start()
    with qtbot.waitSignal(question.destroyed):
        question.stop()
    assert not answers
