"""What a network says of many images."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from train.pool import Pool


def logits_of(network: nn.Module, images: Tensor) -> Tensor:
    """Return the logits for uint8 images (n, 28, 28), in float32 as the app computes them."""
    network.eval()
    with torch.inference_mode():
        parts = torch.split(images, 1024)
        return torch.cat([network(part[:, None].float() / 255) for part in parts])


def score(network: nn.Module, pool: Pool) -> tuple[float, float]:
    """Return mean cross entropy and accuracy, over all classes."""
    logits = logits_of(network, pool.images)
    loss = F.cross_entropy(logits, pool.labels)
    return float(loss), float((logits.argmax(1) == pool.labels).float().mean())
