"""A network that looks again, half a pixel to every side, at what it is unsure of."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from digitpad.core.models.networks import answering
from digitpad.core.prediction import CLASSES, DIGITS

SURE = 0.9
"""Probability of a digit from which on one look is enough: that of 98 of 100 real digits."""

_STEPS = ((-1, 0), (1, 0), (0, -1), (0, 1))


class SecondLook(nn.Module):
    """Wraps ``network``: images (n, 1, 28, 28) in 0..1 to logits (n, outputs).

    A sure answer costs nothing more and stays as it is. The softmax of an unsure one is the mean of
    the network's softmax over five looks at the image (test-time augmentation): as it is, and moved
    by half a pixel to the left, right, top and bottom. What the network says of a drawing whose pen
    is down stays as it is.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, grey: Tensor) -> Tensor:
        logits: Tensor = self.network(grey)
        first = answering(logits).softmax(dim=1)
        unsure = first[:, :DIGITS].amax(dim=1) < SURE
        if unsure.any():
            others = answering(self.network(_moved(grey[unsure]))).softmax(dim=1)
            looks = torch.cat([first[unsure][None], others.view(len(_STEPS), -1, first.shape[1])])
            logits[unsure, :CLASSES] = looks.mean(dim=0).log()
        return logits


def _moved(grey: Tensor) -> Tensor:
    """Return (4 n, 1, 28, 28): all images moved one way, then another; half a pixel is a mean."""
    height, width = grey.shape[-2:]
    wide = F.pad(grey, (1, 1, 1, 1))
    beside = [wide[..., 1 + y : 1 + y + height, 1 + x : 1 + x + width] for x, y in _STEPS]
    return torch.cat([(grey + one) / 2 for one in beside])
