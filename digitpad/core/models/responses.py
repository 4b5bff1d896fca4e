"""What the layers of a network answer to one image, as grey levels to be looked at."""

import torch
from torch import Tensor, nn

from digitpad.core.drawing import Image
from digitpad.core.models.networks import Residual

_ACTIVATIONS = (nn.ReLU, nn.Sigmoid, nn.Tanh, Residual)
_STRONGEST = 0.99
"""Share of a layer's responses that are below its strongest ones."""


@torch.inference_mode()
def responses(network: nn.Module, grey: Tensor) -> tuple[Image, ...]:
    """Return the feature maps after each activation, first layer first: uint8 (n, height, width).

    ``grey`` (1, 1, 28, 28) is what networks take. A layer's strongest responses are 255, so that a
    single one does not make all others faint; what a dense layer answers are maps of one pixel. A
    network that is no plain sequence of layers, as an ensemble, has none to show.
    """
    found: list[Image] = []
    if isinstance(network, nn.Sequential):
        for layer in network:
            grey = layer(grey)
            if isinstance(layer, _ACTIVATIONS):
                found.append(_levels(grey[0]))
    return tuple(found)


def _levels(response: Tensor) -> Image:
    strength = response.abs().float()
    if strength.ndim == 1:
        strength = strength[:, None, None]
    strongest = float(strength.quantile(_STRONGEST)) or float(strength.max()) or 1.0
    scaled = (strength * (255 / strongest)).clamp(max=255)
    levels: Image = scaled.round().to(torch.uint8).contiguous().numpy()
    return levels
