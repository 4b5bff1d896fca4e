"""One set to be judged on, and what a network says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from digitpad.core.models.networks import answering
from digitpad.core.prediction import NOT_A_DIGIT
from train.pool import Pool
from train.scoring import logits_of


@dataclass(frozen=True, eq=False, slots=True)
class Exam:
    """Images (n, 28, 28) and labels (n) of one set; those labelled 10 are to be refused.

    The labels of what is still being drawn are ``CLASSES`` higher, as in a Pool.
    ``remade`` says that its images were made worse on purpose: they choose nothing.
    """

    name: str
    images: Tensor
    labels: Tensor
    remade: bool = False

    @classmethod
    def of(
        cls,
        name: str,
        images: npt.NDArray[np.uint8],
        labels: npt.NDArray[np.int64],
        *,
        remade: bool = False,
    ) -> "Exam":
        return cls(name, torch.tensor(images), torch.tensor(labels), remade)

    @classmethod
    def refusable(cls, name: str, images: npt.NDArray[np.uint8]) -> "Exam":
        """Make a set none of which is a digit."""
        return cls.of(name, images, np.full(len(images), NOT_A_DIGIT))

    @property
    def of_digits(self) -> bool:
        return int(self.labels.max()) < NOT_A_DIGIT


def as_drawn(sets: Sequence[Exam]) -> list[Exam]:
    """Return the sets of digits as people drew them: those that may choose something."""
    return [s for s in sets if s.of_digits and not s.remade]


def digit_probabilities(network: nn.Module, images: Tensor, *, pen_down: bool = False) -> Tensor:
    """Return the probabilities of the ten digits, (n, 10), for uint8 images (n, 28, 28)."""
    logits = answering(logits_of(network, images), pen_down=pen_down)
    return logits.softmax(1)[:, :NOT_A_DIGIT]


def as_pool(sets: Sequence[Exam]) -> Pool:
    images, labels = torch.cat([s.images for s in sets]), torch.cat([s.labels for s in sets])
    return Pool(images, labels, torch.ones(len(images), dtype=torch.float64))
