"""SVG: a picture of the curve that the canvas paints."""

import re
from xml.etree.ElementTree import Element, fromstring

import numpy as np
from hypothesis import given

from digitpad.core.formats.svg import write_svg
from digitpad.core.ink import Ink, Stroke, smooth
from tests.drawings import inks, sample_digits

SPACE = "{http://www.w3.org/2000/svg}"


def paths(ink: Ink) -> list[Element]:
    return fromstring(write_svg(ink)).findall(f".//{SPACE}path")


def test_a_stroke_is_quadratic_curves_through_the_middles() -> None:
    (path,) = paths(Ink((Stroke.of([(0, 0), (10, 0), (10, 20), (30, 20)], 4),)))
    assert path.get("d") == "M0,0 L5,0 Q10,0 10,10 Q10,20 20,20 L30,20"
    assert path.get("stroke-width") == "4"


def test_a_line_and_a_dot_are_drawn() -> None:
    line, dot = paths(Ink((Stroke.of([(1, 2), (3, 4)]), Stroke.of([(5, 6)]))))
    assert line.get("d") == "M1,2 L3,4"
    assert dot.get("d") == "M5,6 L5,6"


def test_ends_and_joins_are_round() -> None:
    group = fromstring(write_svg(sample_digits()[2])).find(f"{SPACE}g")
    assert group is not None
    assert (group.get("stroke-linecap"), group.get("stroke-linejoin")) == ("round", "round")


@given(inks)
def test_all_of_the_ink_is_in_view(ink: Ink) -> None:
    root = fromstring(write_svg(ink))
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert (width, height) == (float(root.get("width", "")), float(root.get("height", "")))
    slack = 1e-4 * (1 + abs(left) + abs(top) + width + height)
    for stroke in ink.strokes:
        low = stroke.points[:, :2].min(axis=0) - stroke.width / 2 + slack
        high = stroke.points[:, :2].max(axis=0) + stroke.width / 2 - slack
        assert (low >= (left, top)).all()
        assert (high <= (left + width, top + height)).all()


def test_the_curve_is_the_one_that_is_painted() -> None:
    ink = sample_digits()[3]
    for stroke, path in zip(ink.strokes, paths(ink), strict=True):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", path.get("d", ""))]
        start, first, *rest, end = np.array(numbers).reshape(-1, 2)
        curve, here = [start, first], first
        for control, there in zip(rest[::2], rest[1::2], strict=True):
            curve.append((here + 2 * control + there) / 4)
            here = there
        curve.append(end)
        painted = smooth(stroke.points, 0.05)[:, :2]
        gaps = np.hypot(*(np.array(curve)[:, None] - painted).transpose(2, 0, 1)).min(axis=1)
        assert gaps.max() < 0.1


def test_no_ink_is_still_a_picture() -> None:
    assert paths(Ink()) == []
