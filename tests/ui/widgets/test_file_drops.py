from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.widgets.file_drops import FileDrops
from tests.ui import hand


@pytest.fixture
def taken() -> list[list[str]]:
    return []


def test_files_are_taken_and_words_are_not(
    qtbot: QtBot, tmp_path: Path, taken: list[list[str]]
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    FileDrops(widget, taken.append)
    words, files = QMimeData(), QMimeData()
    words.setText("seven")
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.jsonl", "b")])
    assert not hand.drop(widget, words)
    assert hand.drop(widget, files)
    assert taken == [[str(tmp_path / "a.jsonl"), str(tmp_path / "b")]]
