"""Shapes that people draw and that are no digits, as lines within about one unit."""

import numpy as np
import numpy.typing as npt

Rng = np.random.Generator
Path2d = npt.NDArray[np.float64]
"""Points in the order of drawing, shape (n, 2), y growing downward."""


def doodle(rng: Rng) -> list[Path2d]:
    """Return a star, cross, arrow, triangle, grid, heart, face, house, comb or upright lines."""
    return _DOODLES[int(rng.integers(len(_DOODLES)))](rng)


def _line(*points: tuple[float, float]) -> Path2d:
    """Return straight lines with sharp corners: with few points they would be drawn rounded."""
    corners = np.array(points, np.float64)
    at = np.linspace(0, len(corners) - 1, 8 * (len(corners) - 1) + 1)
    known = np.arange(len(corners))
    return np.column_stack([np.interp(at, known, corners[:, axis]) for axis in (0, 1)])


def _arc(x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360) -> Path2d:
    t = np.radians(np.linspace(start, end, 24))
    return np.column_stack([x + rx * np.cos(t), y + ry * np.sin(t)])


def _star(rng: Rng) -> list[Path2d]:
    n = int(rng.choice([5, 7]))
    t = np.arange(n + 1) * 2 * np.pi * 2 / n - np.pi / 2
    return [_line(*zip(np.cos(t), np.sin(t), strict=True))]


def _rays(rng: Rng) -> list[Path2d]:
    n = int(rng.integers(2, 6))
    angles = np.arange(n) * np.pi / n + rng.uniform(0, np.pi)
    ends = [(float(np.cos(a)), float(np.sin(a))) for a in angles]
    return [_line((-x, -y), (x, y)) for x, y in ends]


def _arrow(_: Rng) -> list[Path2d]:
    return [_line((0, 0), (1, 0)), _line((0.7, -0.3), (1, 0), (0.7, 0.3))]


def _triangle(rng: Rng) -> list[Path2d]:
    top = float(rng.uniform(0.2, 0.8))
    return [_line((0, 1), (1, 1), (top, 0), (0, 1))]


def _grid(rng: Rng) -> list[Path2d]:
    n, m = rng.integers(2, 5, 2)
    return [_line((i / n, -0.2), (i / n, 1.2)) for i in range(n)] + [
        _line((-0.2, j / m), (1.2, j / m)) for j in range(m)
    ]


def _heart(_: Rng) -> list[Path2d]:
    t = np.linspace(0, 2 * np.pi, 40)
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return [np.column_stack([16 * np.sin(t) ** 3, -y]) / 16]


def _face(_: Rng) -> list[Path2d]:
    return [
        _arc(0, 0, 1, 1),
        _arc(-0.35, -0.3, 0.08, 0.1),
        _arc(0.35, -0.3, 0.08, 0.1),
        _arc(0, 0.1, 0.5, 0.4, 20, 160),
    ]


def _house(_: Rng) -> list[Path2d]:
    return [_line((0, 1), (0, 0.4), (0.5, 0), (1, 0.4), (1, 1), (0, 1)), _line((0, 0.4), (1, 0.4))]


def _comb(rng: Rng) -> list[Path2d]:
    n = int(rng.integers(3, 7))
    return [_line((0, 0), (1, 0))] + [_line((i / (n - 1), 0), (i / (n - 1), 0.6)) for i in range(n)]


def _strokes_side_by_side(rng: Rng) -> list[Path2d]:
    return [_line((i * 0.35, 0), (i * 0.35, 1)) for i in range(int(rng.integers(2, 6)))]


_DOODLES = (
    _star,
    _rays,
    _arrow,
    _triangle,
    _grid,
    _heart,
    _face,
    _house,
    _comb,
    _strokes_side_by_side,
)
