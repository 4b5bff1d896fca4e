import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from digitpad.core.ink import Points, Stroke
from digitpad.ui.canvas.live_stroke import LiveStroke
from digitpad.ui.canvas.stroke_painting import curve_path, outline, paint_curve

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
    paint_curve(painter, points, width, _BLACK, **ends)
    painter.end()
    return levels(image)


def wave(pressure: float | np.ndarray = 1.0) -> Points:
    x = np.linspace(20, 180, 40)
    return np.column_stack([x, 50 + 25 * np.sin(x / 20), np.broadcast_to(pressure, 40)])


def test_path_starts_and_ends_at_the_true_points() -> None:
    path = curve_path(wave(), from_middle=False, to_middle=False)
    assert path.pointAtPercent(0).toTuple() == pytest.approx(tuple(wave()[0, :2]))
    assert path.pointAtPercent(1).toTuple() == pytest.approx(tuple(wave()[-1, :2]))


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


def test_outline_of_a_line_that_turns_back_has_no_holes() -> None:
    xy = np.array([[20.0, 50], [180, 50], [40, 52], [160, 49]])
    image = sheet()
    painter = QPainter(image)
    painter.fillPath(outline(xy, np.array([6.0, 9, 7, 8])), _BLACK)
    painter.end()
    assert (levels(image)[50, 20:180] == 0).all()


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


def test_live_stroke_settles_without_losing_or_doubling_anything() -> None:
    points = wave(np.linspace(0.2, 1, 40))
    live = LiveStroke(8)
    image = sheet()
    for row in points:
        live.add(*row.tolist())
        if len(live.stroke().points) in (10, 25):
            painter = QPainter(image)
            live.settle(painter, _BLACK)
            painter.end()
    painter = QPainter(image)
    live.paint(painter, _BLACK)
    painter.end()
    assert np.abs(levels(image) - painted(points, 8)).mean() < 0.3
    assert live.stroke() == Stroke(points, 8)


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
