"""Variations of whole batches of images, on whichever device holds them."""

from dataclasses import dataclass
from functools import cache

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

_KNOTS = 5
"""Places along each side at which a bend is drawn by chance."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far images may be varied; all 0 leaves them as they are.

    ``turn`` in radians, ``shear`` and ``stretch`` as shares, ``shift`` and ``bend`` in pixels: all
    standard deviations. ``pen`` is the share of a pixel's ring by which strokes grow or shrink.
    """

    turn: float = 0.10
    shear: float = 0.12
    stretch: float = 0.09
    shift: float = 0.7
    bend: float = 0.7
    pen: float = 0.6


def augment(images: Tensor, how: Augmentation, generator: torch.Generator) -> Tensor:
    """Return varied copies of ``images``, float32 (n, 1, 28, 28) in 0..1."""
    n, _, height, width = images.shape
    grid = F.affine_grid(_matrices(n, how, width, generator), [n, 1, height, width], False)
    if how.bend > 0:
        coarse = _normal((n, 2, _KNOTS, _KNOTS), generator) * (how.bend * 2 / width)
        bend = _cubic(height, images.device) @ coarse @ _cubic(width, images.device).T
        grid = grid + bend.permute(0, 2, 3, 1)
    moved = F.grid_sample(images, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    return _other_pen(moved, how.pen, generator) if how.pen > 0 else moved


def _matrices(n: int, how: Augmentation, side: int, generator: torch.Generator) -> Tensor:
    turn, shear, x, y, wide, high = _normal((6, n), generator)
    angle = turn * how.turn
    cos, sin = angle.cos(), angle.sin()
    slant = shear * how.shear
    a, b = (wide * how.stretch).exp(), (high * how.stretch).exp()
    move = how.shift * 2 / side
    rows = [a * cos, a * (slant * cos - sin), x * move, b * sin, b * (slant * sin + cos), y * move]
    return torch.stack(rows, dim=1).view(n, 2, 3)


def _other_pen(images: Tensor, most: float, generator: torch.Generator) -> Tensor:
    """Grow the strokes of a third of the images and shrink those of another third."""
    n = len(images)
    amount = (
        torch.rand((n, 1, 1, 1), generator=generator, device=generator.device) * 3 - 1.5
    ) * most
    amount = amount.sign() * (amount.abs() - most / 2).clamp(min=0)
    target = torch.where(amount > 0, _widest(images), -_widest(-images))
    return images + (target - images) * amount.abs()


def _widest(images: Tensor) -> Tensor:
    """Return the maximum over each pixel and its eight neighbours.

    Several times faster on a CPU than a max pool whose stride is one.
    """
    rows = images.clone()
    torch.maximum(rows[..., 1:, :], images[..., :-1, :], out=rows[..., 1:, :])
    torch.maximum(rows[..., :-1, :], images[..., 1:, :], out=rows[..., :-1, :])
    widest = rows.clone()
    torch.maximum(widest[..., 1:], rows[..., :-1], out=widest[..., 1:])
    torch.maximum(widest[..., :-1], rows[..., 1:], out=widest[..., :-1])
    return widest


@cache
def _cubic(size: int, device: torch.device) -> Tensor:
    """Return the matrix (size, knots) of cubic interpolation between the knots."""
    knots = torch.eye(_KNOTS)[None, :, :, None]
    spread = F.interpolate(knots, (size, 1), mode="bicubic", align_corners=True)
    return spread[0, :, :, 0].T.to(device)


def _normal(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return torch.randn(shape, generator=generator, device=generator.device)
