import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.children.recognition import LiveRecogniser
from digitpad.core.errors import StorageError
from digitpad.core.ink import Ink
from digitpad.core.messages import Recognised
from digitpad.core.samples import database
from digitpad.core.samples.sample import Caption, Sample
from digitpad.core.samples.store import FILE_NAME, Kept, SampleStore
from digitpad.ui.icons import Icons
from digitpad.ui.theme import Theme
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.labelling import Labelling
from tests.samples import answer_of, ink_of, unread_picture
from tests.ui import hand


class Desk:
    """A window whose drawings can be labelled; the recogniser's part is played by hand."""

    def __init__(self, qtbot: QtBot, application: QApplication, folder: Path) -> None:
        self._qtbot = qtbot
        self.window = MainWindow(Icons(resources.icons()), Theme(application))
        self.canvas = self.window.canvas
        self.store = SampleStore(folder / FILE_NAME)
        self._recogniser = LiveRecogniser(Path("none"), self.window)
        self.labelling = Labelling(self.window, self._recogniser, self.store)
        self.labelling.start()
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)

    def answer(self, digit: int | None, *, request: int = 1, to: int = 1) -> None:
        self._recogniser.requested.emit(request)
        self._recogniser.recognised.emit(Recognised(to, answer_of(digit), None))

    def ask(self, request: int) -> None:
        self._recogniser.requested.emit(request)

    def press(self, digit: int) -> None:
        with self._qtbot.waitSignal(self.labelling.samples_changed):
            QTest.keyClicks(self.canvas, str(digit))

    def undo(self) -> None:
        with self._qtbot.waitSignal(self.labelling.samples_changed):
            self.window.board.messages.offer_button.click()

    def captions(self) -> list[Caption]:
        return list(self.store.captions().values())

    def labels(self) -> list[int]:
        return [caption.label for caption in self.captions()]

    def message(self) -> str:
        return self.window.board.messages.text.text()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp, tmp_path)
    yield desk
    desk.labelling.close()


def drawn(desk: Desk) -> Ink:
    hand.draw(desk.canvas, hand.line((60, 60), (200, 200)))
    drawing = desk.canvas.drawing()
    assert isinstance(drawing, Ink)
    return drawing


def test_a_digit_key_keeps_the_drawing_with_label_answer_and_time(desk: Desk) -> None:
    ink = drawn(desk)
    desk.answer(1)
    desk.press(7)
    (sample,) = desk.store.samples([1]).values()
    assert sample.drawing == ink
    assert sample.caption.label == 7
    assert sample.caption.answer == answer_of(1)
    assert sample.caption.created == desk.captions()[0].created
    assert "Saved as 7" in desk.message()


def test_a_click_on_a_bar_is_the_same(desk: Desk, qtbot: QtBot) -> None:
    drawn(desk)
    chart = desk.window.board.chart_place.chart
    QApplication.processEvents()  # it takes its place
    place = QPointF(chart.width() * 3.5 / 10, chart.height() / 2).toPoint()
    with qtbot.waitSignal(desk.labelling.samples_changed):
        QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.labels() == [3]


def test_the_canvas_is_cleared_for_the_next_drawing_and_that_can_be_undone(desk: Desk) -> None:
    ink = drawn(desk)
    desk.press(7)
    assert desk.canvas.is_blank()
    desk.window.commands.undo.trigger()
    assert desk.canvas.drawing() == ink
    assert desk.labels() == [7]


def test_undo_of_the_message_takes_it_all_back(desk: Desk) -> None:
    ink = drawn(desk)
    desk.press(7)
    desk.undo()
    assert desk.captions() == []
    assert desk.canvas.drawing() == ink
    assert not desk.window.board.messages.isVisible()


