"""A network that looks again, from four other angles, at what it is unsure of."""

import math

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from digitpad.core.models.networks import NOT_A_DIGIT

SURE = 0.9
"""Probability of a digit from which on one look is enough: that of 97 of 100 real digits."""

_TURN = math.radians(8)
_SLANT = 0.15
_ANGLES = (
    ((math.cos(_TURN), -math.sin(_TURN)), (math.sin(_TURN), math.cos(_TURN))),
    ((math.cos(_TURN), math.sin(_TURN)), (-math.sin(_TURN), math.cos(_TURN))),
    ((1.0, _SLANT), (0.0, 1.0)),
    ((1.0, -_SLANT), (0.0, 1.0)),
)
"""Turned by 8 degrees and slanted by 15 %, either way: as far as hands differ anyway."""


class SecondLook(nn.Module):
    """Wraps ``network``: (n, 1, 28, 28) in 0..1 to the logarithms of mean probabilities.

    A sure answer costs nothing more and stays as it is; the softmax of the output is the mean of
    the network's softmax over five looks at an unsure one (test-time augmentation).
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, grey: Tensor) -> Tensor:
        probabilities: Tensor = self.network(grey).softmax(dim=1)
        unsure = probabilities[:, :NOT_A_DIGIT].amax(dim=1) < SURE
        if unsure.any():
            views = self.network(_views(grey[unsure])).softmax(dim=1)
            looks = torch.cat([probabilities[unsure][None], views.unflatten(0, (len(_ANGLES), -1))])
            probabilities = probabilities.index_put((unsure,), looks.mean(dim=0))
        return probabilities.log()


def _views(grey: Tensor) -> Tensor:
    """Return (4 n, 1, 28, 28): all images from the first angle, then from the second..."""
    matrices = F.pad(torch.tensor(_ANGLES, dtype=grey.dtype, device=grey.device), (0, 1))
    every = matrices.repeat_interleave(len(grey), dim=0)
    size = [len(every), *grey.shape[1:]]
    grid = F.affine_grid(every, size, align_corners=False)
    return F.grid_sample(grey.repeat(len(_ANGLES), 1, 1, 1), grid, align_corners=False)
