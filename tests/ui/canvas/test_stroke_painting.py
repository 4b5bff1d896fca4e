from time import process_time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from digitpad.core.ink import Ink, Points, Stroke
from digitpad.ui.canvas import stroke_painting
from digitpad.ui.canvas.live_stroke import LiveStroke
from digitpad.ui.canvas.outline import outline
from digitpad.ui.canvas.stroke_painting import StrokePaths, along_curve, curve_paths, fill

_BLACK = QColor("black")
pytestmark = pytest.mark.usefixtures("qapp")


def sheet() -> QImage:
    image = QImage(200, 100, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    return image


def levels(image: QImage) -> np.ndarray:
    flat = np.frombuffer(image.constBits(), np.uint8).astype(np.int16)
    return flat.reshape(image.height(), image.bytesPerLine())[:, : image.width()]


def painted(points: Points, width: float, **ends: bool) -> np.ndarray:
    image = sheet()
    painter = QPainter(image)
    fill(painter, curve_paths(points, width, **ends), _BLACK)
    painter.end()
    return levels(image)


def wave(pressure: float | np.ndarray = 1.0) -> Points:
    x = np.linspace(20, 180, 40)
    return np.column_stack([x, 50 + 25 * np.sin(x / 20), np.broadcast_to(pressure, 40)])


def test_curve_starts_and_ends_at_the_true_points() -> None:
    curve = along_curve(wave())
    assert curve[[0, -1]].tolist() == wave()[[0, -1]].tolist()


@pytest.mark.parametrize("slope", [0.0, 0.003, 0.014, 0.2, 1.0])
def test_straight_line_has_no_bumps(slope: float) -> None:
    """A ruler laid along it: every column of pixels holds as much ink as its neighbours."""
    x = np.linspace(20, 180, 90)
    line = np.column_stack([x, 10 + slope * (x - 20) / 2, np.ones_like(x)])
    inside = 255 - painted(line, 9)[:, 30:170]
    amounts = inside.sum(axis=0) / 255
    assert np.ptp(amounts) < 0.1


@pytest.mark.parametrize("width", [4.0, 9.0, 18.0, 60.0])
def test_round_curve_has_no_bumps(width: float) -> None:
    """A pair of compasses: the edges of an arc lie where they should."""
    angles = np.linspace(1, 2 * np.pi - 1, 100)
    ring = np.column_stack([100 + 41 * np.cos(angles), 50 + 41 * np.sin(angles), angles * 0 + 1])
    y, x = np.mgrid[:100, :200]
    away = np.abs(np.hypot(x + 0.5 - 100, y + 0.5 - 50) - 41) - width / 2
    expected = 255 * np.clip(0.5 + away, 0, 1)
    assert np.abs(painted(ring, width) - expected)[:, :100].max() < 64


@pytest.mark.parametrize("pressure", [1.0, np.linspace(0.1, 1, 40)])
def test_pieces_make_the_whole(pressure: float | np.ndarray) -> None:
    points = wave(pressure)
    whole = painted(points, 8)
    first = painted(points[:20], 8, to_middle=True)
    second = painted(points[18:], 8, from_middle=True)
    together = np.minimum(first, second)
    assert np.abs(together - whole).mean() < 0.2
    assert (np.abs(together - whole) > 80).sum() < 20


def test_pressure_makes_the_line_wider() -> None:
    ink = painted(wave(np.linspace(0, 1, 40)), 16) < 128
    assert ink[:, 170].sum() > 2 * ink[:, 30].sum()


@pytest.mark.parametrize("pressure", [1.0, np.array([0.5, 0.9, 0.7, 0.8])])
def test_line_that_turns_back_has_no_holes(pressure: float | np.ndarray) -> None:
    xy = np.array([[20.0, 50], [180, 50], [40, 52], [160, 49]])
    points = np.column_stack([xy, np.broadcast_to(pressure, 4)])
    assert (painted(points, 18)[50, 20:110] == 0).all()


def test_outline_of_points_at_one_place_is_a_circle() -> None:
    around = outline(np.full((3, 2), 5.0), np.full(3, 2.0))
    assert np.hypot(*(around - 5).T) == pytest.approx(2)


def test_sharp_corner_has_no_hairline_holes() -> None:
    t = np.linspace(0, 1, 30)[:, None]
    there = np.hstack([30 + 120 * t, 20 + 7 * np.sin(3.1 * t), np.ones_like(t)])
    back = np.hstack([150 - 60 * t + 7 * np.sin(3 * t), 20 + 60 * t, np.ones_like(t)])
    ink = painted(np.concatenate([there, back]), 22)
    y, x = np.mgrid[: ink.shape[0], : ink.shape[1]]
    for px, py, _ in np.concatenate([there, back]):
        inside = (x + 0.5 - px) ** 2 + (y + 0.5 - py) ** 2 < 9**2
        assert ink[inside].max() == 0


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("varying", [False, True])
def test_short_strokes_leave_a_mark(count: int, varying: bool) -> None:  # noqa: FBT001
    points = wave(np.linspace(0.4, 1, 40) if varying else 1.0)[:count]
    assert painted(points, 10).min() == 0


def test_what_is_filled_in_parts_looks_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    points = wave(np.linspace(0.2, 1, 40))
    assert len(curve_paths(points, 8)) == 1
    whole = painted(points, 8)
    monkeypatch.setattr(stroke_painting, "_LONGEST_PATH", 30)
    assert len(curve_paths(points, 8)) > 3
    assert np.abs(painted(points, 8) - whole).mean() < 0.2


@pytest.mark.parametrize("is_walk", [True, False])
def test_tens_of_thousands_of_points_are_painted_at_once(is_walk: bool) -> None:  # noqa: FBT001
    """A random walk, and lines to and fro all over the sheet, which took many seconds."""
    random = np.random.default_rng(1)
    steps = random.uniform(-400, 400, (20_000, 2))
    xy = 400 + (np.cumsum(steps / 100, axis=0) if is_walk else steps)
    image = QImage(800, 800, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    began = process_time()
    painter = QPainter(image)
    fill(painter, curve_paths(np.column_stack([xy, np.ones(len(xy))]), 9), _BLACK)
    painter.end()
    assert process_time() - began < 1
    assert levels(image).min() == 0


def test_lines_all_over_the_sheet_leave_it_as_black_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = np.random.default_rng(1).uniform(0, 200, (2000, 3))
    some = painted(points, 9)
    monkeypatch.setattr(stroke_painting, "_LONGEST_WAY", 1e9)
    assert np.abs(painted(points, 9) - some).mean() < 1


def test_live_stroke_hands_itself_out_without_losing_anything() -> None:
    points = wave(np.linspace(0.2, 1, 40))
    live = LiveStroke(8)
    pieces = []
    for row in points:
        live.add(*row.tolist())
        piece = live.take_certain()
        if piece is not None:
            pieces.append(piece)
    assert len(pieces) > 1
    image = sheet()
    painter = QPainter(image)
    for piece in (*pieces, live.tip()):
        piece.paint(painter, _BLACK)
    painter.end()
    assert np.abs(levels(image) - painted(points, 8)).mean() < 0.3
    assert live.stroke() == Stroke(points, 8)


def test_tip_stays_short() -> None:
    live = LiveStroke(8)
    for x in range(1000):
        live.add(x, 5, 1)
        live.take_certain()
        assert len(live.tip().points) < 20


def test_strokes_given_out_never_change() -> None:
    live = LiveStroke(8)
    live.add(1, 2, 1)
    early = live.stroke()
    for i in range(1000):
        live.add(i, 5, 1)
    assert early.points.tolist() == [[1, 2, 1]]
    assert len(live.stroke().points) == 1001


def test_a_point_at_the_same_place_is_left_out() -> None:
    live = LiveStroke(8)
    assert live.add(1, 2, 1)
    assert not live.add(1, 2, 0.5)
    assert len(live.stroke().points) == 1


def test_outlines_are_made_once_and_dropped_with_their_strokes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[int] = []

    def counted(points: Points, width: float) -> list[QPainterPath]:
        made.append(len(points))
        return curve_paths(points, width)

    monkeypatch.setattr(stroke_painting, "curve_paths", counted)
    first, second = Stroke(wave(), 8), Stroke(wave() * 0.5, 8)
    paths, image = StrokePaths(), sheet()
    painter = QPainter(image)
    paths.paint(painter, Ink((first,)), _BLACK)
    paths.paint(painter, Ink((first, second)), _BLACK)
    assert len(made) == 2
    paths.paint(painter, Ink((second,)), _BLACK)
    assert len(made) == 2
    paths.paint(painter, Ink((first,)), _BLACK)
    assert len(made) == 3
    painter.end()