def test_what_could_not_be_taken_back_is_offered_again(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_TIMEOUT_S", 0.05)
    ink = drawn(desk)
    desk.press(7)
    with closing(sqlite3.connect(desk.store.path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        desk.window.board.messages.offer_button.click()
        qtbot.waitUntil(lambda: "another program is using it" in desk.message())
    assert desk.labels() == [7]
    desk.undo()
    assert desk.captions() == []
    assert desk.canvas.drawing() == ink


def test_undo_leaves_a_drawing_alone_that_was_begun_meanwhile(desk: Desk) -> None:
    drawn(desk)
    desk.press(7)
    hand.draw(desk.canvas, hand.line((90, 60), (90, 220)))
    begun = desk.canvas.drawing()
    desk.undo()
    assert desk.captions() == []
    assert desk.canvas.drawing() is begun
    assert desk.message() == "The 7 was removed from My drawings."


def test_labelled_again_a_drawing_changes_its_label(desk: Desk) -> None:
    drawn(desk)
    desk.press(1)
    desk.window.commands.undo.trigger()
    desk.press(7)
    assert desk.labels() == [7]
    assert desk.message() == "Relabelled from 1 to 7."
    desk.undo()
    assert desk.labels() == [1]


def test_the_same_label_again_is_told(desk: Desk, qtbot: QtBot) -> None:
    drawn(desk)
    desk.press(7)
    desk.window.commands.undo.trigger()
    QTest.keyClicks(desk.canvas, "7")
    qtbot.waitUntil(lambda: "Already saved" in desk.message())
    assert not desk.window.board.messages.offer_button.isVisible()
    assert desk.labels() == [7]


def test_without_a_drawing_the_keys_do_nothing(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.window.labelled):
        QTest.keyClicks(desk.canvas, "7")
        desk.window.board.chart_place.chart.bar_clicked.emit(7)
    assert not desk.store.path.exists()


def test_a_stroke_under_way_is_kept_to_its_end_without_the_answer_to_its_beginning(
    desk: Desk,
) -> None:
    hand.press(desk.canvas, (60, 60))
    hand.move(desk.canvas, (100, 160))
    desk.answer(7)
    desk.canvas.drawing_changed.connect(lambda _: desk.ask(2))
    desk.press(7)
    (sample,) = desk.store.samples([1]).values()
    assert isinstance(sample.drawing, Ink)
    assert len(sample.drawing.strokes[0].points) == 2
    assert sample.caption.answer is None
    hand.move(desk.canvas, (120, 180))
    hand.release(desk.canvas, (120, 180))
    assert desk.canvas.is_blank()


def test_an_answer_to_an_earlier_drawing_is_not_taken_for_this_one(desk: Desk) -> None:
    drawn(desk)
    desk.answer(3, request=5, to=4)
    desk.press(7)
    assert desk.captions()[0].answer is None


def test_pictures_can_be_labelled(desk: Desk) -> None:
    picture = unread_picture().drawing
    desk.window.set_drawing(picture, "opening")
    desk.press(5)
    assert desk.store.samples([1])[1].drawing == picture
    assert desk.canvas.is_blank()


def test_two_presses_keep_one(desk: Desk, qtbot: QtBot) -> None:
    drawn(desk)
    with qtbot.waitSignal(desk.labelling.samples_changed):
        QTest.keyClicks(desk.canvas, "7")
        QTest.keyClicks(desk.canvas, "8")
    desk.labelling.close()
    assert desk.labels() == [7]


def test_what_was_drawn_on_meanwhile_stays_on_the_canvas(desk: Desk, qtbot: QtBot) -> None:
    drawn(desk)
    with qtbot.waitSignal(desk.labelling.samples_changed):
        QTest.keyClicks(desk.canvas, "7")
        hand.draw(desk.canvas, hand.line((90, 60), (90, 220)))
    drawing = desk.canvas.drawing()
    assert isinstance(drawing, Ink)
    assert len(drawing.strokes) == 2


def test_what_cannot_be_kept_stays_on_the_canvas(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Sample) -> Kept:
        raise StorageError("The disk is full.", "details")

    ink = drawn(desk)
    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "keep", fail)
        QTest.keyClicks(desk.canvas, "7")
        qtbot.waitUntil(lambda: desk.message() == "The disk is full.")
    assert desk.canvas.drawing() == ink
    desk.press(7)
    assert desk.labels() == [7]


def test_a_damaged_store_is_told_at_the_start(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"nothing of use" * 500)
    desk = Desk(qtbot, qapp, tmp_path)
    qtbot.waitUntil(lambda: "damaged" in desk.message())
    drawn(desk)
    assert desk.window.board.messages.isVisible()
    desk.press(7)
    assert desk.labels() == [7]
    desk.labelling.close()


def test_what_was_labelled_last_is_kept_when_the_app_ends(desk: Desk) -> None:
    desk.window.set_drawing(ink_of(3), "opening")
    QTest.keyClicks(desk.canvas, "3")
    desk.labelling.close()
    assert desk.labels() == [3]


def test_a_pointing_hand_says_that_bars_can_be_clicked(desk: Desk) -> None:
    place = desk.window.board.chart_place
    chart = place.chart  # whose cursor and tool tip are those of its place
    assert chart.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert place.toolTip() == ""
    drawn(desk)
    assert chart.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert "Click a bar" in place.toolTip()
    assert all(action.isEnabled() for action in desk.window.commands.labels.values())
    desk.canvas.clear()
    assert chart.cursor().shape() == Qt.CursorShape.ArrowCursor
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
