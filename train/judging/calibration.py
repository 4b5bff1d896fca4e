"""What is chosen after training, on validation sets alone: the temperature and the threshold."""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

from train.judging.exam import Exam, as_drawn, digit_probabilities
from train.scoring import logits_of

KEPT = 0.997
"""Share of real digits that the threshold keeps in validation."""


def calibrate(network: nn.Module, sets: Sequence[Exam]) -> float:
    """Divide the last dense layer by the temperature of least cross entropy, and return it.

    The cross entropy is the mean over the sets of digits as people drew them, each set counting
    the same (temperature scaling, Guo et al. 2017). What is no digit has no say: letters that look
    like digits would make the network unsure of digits too. An ensemble has no such layer and is
    left as it is: its mean is calibrated well enough.
    """
    if not (isinstance(network, nn.Sequential) and isinstance(network[-1], nn.Linear)):
        return 1.0
    answers = [(logits_of(network, s.images), s.labels) for s in as_drawn(sets)]
    candidates = torch.linspace(0.3, 3.0, 271)
    losses = torch.stack([_loss(answers, t) for t in candidates])
    temperature = float(candidates[losses.argmin()])
    with torch.no_grad():
        for parameter in network[-1].parameters():
            parameter.div_(temperature)
    return temperature


def threshold(network: nn.Module, sets: Sequence[Exam]) -> float:
    """Return the highest threshold that keeps ``KEPT`` of the digits; 0 if nothing is refused."""
    if all(s.of_digits for s in sets):
        return 0.0
    likeliest = torch.cat([digit_probabilities(network, s.images).amax(1) for s in as_drawn(sets)])
    return math.floor(float(torch.quantile(likeliest, 1 - KEPT)) * 1000) / 1000


def _loss(
    answers: Sequence[tuple[torch.Tensor, torch.Tensor]], temperature: torch.Tensor
) -> torch.Tensor:
    each = [F.cross_entropy(logits / temperature, labels) for logits, labels in answers]
    return torch.stack(each).mean()
