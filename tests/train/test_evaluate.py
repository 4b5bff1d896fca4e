import pytest
import torch
from torch import nn

from train import evaluate
from train.judging.exam import Exam


class Says(nn.Module):
    """Answers with the logits that each image's first row spells."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return images[:, 0, 0, :11] * 255


def images(*rows: list[int]) -> torch.Tensor:
    made = torch.zeros(len(rows), 28, 28, dtype=torch.uint8)
    for image, row in zip(made, rows, strict=True):
        image[0, : len(row)] = torch.tensor(row, dtype=torch.uint8)
        image[27, 27] = 1
    return made


def test_figures_of_digits_and_of_others() -> None:
    sure, wrong, unsure = [9], [0, 9], [1, 1]
    digits = Exam("digits", images(sure, wrong, unsure), torch.tensor([0, 0, 0]))
    others = Exam("others", images([0] * 10 + [9], sure), torch.tensor([10, 10]))
    rows = evaluate.figures(Says(), [digits, others], 0.5)
    assert rows["digits"]["accuracy"] == pytest.approx(2 / 3, abs=1e-5)
    assert rows["digits"]["kept"] == pytest.approx(2 / 3, abs=1e-5)
    assert rows["digits"]["answered_right"] == pytest.approx(1 / 3, abs=1e-5)
    assert rows["others"] == {"refused": 0.5, "drawings": 2.0}
    assert evaluate.test_accuracy(rows) == rows["digits"]["accuracy"]


def test_a_blank_image_counts_as_refused() -> None:
    blank = Exam("blank", torch.zeros(1, 28, 28, dtype=torch.uint8), torch.tensor([10]))
    assert evaluate.figures(Says(), [blank], 0.0)["blank"]["refused"] == 1
