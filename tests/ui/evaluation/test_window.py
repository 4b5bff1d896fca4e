from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from digitpad.core.data_source import DataSource
from digitpad.ui.datasets.data_dialog import DataDialog
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.window import EvaluationWindow
from digitpad.ui.icons import Icons
from digitpad.ui.states import MessageKind
from digitpad.ui.theme import Theme


@pytest.fixture
def view(qtbot: QtBot, icons: Icons, theme: Theme) -> EvaluationWindow:  # noqa: ARG001
    view = EvaluationWindow("Evaluation", icons)
    view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(view)
    view.show_progress("reading", "loading", None)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_from_progress_to_the_evaluation(view: EvaluationWindow, one: Exhibit) -> None:
    shares = [view.waiting.bar.share]
    view.show_progress("reading", "5 of 10", 0.5)
    shares.append(view.waiting.bar.share)
    assert shares == [None, 0.5]
    assert view.waiting.button.text() == "Stop"
    view.show_exhibits([one])
    assert view.content is not None
    assert view.content.isVisible()
    assert not view.waiting.isVisible()


@pytest.mark.parametrize("how", ["button", "escape", "close"])
def test_closing_it_is_told(qtbot: QtBot, view: EvaluationWindow, how: str) -> None:
    with qtbot.waitSignal(view.closed):
        if how == "button":
            view.waiting.button.click()
        elif how == "escape":
            QTest.keyClick(view, Qt.Key.Key_Escape)
        else:
            view.close()


def test_a_failure_is_told(view: EvaluationWindow) -> None:
    view.show_failure("There is no model.", "a trace")
    assert view.waiting.text.text() == "There is no model."
    assert view.waiting.details.toPlainText() == "a trace"
    assert view.waiting.bar.isHidden()
    assert view.waiting.button.text() == "Close"


def test_a_message_and_its_button_lie_beside_each_other(
    view: EvaluationWindow, qapp: QApplication
) -> None:
    bar = view.messages
    view.show_message("It could not be saved.", "errno 28", MessageKind.ERROR)
    qapp.processEvents()
    assert view.rect().contains(bar.geometry())
    button = bar.details_button
    assert button.mapTo(bar, button.rect().topLeft()).x() > bar.text.geometry().right()
    folded = bar.height()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bar.height() > folded
    assert view.rect().contains(bar.geometry())


def test_an_export_carries_its_path_and_its_bytes(
    qtbot: QtBot, view: EvaluationWindow, one: Exhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposals: list[str] = []

    def save(_parent: object, _title: str, proposal: str, _filter: str) -> tuple[str, str]:
        proposals.append(Path(proposal).name)
        return "/there/file", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    view.show_exhibits([one])
    assert view.content is not None
    actions = view.content.export.menu().actions()
    for action in actions:
        with qtbot.waitSignal(view.export_requested) as asked:
            action.trigger()
        assert asked.args is not None
        path, data = asked.args
        assert Path(path).stem == "file"
        assert data[:5] in (b"\x89PNG\r", b"model")
    assert proposals == [
        "confusion-matrix.csv",
        "confusion-matrix.png",
        "reliability.csv",
        "digits.csv",
    ]


@pytest.mark.usefixtures("theme")
def test_the_person_chooses_what_to_judge_on(qtbot: QtBot, tmp_path: Path) -> None:
    sources = [DataSource("a", "MNIST test", ""), DataSource("b", "My drawings", "")]
    dialog = DataDialog("Which?", "Why.", "&Evaluate", sources)
    qtbot.addWidget(dialog)
    dialog.open()
    items = [dialog.data.list.item(row) for row in range(2)]
    items[0].setCheckState(Qt.CheckState.Unchecked)
    items[1].setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled()
    items[1].setCheckState(Qt.CheckState.Checked)
    mine = tmp_path / "mine.jsonl"
    mine.write_text("")
    dialog.data.add_paths([str(mine)])
    with qtbot.waitSignal(dialog.sources_chosen) as chosen:
        dialog.go.click()
    assert chosen.args is not None
    assert [source.value for source in chosen.args[0]] == ["b", str(mine)]
    assert not dialog.isVisible()
