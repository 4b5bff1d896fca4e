import math

import torch
from torch import nn

from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
from train.pool import Pool
from train.scoring import read_rightly, score


class Says(nn.Module):
    """A network that says of every image the class that its first pixel is, in both halves."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        classes = (images[:, 0, 0, 0] * 255).round().long()
        return 50 * nn.functional.one_hot(classes, CLASSES).float().repeat(1, 2)


def pool(said: list[int], labels: list[int]) -> Pool:
    images = torch.zeros(len(said), 28, 28, dtype=torch.uint8)
    images[:, 0, 0] = torch.tensor(said)
    return Pool(images, torch.tensor(labels), torch.ones(len(said)).double())


def test_accuracy_is_that_of_whole_digits_and_loss_that_of_all() -> None:
    begun = CLASSES + 7
    said, labels = [3, 4, NOT_A_DIGIT, 3, 3], [3, 5, 6, NOT_A_DIGIT, begun]
    loss, accuracy = score(Says(), pool(said, labels))
    assert accuracy == 1 / 3
    assert math.isclose(loss, 4 * 50 / 5, rel_tol=1e-6)


def test_a_refused_digit_is_not_read_rightly() -> None:
    logits = nn.functional.one_hot(torch.tensor([NOT_A_DIGIT, 2]), CLASSES)
    assert read_rightly(logits, torch.tensor([2, 2])).tolist() == [1, 2]


def test_without_digits_nothing_is_read_rightly() -> None:
    _, accuracy = score(Says(), pool([NOT_A_DIGIT], [NOT_A_DIGIT]))
    assert accuracy == 0
