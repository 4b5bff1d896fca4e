"""What a network says of many images."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from digitpad.core.models.networks import halves
from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
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


def read_rightly(logits: Tensor, labels: Tensor) -> Tensor:
    """Return how many of the whole digits are read as what they are, and how many they are (2).

    What is no digit and what has only begun leave the accuracy alone: it is that of reading digits.
    """
    digits = labels < NOT_A_DIGIT
    return torch.stack([((logits.argmax(1) == labels) & digits).sum(), digits.sum()])


def score(network: nn.Module, pool: Pool) -> tuple[float, float]:
    """Return mean cross entropy over all classes, and accuracy over the whole digits."""
    logits, classes = asked(logits_of(network, pool.images), pool.labels)
    right, digits = read_rightly(logits, pool.labels).tolist()
    return float(F.cross_entropy(logits, classes)), right / max(digits, 1)
