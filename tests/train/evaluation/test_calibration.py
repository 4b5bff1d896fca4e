import pytest
import torch
from torch import nn

from digitpad.core.models.networks import EnsembleConfig, StridedConfig, build, halves
from tests.train.evaluation.test_judge import Says, images
from train.evaluation.calibration import KEPT, answer_alike, calibrate, threshold
from train.evaluation.exam import Exam
from train.evaluation.judge import Judge
from train.pool import BEGUN_OTHERS


def test_the_threshold_keeps_nearly_all_digits() -> None:
    rows = [[strength] for strength in range(1, 201)]
    digits = Exam("digits", images(*rows), torch.zeros(200, dtype=torch.long))
    others = Exam("others", images([9]), torch.tensor([10]))
    at = threshold(Says(), [digits, others])
    assert Judge(Says(), at).examine(digits).kept >= KEPT - 1 / 200
    assert at > 0
    blurred = Exam("blurred", images([0]), torch.tensor([0]), remade=True)
    assert threshold(Says(), [digits, blurred, others]) == at
    assert threshold(Says(), [digits]) == 0


def test_calibration_divides_the_last_layer_by_the_best_temperature_for_digits() -> None:
    layer = nn.Linear(784, 11)
    nn.init.zeros_(layer.weight)
    layer.bias.data = torch.tensor([2.0, 0.0] + [-90.0] * 9)
    network = nn.Sequential(nn.Flatten(), layer)

    def blanks(*labels: int, remade: bool = False) -> Exam:
        shape = len(labels), 28, 28
        return Exam("", torch.zeros(shape, dtype=torch.uint8), torch.tensor(labels), remade)

    sets = [blanks(0, 0, 0, 1), blanks(*[0, 0, 1] * 9), blanks(*[1] * 50, remade=True)]
    temperature = calibrate(network, [*sets, blanks(*[10] * 50)], [])
    mean = (3 / 4 + 2 / 3) / 2
    assert temperature == pytest.approx(2.0 / torch.logit(torch.tensor(mean)).item(), abs=0.01)
    assert layer.bias[0].item() == pytest.approx(2.0 / temperature)


def test_what_goes_on_has_a_temperature_of_its_own() -> None:
    layer = nn.Linear(784, 22)
    nn.init.zeros_(layer.weight)
    layer.bias.data = torch.tensor(([2.0, 0.0] + [-20.0] * 9) * 2)
    paper = torch.zeros(4, 28, 28, dtype=torch.uint8)
    drawn = Exam("drawn", paper, torch.tensor([0, 0, 0, 1]))
    begun = Exam("begun", paper, torch.tensor([11, 12, 11, 12]))
    calibrate(nn.Sequential(nn.Flatten(), layer), [drawn], [begun])
    whole, half = layer.bias.detach().view(2, 11)[:, :2].softmax(1)
    assert whole[0].item() == pytest.approx(0.75, abs=0.01)
    assert half[0].item() < 0.7


def test_while_the_pen_is_down_no_digit_is_as_rare_as_with_people() -> None:
    layer = nn.Linear(784, 22)
    nn.init.zeros_(layer.weight)
    digits = torch.tensor([3 / 4, 1 / 4, *[1e-6] * 8]) * (1 - BEGUN_OTHERS)
    trained = torch.tensor([*digits, BEGUN_OTHERS])
    layer.bias.data = trained.log().repeat(2)
    paper = torch.zeros(80, 28, 28, dtype=torch.uint8)
    drawn = Exam("drawn", paper, torch.tensor([0] * 80))
    begun = Exam("begun", paper, 11 + torch.tensor([0] * 57 + [1] * 19 + [10] * 4))
    calibrate(nn.Sequential(nn.Flatten(), layer), [drawn], [begun])
    assert layer.bias.detach()[11:].softmax(0)[10].item() == pytest.approx(0.05, abs=0.005)


@pytest.mark.parametrize(
    ("name", "config"),
    [("strided", StridedConfig()), ("ensemble", EnsembleConfig(("kaggle", "stages"), 22))],
)
def test_what_learnt_nothing_of_beginnings_answers_them_as_it_answers_the_rest(
    name: str, config: StridedConfig | EnsembleConfig
) -> None:
    network = build(name, config).eval()
    paper = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(1))
    before = halves(network(paper))[:, 0]
    answer_alike(network)
    whole, begun = halves(network(paper)).unbind(1)
    assert torch.equal(whole, before)
    assert torch.equal(begun, before)
