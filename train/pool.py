"""All images that a recipe learns from, resident as tensors, and which of them an epoch draws."""

import hashlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from digitpad.core.drawing import Image
from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
from digitpad.core.training.events import Preparing
from train import negatives
from train.begun import has_beginning
from train.data import DIGITS, Drawings
from train.recipes import Recipe
from train.split import Part
from train.workshop import Kind, Material, Order, make_all

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

    @property
    def shows_beginnings(self) -> bool:
        """Tell whether digits are there while they are still being drawn: all ten or none are."""
        return bool((self.labels >= CLASSES).any())

    def digest(self) -> str:
        """Return a hash of all images and their classes."""
        content = hashlib.sha256(self.images.cpu().contiguous().numpy().data)
        content.update(self.labels.cpu().contiguous().numpy().data)
        return content.hexdigest()

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


def make_pool(part: Part, recipe: Recipe, seed: int, processes: int = 1) -> Pool:
    """Draw every drawing anew several times, make up what is no digit, and weigh it all.

    The images are the same with any number of ``processes``.
    """
    steps = drawing_pool(part, recipe, seed, processes)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            pool: Pool = end.value
            return pool


def drawing_pool(
    part: Part, recipe: Recipe, seed: int, processes: int
) -> Generator[Preparing, None, Pool]:
    """Return what `make_pool` returns, and meanwhile tell how far that is."""
    material = Material(part.digits, unlike_digits(part.others), recipe.variants, seed)
    lots = list(_lots(material, recipe))
    made = yield from make_all(material, [order for order, _ in lots], processes)
    pictures = list(_pictures(part, recipe))
    images = [*(images for images, _, _ in pictures), *(images for images, _ in made)]
    labels = [*(labels for _, labels, _ in pictures), *(labels for _, labels in made)]
    weights = [*(weights for _, _, weights in pictures), *(weights for _, weights in lots)]
    return Pool(*(torch.from_numpy(np.concatenate(parts)) for parts in (images, labels, weights)))


Lot = tuple[Order, npt.NDArray[np.float64]]
"""What is to be drawn, and how often an epoch draws each."""


def _pictures(
    part: Part, recipe: Recipe
) -> Iterator[tuple[Image, npt.NDArray[np.int64], npt.NDArray[np.float64]]]:
    count = sum(len(p.images) for p in part.pictures)
    for pictures in part.pictures:
        weights = np.full(len(pictures.images), min(recipe.pictures / count, 1.0))
        yield pictures.images, pictures.labels, weights


def _lots(material: Material, recipe: Recipe) -> Iterator[Lot]:
    if material.digits and recipe.drawings > 0:
        yield from _digits(material, recipe)
    if recipe.config.outputs > NOT_A_DIGIT and recipe.others > 0:
        yield from _others(material, recipe)
    if recipe.config.outputs > CLASSES and recipe.begun > 0 and material.digits:
        yield from _begun(material, recipe)


def _digits(material: Material, recipe: Recipe) -> Iterator[Lot]:
    writers = [_writer_weights(drawings) for drawings in material.digits]
    scale = recipe.drawings / sum(float(w.sum()) for w in writers) / material.variants
    for number, weights in enumerate(writers):
        each = (weights * scale).repeat(material.variants)
        yield Order(Kind.DIGITS, number, range(len(each))), each


def _others(material: Material, recipe: Recipe) -> Iterator[Lot]:
    count = sum(len(drawings.inks) for drawings in material.others)
    for number, drawings in enumerate(material.others):
        rows = range(len(drawings.inks) * material.variants_of_others)
        share = recipe.others * _LETTERS_SHARE / count / material.variants_of_others
        yield Order(Kind.OTHERS, number, rows), np.full(len(rows), share)
    made_up = recipe.others * ((1 - _LETTERS_SHARE) if material.others else 1.0)
    families = negatives.families(with_digits=bool(material.digits))
    learnt = [number for number, name in families.items() if name not in recipe.left_out]
    rows = range(material.variants * MADE_UP_PER_VARIANT)
    for number in learnt:
        yield (
            Order(Kind.MADE_UP, number, rows),
            np.full(len(rows), made_up / len(learnt) / len(rows)),
        )


def _begun(material: Material, recipe: Recipe) -> Iterator[Lot]:
    if not _all_begin(material.digits):  # else the few would be expected everywhere
        return
    shares = (1 - BEGUN_OTHERS, material.digits), (BEGUN_OTHERS, material.others)
    for number, (share, sets) in enumerate(shares):
        if any(has_beginning(ink) for drawings in sets for ink in drawings.inks):
            rows = range(max(round(material.variants * BEGUN_PER_VARIANT * share), 1))
            each = np.full(len(rows), recipe.begun * share / len(rows))
            yield Order(Kind.BEGUN, number, rows), each


def _all_begin(digits: Sequence[Drawings]) -> bool:
    """Tell whether there is a drawing of each digit that can be shown while it is drawn."""
    begin = (
        label
        for drawings in digits
        for label, ink in zip(drawings.labels, drawings.inks, strict=True)
        if has_beginning(ink)
    )
    return set(begin) >= DIGITS


def unlike_digits(others: Sequence[Drawings]) -> tuple[Drawings, ...]:
    """Return what is no digit without what looks like one; sets of nothing else are left out."""
    kept = (drawings.without(negatives.LIKE_DIGITS) for drawings in others)
    return tuple(drawings for drawings in kept if drawings.inks)


def _writer_weights(drawings: Drawings) -> npt.NDArray[np.float64]:
    """Weigh each drawing so that a writer counts as the square root of what they drew."""
    counts = Counter(drawings.writers)
    return np.array([counts[writer] ** -0.5 for writer in drawings.writers])
