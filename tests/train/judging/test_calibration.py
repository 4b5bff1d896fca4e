import pytest
import torch
from torch import nn

from tests.train.test_evaluate import Says, images
from train import evaluate
from train.judging.calibration import KEPT, calibrate, threshold
from train.judging.exam import Exam


def test_the_threshold_keeps_nearly_all_digits() -> None:
    rows = [[strength] for strength in range(1, 201)]
    digits = Exam("digits", images(*rows), torch.zeros(200, dtype=torch.long))
    others = Exam("others", images([9]), torch.tensor([10]))
    at = threshold(Says(), [digits, others])
    assert evaluate.figures(Says(), [digits], at)["digits"]["kept"] >= KEPT - 1 / 200
    assert at > 0
    blurred = Exam("blurred", images([0]), torch.tensor([0]), remade=True)
    assert threshold(Says(), [digits, blurred, others]) == at
    assert threshold(Says(), [digits]) == 0


@pytest.mark.parametrize("others", [0, 500])
def test_calibration_divides_the_last_layer_by_the_best_temperature(others: int) -> None:
    layer = nn.Linear(784, 2)
    nn.init.zeros_(layer.weight)
    layer.bias.data = torch.tensor([4.0, 0.0])
    network = nn.Sequential(nn.Flatten(), layer)
    digits = torch.tensor([0, 0, 0, 1])
    sets = [Exam("digits", torch.zeros(4, 28, 28, dtype=torch.uint8), digits)]
    blurred = torch.ones(others + 1, dtype=torch.long)
    many = torch.zeros(others + 1, 28, 28, dtype=torch.uint8)
    sets.append(Exam("as pictures", many, blurred, remade=True))
    temperature = calibrate(network, sets)
    expected = 4.0 / torch.logit(torch.tensor(0.75)).item()
    assert temperature == 3.0 or temperature == pytest.approx(expected, abs=0.02)
    assert layer.bias[0].item() == pytest.approx(4.0 / temperature)
