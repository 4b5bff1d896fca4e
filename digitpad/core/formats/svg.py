"""Ink as an SVG picture, with the same curves that the canvas paints."""

from digitpad.core.ink import Box, Ink, Points, Stroke

_MARGIN = 0.1
"""Space left around the ink, as a share of its longest side."""


def write_svg(ink: Ink) -> bytes:
    """Return a picture that fits ``ink``, black on transparent; its units are those of the ink."""
    box = _picture_box(ink)
    paths = "\n".join(f'  <path stroke-width="{s.width:g}" d="{_path(s)}"/>' for s in ink.strokes)
    view = " ".join(f"{value:g}" for value in box)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{box.width:g}" height="{box.height:g}" '
        f'viewBox="{view}">\n'
        ' <g fill="none" stroke="#000000" stroke-linecap="round" stroke-linejoin="round">\n'
        f"{paths}\n </g>\n</svg>\n"
    ).encode()


def _picture_box(ink: Ink) -> Box:
    bounds = ink.bounds()
    if bounds is None:
        return Box(0, 0, 1, 1)
    widest = max(stroke.width for stroke in ink.strokes)
    pad = widest / 2 + _MARGIN * max(bounds.width, bounds.height, widest, 1)
    return Box(bounds.left - pad, bounds.top - pad, bounds.width + 2 * pad, bounds.height + 2 * pad)


def _path(stroke: Stroke) -> str:
    """Return the path through the middles of the segments, as `ink.smooth` describes it."""
    points = stroke.points
    if len(points) < 3:
        return f"M{_xy(points, 0)} L{_xy(points, -1)}"
    middles = (points[:-1] + points[1:]) / 2
    curves = (f"Q{_xy(points, i)} {_xy(middles, i)}" for i in range(1, len(middles)))
    start = f"M{_xy(points, 0)} L{_xy(middles, 0)}"
    return " ".join([start, *curves, f"L{_xy(points, -1)}"])


def _xy(points: Points, index: int) -> str:
    x, y = points[index, :2]
    return f"{x:.6g},{y:.6g}"
