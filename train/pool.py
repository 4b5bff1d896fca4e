"""All images that a recipe learns from, resident as tensors, and which of them an epoch draws."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from digitpad.core.ink import Ink
from digitpad.core.models.networks import CLASSES, NOT_A_DIGIT
from train import negatives
from train.begun import begun, with_beginnings
from train.data import Drawings
from train.recipes import Recipe
from train.split import Part
from train.strokes import plainly_seen, seen

_LETTERS_SHARE = 0.45
"""Of the images of no digit, the share of letters and signs; the rest is made up."""
MADE_UP_PER_VARIANT = 1000
"""Images of each made-up family for each variant of a drawing."""

BEGUN_PER_VARIANT = 5000
"""Images of drawings that go on, for each variant of a drawing."""
BEGUN_OTHERS = 0.2
"""Of these, the share of letters and signs."""


@dataclass(frozen=True, eq=False, slots=True)
class Pool:
    """Images uint8 (n, 28, 28), their classes (n), and how often an epoch draws each (n).

    The classes of what is still being drawn are ``CLASSES`` higher.
    The weights stay on the CPU: there are devices without float64.
    """

    images: Tensor
    labels: Tensor
    weights: Tensor

    @property
    def per_epoch(self) -> int:
        return round(float(self.weights.sum()))

    def to(self, device: torch.device) -> "Pool":
        return Pool(self.images.to(device), self.labels.to(device), self.weights)

    def epoch(self, generator: torch.Generator) -> Tensor:
        """Return the rows of one epoch in random order, each drawn as often as its weight says.

        The generator is the CPU's; the rows are where the images are.
        A weight of 2.3 gives two or three draws, never none: less chance than independent draws.
        """
        ends = self.weights.cumsum(0)
        offset = torch.rand((), generator=generator, dtype=ends.dtype)
        at = torch.arange(self.per_epoch, dtype=ends.dtype) + offset
        rows = torch.searchsorted(ends, at).clamp_(max=len(ends) - 1)
        rows = rows[torch.randperm(len(rows), generator=generator)]
        return rows.to(self.images.device)


def make_pool(part: Part, recipe: Recipe, seed: int) -> Pool:
    """Draw every drawing anew several times, make up what is no digit, and weigh it all."""
    blocks = [*_pictures(part, recipe), *_digits(part, recipe, seed)]
    if recipe.config.outputs > NOT_A_DIGIT and recipe.others > 0:
        blocks += _others(part, recipe, seed)
    if recipe.config.outputs > CLASSES and recipe.begun > 0 and part.digits:
        blocks += _begun(part, recipe, seed)
    images, labels, weights = zip(*blocks, strict=True)
    return Pool(
        torch.from_numpy(np.concatenate(images)),
        torch.from_numpy(np.concatenate(labels)),
        torch.from_numpy(np.concatenate(weights)),
    )


Block = tuple[np.ndarray, np.ndarray, np.ndarray]


def _pictures(part: Part, recipe: Recipe) -> Iterator[Block]:
    count = sum(len(p.images) for p in part.pictures)
    for pictures in part.pictures:
        weights = np.full(len(pictures.images), min(recipe.pictures / count, 1.0))
        yield pictures.images, pictures.labels, weights


def _digits(part: Part, recipe: Recipe, seed: int) -> Iterator[Block]:
    if not part.digits or recipe.drawings == 0:
        return
    writers = [_writer_weights(drawings) for drawings in part.digits]
    scale = recipe.drawings / sum(float(w.sum()) for w in writers)
    for number, (drawings, weights) in enumerate(zip(part.digits, writers, strict=True)):
        images = _variants(drawings, recipe.variants, [seed, 1, number])
        yield (
            images,
            drawings.digits.repeat(recipe.variants),
            (weights * scale / recipe.variants).repeat(recipe.variants),
        )


def _others(part: Part, recipe: Recipe, seed: int) -> Iterator[Block]:
    sets = _unlike_digits(part)
    for number, drawings in enumerate(sets):
        variants = max(recipe.variants // 2, 1)
        images = _variants(drawings, variants, [seed, 2, number])
        share = recipe.others * _LETTERS_SHARE * len(drawings.inks)
        weight = share / sum(len(d.inks) for d in sets) / len(images)
        yield images, _no_digit(len(images)), np.full(len(images), weight)
    digits = labelled(part.digits)
    made_up = recipe.others * ((1 - _LETTERS_SHARE) if sets else 1.0)
    made = negatives.make(digits, recipe.variants * MADE_UP_PER_VARIANT, seed)
    families = [images for family, images in made.items() if family not in recipe.left_out]
    for images in families:
        weight = made_up / len(families) / len(images)
        yield images, _no_digit(len(images)), np.full(len(images), weight)


def _begun(part: Part, recipe: Recipe, seed: int) -> Iterator[Block]:
    shares = {BEGUN_OTHERS: _unlike_digits(part), 1 - BEGUN_OTHERS: part.digits}
    for number, (share, sets) in enumerate(shares.items()):
        if drawings := with_beginnings(labelled(sets)):
            rng = np.random.default_rng([seed, 3, number])
            count = max(round(recipe.variants * BEGUN_PER_VARIANT * share), 1)
            images, labels = begun(drawings, count, rng)
            yield images, labels, np.full(count, recipe.begun * share / count)


def _unlike_digits(part: Part) -> list[Drawings]:
    kept = (drawings.without(negatives.LIKE_DIGITS) for drawings in part.others)
    return [drawings for drawings in kept if drawings.inks]


def labelled(sets: Sequence[Drawings]) -> list[tuple[str, Ink]]:
    """Return all drawings with their labels."""
    return [pair for s in sets for pair in zip(s.labels, s.inks, strict=True)]


def _writer_weights(drawings: Drawings) -> np.ndarray:
    """Weigh each drawing so that a writer counts as the square root of what they drew."""
    counts = Counter(drawings.writers)
    return np.array([counts[writer] ** -0.5 for writer in drawings.writers])


def _variants(drawings: Drawings, count: int, seed: list[int]) -> np.ndarray:
    """Return ``count`` images of each drawing, the first as the app shows it."""
    rng = np.random.default_rng(seed)
    return np.stack(
        [
            plainly_seen(ink) if variant == 0 else seen(ink, rng)
            for ink in drawings.inks
            for variant in range(count)
        ]
    )


def _no_digit(count: int) -> np.ndarray:
    return np.full(count, NOT_A_DIGIT)
