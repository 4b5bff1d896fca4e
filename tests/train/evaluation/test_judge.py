import numpy as np
import pytest
import torch
from torch import nn

from train.evaluation.exam import Exam
from train.evaluation.judge import Judge, auroc, digits_row, others_row


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


SURE, WRONG, HARDLY = [9], [0, 9], [1, *[0] * 9, 3]


def test_figures_of_digits() -> None:
    digits = Exam("digits", images(SURE, WRONG, HARDLY), torch.tensor([0, 0, 0]))
    row = digits_row(Judge(Says(), 0.5).examine(digits), remade=False)
    assert row.figures["accuracy"] == pytest.approx(2 / 3, abs=1e-5)
    assert row.figures["kept"] == pytest.approx(2 / 3, abs=1e-5)
    assert row.figures["answered_right"] == pytest.approx(1 / 3, abs=1e-5)
    assert row.confusion is not None
    assert row.confusion[0].tolist() == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_one_of_two_digits_is_a_digit_once_the_pen_is_lifted() -> None:
    judge, either = Judge(Says(), 0.9), images([5, 5]).numpy()
    assert judge.evaluation(either).kept == 1
    assert judge.evaluation(either, pen_down=True).kept == 0


def test_figures_of_what_is_no_digit() -> None:
    others = Exam.refusable("others", images([0] * 10 + [9], SURE).numpy())
    row = others_row(Judge(Says(), 0.5).examine(others), np.array([0.5, 1.0]))
    assert row.figures == {"refused": 0.5, "auroc": 0.75, "drawings": 2.0}


def test_a_blank_image_counts_as_refused() -> None:
    blank = Exam.refusable("blank", np.zeros((1, 28, 28), np.uint8))
    assert others_row(Judge(Says(), 0.0).examine(blank), np.empty(0)).figures["refused"] == 1


@pytest.mark.parametrize(
    ("higher", "lower", "area"),
    [
        ([0.9, 0.8], [0.1, 0.2, 0.3], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.2], [0.1, 0.5], 0.75),
    ],
)
def test_the_area_under_the_curve(higher: list[float], lower: list[float], area: float) -> None:
    assert auroc(np.array(higher), np.array(lower)) == pytest.approx(area)
