"""What is chosen after training, on validation sets alone: temperatures and the threshold."""

import math
from collections.abc import Iterator, Sequence

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
from train.evaluation.exam import Exam, as_drawn, digit_probabilities
from train.pool import BEGUN_OTHERS
from train.scoring import asked, logits_of

KEPT = 0.9965
"""Share of real digits that the threshold keeps in validation."""

_NO_DIGIT = 0.05
"""Share of what people draw on a sheet for digits that is none; training shows more of it."""


def calibrate(network: nn.Module, sets: Sequence[Exam], begun: Sequence[Exam]) -> float:
    """Divide the last dense layer by the temperature of least cross entropy, and return it.

    The cross entropy is the mean over the sets of digits as people drew them, each set counting
    the same (temperature scaling, Guo et al. 2017). What is no digit has no say: letters that look
    like digits would make the network unsure of digits too. The outputs that answer while the pen
    is down, where there are any, have a temperature of their own, from ``begun``, and are brought
    to how rarely people draw what is no digit: half drawn, it cannot be told from digits as well
    as when it is finished, so what one expects counts. An ensemble has no such layer and is left
    as it is: its mean is calibrated well enough.
    """
    if not (isinstance(network, nn.Sequential) and isinstance(network[-1], nn.Linear)):
        return 1.0
    layer = network[-1]
    temperature = _cool(network, as_drawn(sets), layer, slice(CLASSES))
    if begun:
        _expect_digits(layer)
        _cool(network, begun, layer, slice(CLASSES, None))
    return temperature


def answer_alike(network: nn.Module) -> None:
    """Let the outputs that answer while the pen is down say what the others say.

    For a network that was never shown digits while they are drawn, so that these outputs learnt
    nothing; each member of an ensemble has its own.
    """
    with torch.no_grad():
        for layer in _two_headed(network):
            for parameter in layer.parameters():
                parameter[CLASSES:] = parameter[:CLASSES]


def tells_beginnings_apart(network: nn.Module) -> bool:
    """Tell whether the outputs that answer while the pen is down have learnt something else."""
    return any(
        not torch.equal(layer.weight[:CLASSES], layer.weight[CLASSES:])
        for layer in _two_headed(network)
    )


def _two_headed(network: nn.Module) -> Iterator[nn.Linear]:
    for layer in network.modules():
        if isinstance(layer, nn.Linear) and layer.out_features == 2 * CLASSES:
            yield layer


def threshold(network: nn.Module, sets: Sequence[Exam]) -> float:
    """Return the highest threshold that keeps ``KEPT`` of the digits; 0 if nothing is refused."""
    if all(s.of_digits for s in sets):
        return 0.0
    any_digit = torch.cat([digit_probabilities(network, s.images).sum(1) for s in as_drawn(sets)])
    return math.floor(float(torch.quantile(any_digit, 1 - KEPT)) * 1000) / 1000


def _expect_digits(layer: nn.Linear) -> None:
    """Bring what goes on from training's share of no digits to people's (Saerens et al. 2002)."""
    with torch.no_grad():
        layer.bias[CLASSES + NOT_A_DIGIT] += _log_odds(_NO_DIGIT) - _log_odds(BEGUN_OTHERS)


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def _cool(network: nn.Module, sets: Sequence[Exam], layer: nn.Linear, outputs: slice) -> float:
    """Divide these ``outputs`` of the last ``layer`` by the best temperature for ``sets``."""
    answers = [asked(logits_of(network, s.images), s.labels) for s in sets]
    candidates = torch.linspace(0.3, 3.0, 271)
    losses = torch.stack([_loss(answers, t) for t in candidates])
    temperature = float(candidates[losses.argmin()])
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter[outputs] /= temperature
    return temperature


def _loss(
    answers: Sequence[tuple[torch.Tensor, torch.Tensor]], temperature: torch.Tensor
) -> torch.Tensor:
    each = [F.cross_entropy(logits / temperature, classes) for logits, classes in answers]
    return torch.stack(each).mean()
