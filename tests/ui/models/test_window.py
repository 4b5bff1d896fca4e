from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from digitpad.core.models.record import Model, ModelState
from digitpad.core.models.store import BUNDLED
from digitpad.core.training.events import EpochEnded
from digitpad.core.training.options import FitOptions
from digitpad.ui.icons import Icons
from digitpad.ui.models.window import ModelsWindow
from digitpad.ui.states import MessageKind, Offer
from tests.tables import names, texts

FIGURES = {"t10k": {"accuracy": 0.9912, "drawings": 10_000.0}}
OPTIONS = FitOptions("fast", ("/data/mnist", "/data/ink"), 3, 128, 0.003, seed=9)
BEST = Model(BUNDLED, "best", ModelState.BUNDLED, Path("/b"), "2026-11-01", "best", figures=FIGURES)
MINE = Model(
    "mine", "sevens", ModelState.FINISHED, Path("/m"), "2026-11-20T16:20:00+00:00", "fast", 9,
    OPTIONS, (EpochEnded(1, 3, 0.5, 0.9, 0.4, 0.95, 8000.0, 7.5),), FIGURES,
)  # fmt: skip
FAILED = replace(MINE, key="f", name="no luck", state=ModelState.FAILED, epochs=(), figures={},
                 message="The disk is full.")  # fmt: skip
RUNNING = replace(MINE, key="r", name="now", state=ModelState.RUNNING)


@pytest.fixture
def window(qtbot: QtBot, icons: Icons) -> ModelsWindow:
    window = ModelsWindow(icons)
    qtbot.addWidget(window)
    window.show_models([BEST, MINE, FAILED, RUNNING], BUNDLED)
    window.show()
    return window


def enabled(window: ModelsWindow) -> set[str]:
    names = ("use", "resume", "compare", "delete", "rename")
    return {name for name in names if getattr(window, name).isEnabled()}


@pytest.mark.parametrize(
    ("key", "can"),
    [
        (BUNDLED, set()),
        ("mine", {"use", "compare", "delete", "rename"}),
        ("f", {"delete", "rename"}),
        ("r", set()),
    ],
)
def test_offers_what_can_be_done(window: ModelsWindow, key: str, can: set[str]) -> None:
    window.choose(key)
    assert enabled(window) == can


def test_the_bundled_model_can_be_gone_back_to(window: ModelsWindow, qtbot: QtBot) -> None:
    window.show_models([BEST, MINE], "mine")
    window.choose(BUNDLED)
    with qtbot.waitSignal(window.use_requested) as asked:
        window.use.click()
    assert asked.args == [BUNDLED]


def test_a_key_that_is_still_down_does_not_disturb_the_choice(window: ModelsWindow) -> None:
    QTest.keyPress(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    window.show_models([MINE, BEST, FAILED], BUNDLED)
    window.choose("mine")
    QTest.keyRelease(window, Qt.Key.Key_M)
    assert window.table.chosen_keys() == ["mine"]
    assert "use" in enabled(window)


def test_a_choice_is_told_once_however_often_the_models_are_listed(window: ModelsWindow) -> None:
    for _ in range(3):
        window.show_models([BEST, MINE, FAILED], BUNDLED)
    told: list[str] = []
    window.table.chosen.connect(lambda: told.append(window.table.chosen_key()))
    QTest.keyClick(window.table, Qt.Key.Key_Down)
    assert told == ["mine"]
    assert window.details.about.text().startswith("1 of 3")


def test_a_model_tells_how_it_came_to_be(window: ModelsWindow) -> None:
    window.choose("mine")
    about = window.details.about.text()
    assert "1 of 3 epochs of recipe fast" in about
    assert "MNIST, Pen drawings" in about
    assert "seed 9" in about
    assert texts(window.details.figures) == [["MNIST test", "correct", "10,000", "99.12\u202f%"]]
    window.choose("f")
    assert window.details.about.text().startswith("The disk is full.")
    assert not window.details.curves.isVisible()
    for action in (window.export_model, window.export_csv, window.export_png):
        assert not action.isEnabled()


def test_the_list_holds_accuracies_on_the_same_drawings_only(window: ModelsWindow) -> None:
    own = replace(MINE, key="own", figures={"digits": {"accuracy": 0.74, "drawings": 500.0}})
    fewer = replace(MINE, key="fewer", figures={"t10k": {"accuracy": 0.74, "drawings": 500.0}})
    window.show_models([MINE, own, fewer], BUNDLED)
    assert [row[2] for row in texts(window.table)] == ["99.12\u202f%", "\u2013", "\u2013"]


def test_a_name_is_changed_where_it_stands(window: ModelsWindow, qtbot: QtBot) -> None:
    window.choose("mine")
    window.rename.click()
    (editor,) = window.table.viewport().findChildren(type(window.table.focusWidget()))
    with qtbot.waitSignal(window.rename_requested) as asked:
        QTest.keyClicks(editor, "eights")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert asked.args == ["mine", "eights"]


def test_a_name_that_is_wiped_out_comes_back(window: ModelsWindow, qtbot: QtBot) -> None:
    window.choose("mine")
    window.rename.click()
    (editor,) = window.table.findChildren(QLineEdit)
    editor.clear()
    with qtbot.assertNotEmitted(window.rename_requested), qtbot.waitSignal(window.table.renamed):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert names(window.table) == ["best", "sevens", "no luck", "now"]


def test_a_message_offers_something_or_can_be_dismissed(window: ModelsWindow) -> None:
    accepted: list[str] = []
    undo = Offer("&Undo", lambda: accepted.append("undo"))
    bar = window.messages
    window.show_message("Deleted sevens.", offer=undo)
    assert bar.text.text() == "Deleted sevens."
    bar.offer_button.click()
    assert accepted == ["undo"]
    assert not bar.isVisible()
    window.show_message("It cannot be moved.", "details", MessageKind.ERROR)
    assert not bar.offer_button.isVisible()
    assert bar.details.toPlainText() == "details"
    bar.close_button.click()
    assert accepted == ["undo"]
    assert not bar.isVisible()


def test_after_a_name_was_changed_the_keyboard_is_still_in_the_list(
    window: ModelsWindow, qtbot: QtBot
) -> None:
    def rename(key: str, name: str) -> None:
        window.show_models([BEST, replace(MINE, key=key, name=name), FAILED], BUNDLED)

    window.rename_requested.connect(rename)
    window.activateWindow()
    window.choose("mine")
    window.table.setFocus()
    qtbot.waitUntil(window.table.hasFocus)
    QTest.keyClick(window.table, Qt.Key.Key_F2)
    (editor,) = window.table.findChildren(QLineEdit)
    QTest.keyClicks(editor, "eights")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window.table) == ["best", "eights", "no luck"])
    assert window.table.hasFocus()
    assert window.table.chosen_keys() == ["mine"]


