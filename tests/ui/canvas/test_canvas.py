import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPaintEvent,
    QTouchEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from digitpad.core.drawing import Drawing, Normalised, Picture
from digitpad.core.ink import Box, Ink, Stroke
from digitpad.ui.canvas.canvas import Canvas, Tool
from digitpad.ui.theme import Theme, ThemeMode
from tests.ui import hand

_RIGHT = Qt.MouseButton.RightButton


def ink_of(canvas: Canvas) -> Ink:
    drawing = canvas.drawing()
    assert isinstance(drawing, Ink)
    return drawing


def colour_at(canvas: Canvas, x: float, y: float) -> QColor:
    image: QImage = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(x * ratio), round(y * ratio))


def is_ink_at(canvas: Canvas, x: float, y: float) -> bool:
    colour = colour_at(canvas, x, y)
    return abs(colour.lightness() - canvas.colours.paper.lightness()) > 100


def test_mouse_draws_one_stroke_through_its_points(canvas: Canvas) -> None:
    places = [(50.25, 60.5), (80.0, 90.0), (120.75, 70.0)]
    hand.draw(canvas, places)
    (stroke,) = ink_of(canvas).strokes
    assert np.array_equal(stroke.points[:, :2], places)
    assert (stroke.points[:, 2] == 1).all()
    assert stroke.width == canvas.pen_width
    assert is_ink_at(canvas, 80, 85)


def test_every_movement_is_told_while_the_pen_is_down(canvas: Canvas) -> None:
    seen: list[Drawing] = []
    canvas.drawing_changed.connect(seen.append)
    hand.press(canvas, (50, 50))
    hand.move(canvas, (60, 50))
    hand.move(canvas, (70, 50))
    counts = [len(d.strokes[0].points) for d in seen if isinstance(d, Ink)]
    assert counts == [1, 2, 3]
    assert canvas.pen_is_down()
    hand.release(canvas, (70, 50))
    assert not canvas.pen_is_down()
    assert seen[-1] == canvas.drawing()


def test_a_click_leaves_a_dot(canvas: Canvas) -> None:
    hand.draw(canvas, [(100, 100)])
    assert len(ink_of(canvas).strokes[0].points) == 1
    assert is_ink_at(canvas, 100, 100)


def test_fast_stroke_is_a_curve_with_its_true_end(canvas: Canvas) -> None:
    """Three far points: the corner is rounded off, the last point is reached."""
    hand.press(canvas, (50, 250))
    hand.move(canvas, (200, 50))
    hand.move(canvas, (350, 250))
    assert is_ink_at(canvas, 350, 250)
    assert is_ink_at(canvas, 200, 100)
    assert not is_ink_at(canvas, 200, 50)
    hand.release(canvas, (350, 250))
    assert is_ink_at(canvas, 350, 250)
    assert not is_ink_at(canvas, 200, 50)


def _bar() -> list[hand.Place]:
    return hand.line((40, 100), (360, 105), steps=300)


def _spiral() -> list[hand.Place]:
    angles, radius = np.linspace(0, 12, 300), np.linspace(20, 120, 300)
    xs, ys = 200 + radius * np.cos(angles), 150 + radius * np.sin(angles)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


@pytest.mark.parametrize("places", [_bar(), _spiral()])
@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_long_stroke_looks_the_same_live_lifted_and_repainted(
    canvas: Canvas,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    places: list[hand.Place],
    mode: ThemeMode,
    ratio: float,
) -> None:
    theme.apply(mode)
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: ratio)
    hand.press(canvas, places[0])
    for at, place in enumerate(places[1:]):
        if at % 7 < 3:  # what comes between two paintings is painted in one go
            canvas.repaint()
        hand.move(canvas, place)
    live = _kept_levels(canvas)
    hand.release(canvas, places[-1])
    lifted = _kept_levels(canvas)
    canvas.resize(canvas.width() + 1, canvas.height())
    canvas.resize(canvas.width() - 1, canvas.height())
    repainted = _kept_levels(canvas)
    assert np.abs(live - lifted).max() == 0
    assert np.abs(live - repainted).max() < 48
    assert (np.abs(live - repainted) > 12).sum() < 12


