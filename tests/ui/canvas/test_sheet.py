import pytest

from digitpad.ui.canvas.canvas import Canvas
from tests.ui import hand


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_ink_is_kept_in_the_screens_own_pixels(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch, ratio: float
) -> None:
    """The window moves to another screen: the pixmap is made anew, the ink stays."""
    hand.draw(canvas, hand.line((50, 150), (350, 150)))
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: ratio)
    canvas.repaint()
    kept = canvas._layer._pixmap
    assert kept is not None
    assert (kept.width(), kept.height()) == (round(400 * ratio), round(300 * ratio))
    assert kept.devicePixelRatio() == ratio
    image = kept.toImage()
    assert image.pixelColor(round(200 * ratio), round(150 * ratio)) == canvas.colours.ink
    assert image.pixelColor(round(200 * ratio), round(100 * ratio)) == canvas.colours.paper


def test_finished_ink_is_not_painted_again_while_drawing(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    for y in range(20, 280, 20):
        hand.draw(canvas, hand.line((20, y), (380, y)))
    canvas.repaint()
    repaints: list[bool] = []
    monkeypatch.setattr(canvas, "_paint_settled", lambda _: repaints.append(True))
    hand.press(canvas, (50, 50))
    for x in range(51, 350):
        hand.move(canvas, (x, 60))
        canvas.repaint()
    hand.release(canvas, (350, 60))
    canvas.repaint()
    assert not repaints
