import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from digitpad.core.drawing import Drawing, Picture
from digitpad.core.ink import Ink, Stroke
from digitpad.ui.png import png_bytes
from digitpad.ui.samples import thumbnails as module
from digitpad.ui.samples.thumbnails import SIDE, Look, Thumbnails, render

INK = QColor("#102030")


def opacity(image: QImage) -> np.ndarray:
    """Return the opacity of each pixel, from 0 to 255."""
    bgra = np.frombuffer(image.constBits(), np.uint8)
    return bgra.reshape(image.height(), image.width(), 4)[..., 3]


def extent(image: QImage) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(opacity(image) > 60)
    return columns.min(), rows.min(), columns.max(), rows.max()


def line(size: float, width: float) -> Ink:
    return Ink((Stroke.of([(0, 0), (size, size)], width),))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("drawing", [line(0.5, 0.01), line(200, 18), line(9000, 0), line(40, 400)])
def test_ink_of_any_size_fills_the_middle(drawing: Ink, ratio: float) -> None:
    image = render(drawing, Look(ratio, INK))
    assert image.width() == image.height() == round(SIDE * ratio)
    left, top, right, bottom = extent(image)
    assert left > 0
    assert right < image.width() - 1
    assert abs((left + right) / 2 - image.width() / 2) < 3 * ratio
    assert abs((top + bottom) / 2 - image.height() / 2) < 3 * ratio
    middle = opacity(image) == 255
    assert middle.any()
    assert QColor(image.pixelColor(*map(int, np.argwhere(middle)[0][::-1]))) == INK


def test_a_dot_stays_a_dot() -> None:
    left, top, right, bottom = extent(render(Ink((Stroke.of([(5, 5)], 18),)), Look(1, INK)))
    assert 2 <= right - left <= 12
    assert 2 <= bottom - top <= 12


@pytest.mark.parametrize("drawing", [Ink(), Picture(b"not a picture", 5, 5)])
def test_what_shows_nothing_is_blank(drawing: Drawing) -> None:
    assert not opacity(render(drawing, Look(1, INK))).any()


def test_a_picture_keeps_its_shape_and_colours() -> None:
    source = QImage(400, 200, QImage.Format.Format_RGB32)
    source.fill(QColor("#aa5500"))
    image = render(Picture(png_bytes(source), 400, 200), Look(2, INK))
    left, top, right, bottom = extent(image)
    assert (right - left + 1) / (bottom - top + 1) == pytest.approx(2, abs=0.05)
    assert image.pixelColor(SIDE, SIDE) == QColor("#aa5500")


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Thumbnails:  # noqa: ARG001 - pixmaps need an application
    return Thumbnails()


def image() -> QImage:
    return render(line(50, 4), Look(1, INK))


def test_what_is_missing_is_asked_for_once(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    with qtbot.waitSignal(thumbnails.wanted) as asked:
        assert thumbnails.pixmap(3) is None
        assert thumbnails.pixmap(4) is None
        assert thumbnails.pixmap(3) is None
    assert asked.args == [[3, 4]]
    with qtbot.waitSignal(thumbnails.changed):
        thumbnails.put({3: image()})
    three, four = thumbnails.pixmap(3), thumbnails.pixmap(4)
    assert three is not None
    assert not three.isNull()
    assert four is not None  # it has gone: not asked for again
    assert four.isNull()


def test_only_the_latest_are_asked_for(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    with qtbot.waitSignal(thumbnails.wanted) as asked:
        for number in range(1000):
            thumbnails.pixmap(number)
    numbers = asked.args[0]
    assert numbers[-1] == 999
    assert len(numbers) < 100
    thumbnails.put({})
    with qtbot.waitSignal(thumbnails.wanted) as asked:
        thumbnails.pixmap(5)
    assert asked.args == [[5]]


def test_the_oldest_are_forgotten(
    thumbnails: Thumbnails, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT_PIXELS", 2 * SIDE * SIDE)
    for number in (1, 2, 3):
        with qtbot.waitSignal(thumbnails.wanted):
            thumbnails.pixmap(number)
        thumbnails.put({number: image()})
    assert thumbnails.pixmap(3) is not None
    assert thumbnails.pixmap(2) is not None
    assert thumbnails.pixmap(1) is None


def test_after_a_change_of_looks_all_is_asked_for_again(
    thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(thumbnails.wanted):
        thumbnails.pixmap(1)
    thumbnails.forget()
    assert thumbnails.pixmap(1) is None
    assert thumbnails.pixmap(2) is None
    qtbot.wait(10)
    thumbnails.put({1: image()})  # of the old looks
    assert thumbnails.pixmap(1) is None
    with qtbot.waitSignal(thumbnails.wanted) as asked:
        assert thumbnails.pixmap(2) is None
    assert sorted(asked.args[0]) == [1, 2]
    thumbnails.put({1: image(), 2: image()})
    assert all(pixmap and not pixmap.isNull() for pixmap in map(thumbnails.pixmap, (1, 2)))
