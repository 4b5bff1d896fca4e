"""What a network says of many images."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from digitpad.core.models.networks import CLASSES, halves
from train.pool import Pool


def logits_of(network: nn.Module, images: Tensor) -> Tensor:
    """Return all logits for uint8 images (n, 28, 28), in float32 as the app computes them."""
    network.eval()
    with torch.inference_mode():
        parts = torch.split(images, 1024)
        return torch.cat([network(part[:, None].float() / 255) for part in parts])


def asked(logits: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Return the half of each row of logits that its label asks for (n, classes), and its class."""
    rows = torch.arange(len(labels), device=labels.device)
    return halves(logits)[rows, labels // CLASSES], labels % CLASSES


def score(network: nn.Module, pool: Pool) -> tuple[float, float]:
    """Return mean cross entropy and accuracy, over all classes."""
    logits, classes = asked(logits_of(network, pool.images), pool.labels)
    loss = F.cross_entropy(logits, classes)
    return float(loss), float((logits.argmax(1) == classes).float().mean())
