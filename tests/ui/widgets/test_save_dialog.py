from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.widgets.questions import Question
from digitpad.ui.widgets.save_dialog import ask_save

INK = {".inkml": "InkML"}
LINES = {".jsonl": "Ink lines", ".jsonl.gz": "Ink lines, compressed"}


@pytest.fixture(autouse=True)
def no_native_dialogs() -> Iterator[None]:
    attribute = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    QCoreApplication.setAttribute(attribute, on=True)
    yield
    QCoreApplication.setAttribute(attribute, on=False)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


@pytest.fixture
def saved() -> list[str]:
    return []


def type_in_dialog(name: str, kind: str = "") -> None:
    """Choose ``kind`` and type ``name`` in the dialog that comes next, and press Enter."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        if kind:
            dialog.selectNameFilter(kind)
        edit = dialog.findChild(QLineEdit)
        assert edit is not None
        edit.setText(name)
        QTest.keyClick(edit, Qt.Key.Key_Return)

    QTimer.singleShot(0, fill)


def question_of(parent: QWidget) -> Question | None:
    asked = parent.findChildren(Question)
    return asked[0] if asked else None


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("digit", "digit.inkml"),
        ("model 1.5", "model 1.5.inkml"),
        ("digit.inkml", "digit.inkml"),
        ("DIGIT.INKML", "DIGIT.INKML"),
    ],
)
def test_a_name_gets_the_suffix_that_it_lacks(
    parent: QWidget, saved: list[str], tmp_path: Path, typed: str, written: str
) -> None:
    type_in_dialog(typed)
    ask_save(parent, "Save", str(tmp_path / "digit.inkml"), INK, saved.append)
    assert saved == [str(tmp_path / written)]
    assert question_of(parent) is None


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("mine", "Ink lines (*.jsonl)", "mine.jsonl"),
        ("mine", "Ink lines, compressed (*.jsonl.gz)", "mine.jsonl.gz"),
        ("mine.jsonl.gz", "Ink lines (*.jsonl)", "mine.jsonl.gz"),
    ],
)
def test_the_suffix_is_that_of_the_chosen_kind_unless_one_is_typed(
    parent: QWidget, saved: list[str], tmp_path: Path, typed: str, kind: str, written: str
) -> None:
    type_in_dialog(typed, kind)
    ask_save(parent, "Save", str(tmp_path / "drawings"), LINES, saved.append)
    assert saved == [str(tmp_path / written)]


@pytest.mark.parametrize(("typed", "there"), [("digit", "digit.inkml"), ("v 1.5", "v 1.5.inkml")])
@pytest.mark.parametrize("replaced", [False, True])
def test_no_file_is_replaced_without_a_question(
    qtbot: QtBot,
    parent: QWidget,
    saved: list[str],
    tmp_path: Path,
    typed: str,
    there: str,
    *,
    replaced: bool,
) -> None:
    (tmp_path / there).write_text("precious")
    type_in_dialog(typed)
    ask_save(parent, "Save", str(tmp_path / "other.inkml"), INK, saved.append)
    assert saved == []
    question = question_of(parent)
    assert question is not None
    qtbot.waitExposed(question)
    if replaced:
        QTest.mouseClick(question.buttons[1], Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(question, Qt.Key.Key_Escape)
    assert saved == ([str(tmp_path / there)] if replaced else [])


def test_what_the_dialog_asked_about_is_not_asked_again(
    parent: QWidget, saved: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "digit.inkml"
    there.write_text("no longer wanted")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(there), ""))
    ask_save(parent, "Save", "digit.inkml", INK, saved.append)
    assert saved == [str(there)]
    assert question_of(parent) is None


def test_changing_ones_mind_saves_nothing(
    parent: QWidget, saved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    ask_save(parent, "Save", "digit.inkml", INK, saved.append)
    assert saved == []