def test_long_stroke_that_is_cancelled_leaves_nothing(canvas: Canvas) -> None:
    canvas.repaint()
    before = _levels(canvas)
    hand.press(canvas, _bar()[0])
    for place in _bar()[1:]:
        hand.move(canvas, place)
        canvas.repaint()
    assert np.abs(_levels(canvas) - before).max() > 200
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert np.abs(_levels(canvas) - before).max() == 0


def _kept_levels(canvas: Canvas) -> np.ndarray:
    canvas.repaint()
    kept = canvas._layer.pixmap(canvas.size(), canvas.devicePixelRatioF())
    assert kept is not None
    return _levels_of(kept.toImage())


def _levels(canvas: Canvas) -> np.ndarray:
    return _levels_of(canvas.grab().toImage())


def _levels_of(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    return rows.astype(np.int16)


def test_a_pen_that_leaves_the_sheet_is_followed_and_comes_into_sight_when_lifted(
    canvas: Canvas,
) -> None:
    """Held back at the edge, it would smear along it, and a 6 be read as a 1."""
    path = [(50, 50), (-40, 50), (-40, 700), (50, 900)]
    hand.draw(canvas, path)
    stroke = ink_of(canvas).strokes[0]
    assert stroke.points[:, :2].tolist() == [list(point) for point in path]
    for x, y in ((-40, 400), (50, 900)):
        at = canvas.view.map(QPointF(x, y))
        assert canvas.rect().contains(at.toPoint())
    assert is_ink_at(canvas, *canvas.view.map(QPointF(-40, 400)).toTuple())
    hand.draw(canvas, [canvas.view.map(QPointF(x, 60)).toTuple() for x in (0, 90)])
    assert ink_of(canvas).strokes[1].points[:, :2] == pytest.approx(np.array([[0, 60], [90, 60]]))
    canvas.undo()
    canvas.undo()
    hand.draw(canvas, [(50, 50), (90, 90)])
    hand.draw(canvas, [(90, 50), (5000, 90)])
    assert canvas.view.m11() < 0.2
    canvas.undo()
    assert canvas.view.isIdentity()


def test_right_button_erases_and_erasing_is_undoable(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    hand.draw(canvas, hand.line((200, 100), (200, 200)), _RIGHT)
    assert len(ink_of(canvas).strokes) == 2
    assert not is_ink_at(canvas, 200, 150)
    assert is_ink_at(canvas, 60, 150)
    canvas.undo()
    assert len(ink_of(canvas).strokes) == 1
    assert is_ink_at(canvas, 200, 150)


def test_eraser_tool_erases_with_the_left_button(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    canvas.set_tool(Tool.ERASER)
    hand.draw(canvas, hand.line((200, 100), (200, 200)))
    assert len(ink_of(canvas).strokes) == 2


@pytest.mark.parametrize("size", [(400, 300), (260, 240)])
def test_the_eraser_takes_away_what_its_ring_covers(canvas: Canvas, size: tuple[int, int]) -> None:
    hand.draw(canvas, hand.line((20, 150), (380, 150), steps=720))
    canvas.resize(*size)
    canvas.set_pen_width(4)
    canvas.set_tool(Tool.ERASER)
    y = canvas.view.map(QPointF(200, 150)).y()
    hand.draw(canvas, hand.line((130, y - 40), (130, y + 40)))
    left, right = ink_of(canvas).strokes
    gap = right.points[:, 0].min() - left.points[:, 0].max() - left.width
    ring = canvas.cursor().pixmap().deviceIndependentSize().width()
    assert 0 < ring - gap * canvas.view.m11() < 8, "the pixmap is a little larger than the ring"


def test_the_eraser_leaves_what_its_way_goes_round(canvas: Canvas) -> None:
    hand.draw(canvas, [(200, 170), (202, 172)])
    before = canvas.drawing()
    hand.draw(canvas, [(100, 100), (300, 100), (300, 240)], _RIGHT)
    assert canvas.drawing() is before


def test_erasing_nothing_leaves_no_step(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    hand.draw(canvas, hand.line((50, 200), (100, 200)), _RIGHT)
    canvas.undo()
    assert canvas.is_blank()


def test_tablet_pressure_is_kept_and_widens_the_line(canvas: Canvas) -> None:
    canvas.set_pen_width(40)
    hand.draw_with_tablet(canvas, [(x, 150, (x - 40) / 320) for x in range(50, 361, 10)])
    (stroke,) = ink_of(canvas).strokes
    assert stroke.points[0, 2] < 0.1
    assert stroke.points[-1, 2] == 1
    assert not is_ink_at(canvas, 60, 150 + 14)
    assert is_ink_at(canvas, 340, 150 + 14)


def test_tablet_eraser_end_erases(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    strokes = [(200.0, y, 0.5) for y in range(100, 201, 10)]
    hand.draw_with_tablet(canvas, strokes, eraser=True)
    assert len(ink_of(canvas).strokes) == 2


def test_first_finger_draws_and_the_palm_does_not(canvas: Canvas) -> None:
    screen = QTest.createTouchDevice()
    hands = QTest.touchEvent(canvas, screen, autoCommit=False)
    palm = QPoint(300, 250)
    hands.press(1, QPoint(50, 50)).commit()
    hands.move(1, QPoint(90, 60)).press(2, palm).commit()
    hands.move(1, QPoint(120, 80)).move(2, palm).commit()
    hands.release(1, QPoint(120, 80)).release(2, palm).commit()
    (stroke,) = ink_of(canvas).strokes
    # The offscreen platform's window frame shifts global places by two pixels.
    assert stroke.points[:, :2] == pytest.approx(np.array([[50, 50], [90, 60], [120, 80]]), abs=2)


def test_mouse_is_not_heard_while_the_tablet_draws(canvas: Canvas) -> None:
    """Some platforms send a second, synthetic mouse event for each of a pen's."""
    pen = hand.tablet_pen()
    hand.tablet(canvas, pen, QEvent.Type.TabletPress, (50, 50, 0.5))
    hand.press(canvas, (51, 51))
    hand.tablet(canvas, pen, QEvent.Type.TabletMove, (60, 60, 0.5))
    hand.move(canvas, (300, 200))
    hand.tablet(canvas, pen, QEvent.Type.TabletRelease, (70, 70, 0.5))
    (stroke,) = ink_of(canvas).strokes
    assert stroke.points[:, 0].tolist() == [50, 60, 70]


def test_a_double_click_begins_a_stroke_and_other_buttons_disturb_none(canvas: Canvas) -> None:
    hand.mouse(canvas, QEvent.Type.MouseButtonDblClick, (50, 50))
    for button in (_RIGHT, Qt.MouseButton.MiddleButton):
        hand.press(canvas, (60, 60), button)
        hand.release(canvas, (60, 60), button)
    hand.move(canvas, (70, 70))
    hand.release(canvas, (70, 70))
    hand.draw(canvas, [(200, 200), (220, 200)], Qt.MouseButton.MiddleButton)
    (stroke,) = ink_of(canvas).strokes
    assert stroke.points[:, 0].tolist() == [50, 70]


def test_a_touch_that_the_platform_takes_away_leaves_nothing(canvas: Canvas) -> None:
    screen = QTest.createTouchDevice()
    hands = QTest.touchEvent(canvas, screen, autoCommit=False)
    hands.press(1, QPoint(50, 50)).commit()
    hands.move(1, QPoint(120, 80)).commit()
    assert canvas.pen_is_down()
    QCoreApplication.sendEvent(canvas, QTouchEvent(QEvent.Type.TouchCancel, screen))
    assert canvas.is_blank()
    hands.release(1, QPoint(120, 80)).commit()


def test_undo_redo_and_clear_bring_everything_back(canvas: Canvas) -> None:
    states: list[tuple[bool, bool]] = []
    canvas.undo_changed.connect(lambda undo, redo: states.append((undo, redo)))
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    hand.draw(canvas, hand.line((50, 90), (100, 90)))
    both = canvas.drawing()
    canvas.clear()
    assert canvas.is_blank()
    assert canvas.undo_text() == "clearing"
    canvas.undo()
    assert canvas.drawing() == both
    canvas.undo()
    assert len(ink_of(canvas).strokes) == 1
    canvas.redo()
    assert canvas.drawing() == both
    assert states[-1] == (True, True)
    canvas.undo()
    canvas.undo()
    assert states[-1] == (False, True)
    assert canvas.is_blank()


def test_clearing_a_blank_sheet_is_no_step(canvas: Canvas) -> None:
    canvas.clear()
    assert canvas.undo_text() == ""


def test_escape_cancels_the_stroke_and_its_rest_is_not_heard(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    hand.press(canvas, (50, 150))
    hand.move(canvas, (200, 150))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    hand.move(canvas, (250, 150))
    hand.release(canvas, (250, 150))
    assert len(ink_of(canvas).strokes) == 1
    assert not is_ink_at(canvas, 150, 150)


def test_escape_cancels_erasing(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    before = canvas.drawing()
    hand.press(canvas, (200, 150), _RIGHT)
    assert canvas.drawing() != before
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.drawing() == before


@pytest.mark.parametrize("lost_by", ["dialog", "hiding"])
def test_a_stroke_ends_where_its_release_gets_lost(canvas: Canvas, lost_by: str) -> None:
    hand.press(canvas, (50, 50))
    hand.move(canvas, (60, 80))
    if lost_by == "dialog":
        dialog = QDialog(canvas)
        dialog.open()
        dialog.close()
    else:
        canvas.hide()
        canvas.show()
    assert not canvas.pen_is_down()
    hand.move(canvas, (70, 90))
    hand.draw(canvas, [(200, 200), (220, 200)])
    first, second = ink_of(canvas).strokes
    assert first.points[:, :2].tolist() == [[50, 50], [60, 80]]
    assert second.points[:, :2].tolist() == [[200, 200], [220, 200]]


def test_undo_moves_no_ink_that_never_left_the_sheet(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((5, 50), (5, 200)))
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    canvas.undo()
    assert canvas.view.isIdentity()


def test_undo_while_the_pen_is_down_takes_that_stroke(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    hand.press(canvas, (50, 150))
    canvas.undo()
    assert len(ink_of(canvas).strokes) == 1


@pytest.mark.parametrize(
    "step", [Canvas.clear, Canvas.redo, lambda canvas: canvas.set_drawing(Ink(), "opening")]
)
def test_any_step_drops_the_stroke_that_is_being_drawn(
    canvas: Canvas, step: Callable[[Canvas], None]
) -> None:
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    before = canvas.drawing()
    hand.press(canvas, (50, 150))
    step(canvas)
    assert not canvas.pen_is_down()
    if canvas.drawing() != before:
        canvas.undo()
    assert canvas.drawing() == before


@pytest.mark.parametrize("size", [(260, 240), (900, 700)])
def test_resize_keeps_ink_and_shows_all_of_it(canvas: Canvas, size: tuple[int, int]) -> None:
    hand.draw(canvas, hand.line((20, 20), (380, 280)))
    before = canvas.drawing()
    canvas.resize(*size)
    assert canvas.drawing() == before
    for x, y in ((20, 20), (380, 280)):
        seen = canvas.view.map(QPointF(x, y))
        assert canvas.rect().contains(seen.toPoint())
        assert is_ink_at(canvas, seen.x(), seen.y())
    canvas.resize(400, 300)
    assert canvas.view.isIdentity()


def test_ink_that_is_shrunk_does_not_touch_the_frame(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((20, 20), (380, 280)))
    canvas.resize(260, 240)
    first, last = (canvas.view.map(QPointF(x, y)) for x, y in ((20, 20), (380, 280)))
    assert first.x() > 16
    assert last.x() < 260 - 16


def test_erasing_on_a_shrunken_sheet_moves_nothing(canvas: Canvas) -> None:
    for x in (40, 360):
        hand.draw(canvas, hand.line((x, 40), (x, 260)))
    canvas.resize(260, 240)
    view = canvas.view
    far = view.map(QPointF(360, 0)).x()
    hand.draw(canvas, hand.line((far, 0), (far, 240)), _RIGHT)
    assert len(ink_of(canvas).strokes) == 1
    assert canvas.view == view


def test_drawing_on_a_shrunken_sheet_lands_under_the_pen(canvas: Canvas) -> None:
    hand.draw(canvas, hand.line((20, 20), (380, 280)))
    canvas.resize(260, 240)
    hand.draw(canvas, hand.line((200, 20), (240, 40)))
    assert is_ink_at(canvas, 220, 30)
    first, second = ink_of(canvas).strokes
    assert second.width > first.width
    assert second.points[0, 0] > 200


def test_theme_change_keeps_ink_and_repaints_it(canvas: Canvas, theme: Theme, qtbot: QtBot) -> None:
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    before = canvas.drawing()
    assert colour_at(canvas, 200, 150).lightness() < 80
    theme.apply(ThemeMode.DARK)
    qtbot.waitUntil(lambda: canvas.palette().base().color().lightness() < 80)
    assert canvas.drawing() == before
    assert colour_at(canvas, 200, 150).lightness() > 180
    assert colour_at(canvas, 200, 50).lightness() < 80


def test_opened_ink_that_fits_is_left_alone(canvas: Canvas) -> None:
    for points in ([(50, 50), (150, 200)], [(50, 50)]):
        ink = Ink((Stroke.of(points, 12.0),))
        canvas.set_drawing(ink, "opening")
        assert canvas.drawing() == ink
        canvas.undo()
        assert canvas.is_blank()


@pytest.mark.parametrize("points", [[(0, 0), (1, 2)], [(9000, -500), (12000, 4000)]])
def test_opened_ink_of_other_units_is_fitted_in(
    canvas: Canvas, points: Sequence[tuple[float, float]]
) -> None:
    canvas.set_drawing(Ink((Stroke.of(points, 1.0),)), "opening")
    bounds = ink_of(canvas).bounds()
    assert bounds is not None
    assert bounds.left > 0
    assert bounds.top > 0
    assert bounds.left + bounds.width < canvas.width()
    assert 0.4 * canvas.height() < bounds.height < canvas.height()


def test_picture_is_shown_fitted_and_drawing_replaces_it(canvas: Canvas, picture: Picture) -> None:
    canvas.set_drawing(picture, "opening")
    assert canvas.drawing() == picture
    assert is_ink_at(canvas, 200, 150)
    assert not is_ink_at(canvas, 200, 30)
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    (stroke,) = ink_of(canvas).strokes
    assert stroke.points[0, :2].tolist() == [50, 50]
    assert not is_ink_at(canvas, 200, 150)
    canvas.undo()
    assert canvas.drawing() == picture


def test_eraser_leaves_a_picture_alone(canvas: Canvas, picture: Picture) -> None:
    canvas.set_drawing(picture, "opening")
    hand.draw(canvas, hand.line((50, 150), (350, 150)), _RIGHT)
    assert canvas.drawing() == picture


def test_overlay_of_a_picture_is_mapped_from_its_pixels(
    canvas: Canvas, picture: Picture, normalised: Normalised
) -> None:
    canvas.set_drawing(picture, "opening")
    corner = canvas.view.map(QPointF(40, 20))
    assert corner.x() == pytest.approx(400 - 16)
    before = canvas.grab().toImage()
    canvas.show_normalised(replace(normalised, box=Box(5, 5, 10, 10), centre_of_mass=(10, 10)))
    assert canvas.grab().toImage() == before
    canvas.set_overlay_visible(True)
    assert canvas.grab().toImage() != before


def test_overlay_marks_the_centre_of_mass(canvas: Canvas, normalised: Normalised) -> None:
    hand.draw(canvas, hand.line((300, 50), (300, 250)))
    canvas.show_normalised(normalised)
    canvas.set_overlay_visible(True)
    centre = colour_at(canvas, *normalised.centre_of_mass)
    assert centre.blue() > centre.red() + 50


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_to_image_is_dark_on_white_in_every_theme(
    canvas: Canvas, theme: Theme, scale: float
) -> None:
    theme.apply(ThemeMode.DARK)
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    image = canvas.to_image(scale)
    assert (image.width(), image.height()) == (400 * scale, 300 * scale)
    assert image.pixelColor(round(200 * scale), round(150 * scale)).lightness() < 60
    assert image.pixelColor(5, 5) == QColor("white")


def test_pen_width_is_kept_within_bounds_and_shown_by_the_cursor(canvas: Canvas) -> None:
    canvas.set_pen_width(1000)
    assert canvas.pen_width == 60
    wide = canvas.cursor().pixmap().deviceIndependentSize().width()
    canvas.set_pen_width(0)
    assert canvas.pen_width == 4
    assert canvas.cursor().pixmap().deviceIndependentSize().width() < wide - 40


def test_the_cursor_follows_tool_theme_and_screen(
    canvas: Canvas, theme: Theme, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def ring() -> QImage:
        return canvas.cursor().pixmap().toImage()

    canvas.set_pen_width(4)
    pen = ring()
    canvas.set_tool(Tool.ERASER)
    eraser = ring()
    assert eraser.width() > pen.width()
    theme.apply(ThemeMode.DARK)
    qtbot.waitUntil(lambda: ring() != eraser)
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: 2.0)
    QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert ring().devicePixelRatio() == 2
    assert ring().width() == 2 * eraser.width()


def test_the_edge_tells_of_the_keyboard_and_of_what_would_be_taken(
    canvas: Canvas, qtbot: QtBot
) -> None:
    def marked() -> bool:
        return colour_at(canvas, 200, 1) == canvas.colours.accent

    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    for reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.MouseFocusReason):
        canvas.clearFocus()
        assert not marked()
        canvas.setFocus(reason)
        assert marked() == (reason == Qt.FocusReason.TabFocusReason)
    canvas.clearFocus()
    hand.draw_with_tablet(canvas, [(50, 50, 0.5)])
    assert canvas.hasFocus()
    assert not marked()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a.png")])
    ends: list[Callable[[], None]] = [
        lambda: _drop(canvas, files),
        lambda: canvas.dragLeaveEvent(QDragLeaveEvent()),
    ]
    for end in ends:
        _enter(canvas, files)
        assert marked()
        end()
        assert not marked()


def test_dropped_files_and_pictures_are_passed_on(canvas: Canvas, qtbot: QtBot) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a.png"), QUrl("https://example.org/b.png")])
    with qtbot.waitSignal(canvas.files_dropped) as caught:
        assert hand.drop(canvas, files)
    assert caught.args is not None
    assert [path.replace("\\", "/")[-10:] for path in caught.args[0]] == ["/tmp/a.png"]
    image = QMimeData()
    image.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(canvas.picture_dropped) as caught:
        _drop(canvas, image)
    assert caught.args is not None
    assert isinstance(caught.args[0], QImage), "encoding it takes long"
    encoded = QMimeData()
    encoded.setData("image/png", b"\x89PNG")
    with qtbot.waitSignal(canvas.picture_dropped) as caught:
        _drop(canvas, encoded)
    assert caught.args == [b"\x89PNG"]


def test_text_is_not_taken(canvas: Canvas) -> None:
    words = QMimeData()
    words.setText("seven")
    assert not canvas.receive(words)
    entering = QDragEnterEvent(
        QPointF(50, 50).toPoint(),
        Qt.DropAction.CopyAction,
        words,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()
    canvas.dragEnterEvent(entering)
    assert not entering.isAccepted()


def _drop(canvas: Canvas, mime: QMimeData) -> None:
    _enter(canvas, mime)
    canvas.dropEvent(QDropEvent(QPointF(50, 50), *_dragged(mime)))


def _enter(canvas: Canvas, mime: QMimeData) -> None:
    entering = QDragEnterEvent(QPoint(50, 50), *_dragged(mime))
    canvas.dragEnterEvent(entering)
    assert entering.isAccepted()


def _dragged(
    mime: QMimeData,
) -> tuple[Qt.DropAction, QMimeData, Qt.MouseButton, Qt.KeyboardModifier]:
    none = Qt.KeyboardModifier.NoModifier
    return Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none


@pytest.fixture
def painted(canvas: Canvas, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> list[QRect]:
    """Which areas of the canvas are painted by and by."""
    areas: list[QRect] = []
    paint = canvas.paintEvent

    def note(event: QPaintEvent) -> None:
        areas.append(event.rect())
        paint(event)

    qtbot.wait(20)
    monkeypatch.setattr(canvas, "paintEvent", note)
    return areas


def test_the_first_touch_takes_the_hint_away_and_what_follows_paints_only_itself(
    canvas: Canvas, painted: list[QRect], qtbot: QtBot
) -> None:
    assert np.ptp(_levels(canvas)[80:220, 80:320]) > 60
    painted.clear()
    hand.press(canvas, (50, 50))
    qtbot.waitUntil(lambda: canvas.rect() in painted)
    assert np.ptp(_levels(canvas)[80:220, 80:320]) == 0
    painted.clear()
    hand.move(canvas, (60, 60))
    qtbot.waitUntil(lambda: bool(painted))
    assert all(area.contains(60, 60) and area.width() < 60 for area in painted)


def test_what_is_shown_besides_the_drawing_is_painted_at_once(
    canvas: Canvas, painted: list[QRect], normalised: Normalised, qtbot: QtBot
) -> None:
    hand.draw(canvas, hand.line((50, 50), (100, 50)))
    changes: list[Callable[[], None]] = [
        lambda: canvas.set_overlay_visible(True),
        lambda: canvas.show_normalised(normalised),
        lambda: canvas.set_highlighted(highlighted=True),
    ]
    for change in changes:
        qtbot.wait(20)
        painted.clear()
        change()
        qtbot.waitUntil(lambda: canvas.rect() in painted)


def test_painting_leaks_no_reference_to_none(canvas: Canvas) -> None:
    """PySide6 6.12.0 lost one at every void call until the interpreter aborted."""
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    canvas.repaint()
    before = sys.getrefcount(None)
    for _ in range(5000):
        canvas.repaint(0, 0, 40, 40)
    assert before - sys.getrefcount(None) < 500


@pytest.mark.parametrize(("finger", "palm"), [(1, 2), (2, 1)])
def test_a_palm_that_comes_before_the_finger_has_moved_changes_nothing(
    canvas: Canvas, finger: int, palm: int
) -> None:
    """Qt tells it as the beginning of a touch once more."""
    at = QPoint(300, 250)
    hands = QTest.touchEvent(canvas, QTest.createTouchDevice(), autoCommit=False)
    hands.press(finger, QPoint(50, 50)).commit()
    hands.stationary(finger).press(palm, at).commit()
    hands.move(finger, QPoint(120, 80)).stationary(palm).commit()
    hands.release(finger, QPoint(120, 80)).release(palm, at).commit()
    (stroke,) = ink_of(canvas).strokes
    assert stroke.points[:, 0] == pytest.approx([50, 120], abs=2)