def test_the_key_for_undo_takes_the_last_offer_whatever_was_told_since(
    window: ModelsWindow,
) -> None:
    taken: list[str] = []
    undo = QKeySequence(QKeySequence.StandardKey.Undo)
    window.show_message("Gone.", offer=Offer("&Undo", lambda: taken.append("first")))
    QTest.keySequence(window.table, undo)
    assert not window.messages.isVisible()
    window.show_message("Gone.", offer=Offer("&Undo", lambda: taken.append("second")))
    window.show_message("Saved model.onnx.")
    QTest.keySequence(window.table, undo)
    assert window.messages.isVisible()
    QTest.keySequence(window.table, undo)
    assert taken == ["first", "second"]


def test_delete_and_escape_work_from_the_keyboard(window: ModelsWindow, qtbot: QtBot) -> None:
    window.choose("mine")
    with qtbot.waitSignal(window.delete_requested) as asked:
        QTest.keyClick(window.table, Qt.Key.Key_Delete)
    assert asked.args == ["mine"]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_any_two_models_can_be_compared(window: ModelsWindow, qtbot: QtBot) -> None:
    newer = replace(MINE, key="newer", name="eights")
    window.show_models([BEST, newer, MINE, FAILED], "mine")
    window.choose("newer")
    with qtbot.waitSignal(window.compare_requested) as asked:
        window.compare.click()
    assert asked.args == ["mine", "newer"]
    rows = window.table.selectionModel()
    flags = rows.SelectionFlag
    rows.select(window.table.model().index(0, 0), flags.Select | flags.Rows)
    with qtbot.waitSignal(window.compare_requested) as asked:
        window.compare.click()
    assert asked.args == [BUNDLED, "newer"]
    assert enabled(window) == {"compare"}
    window.table.selectAll()
    assert enabled(window) == set()


def test_enter_ends_renaming_and_only_then_means_use(window: ModelsWindow, qtbot: QtBot) -> None:
    window.choose("mine")
    window.table.setFocus()
    window.rename.click()
    (editor,) = window.table.findChildren(QLineEdit)
    QTest.keyClicks(editor, "eights")
    with qtbot.assertNotEmitted(window.use_requested), qtbot.waitSignal(window.rename_requested):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.use_requested):
        QTest.keyClick(window.table, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("action", "signal", "suffix"),
    [
        ("export_model", "export_requested", ".safetensors"),
        ("export_onnx", "onnx_requested", ".onnx"),
        ("export_csv", "csv_requested", ".csv"),
        ("export_png", "png_requested", ".png"),
    ],
)
def test_an_export_gets_its_suffix_whatever_it_is_called(
    window: ModelsWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    signal: str,
    suffix: str,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/there/model 1.5", ""))
    window.choose("mine")
    with qtbot.waitSignal(getattr(window, signal)) as asked:
        getattr(window, action).trigger()
    assert asked.args[-1] == f"/there/model 1.5{suffix}"


def test_a_long_name_leaves_the_window_its_size(window: ModelsWindow) -> None:
    window.choose("mine")
    least = window.minimumSizeHint().width()
    window.show_models([BEST, replace(MINE, name="abcdefghij" * 12)], BUNDLED)
    window.choose("mine")
    assert window.minimumSizeHint().width() == least
