"""The recogniser: images of 28x28 in, predictions out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from digitpad.core.drawing import SIDE, Image
from digitpad.core.models import checkpoint
from digitpad.core.models.card import ModelCard
from digitpad.core.models.networks import answering
from digitpad.core.models.responses import responses
from digitpad.core.models.second_look import SecondLook
from digitpad.core.prediction import Prediction

_BATCH = 256
_WARM_UPS = 3


class Recogniser:
    """A network made ready for single drawings."""

    def __init__(self, network: nn.Module, card: ModelCard) -> None:
        self.card = card
        self._network = _fused(network).eval()
        # oneDNN's own layout: in PyTorch's default one, several images take twice as long
        self._network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._reader = SecondLook(self._network) if card.second_look else self._network

    @classmethod
    def load(cls, path: Path) -> Self:
        """Load a model file and warm it up, so that the first drawing waits no longer than others.

        Sets the process to one thread: measured, two threads stall single drawings for 200 ms on a
        busy machine. Raises ModelError.
        """
        network, card = checkpoint.load(path)
        torch.set_num_threads(1)
        recogniser = cls(network, card)
        for _ in range(_WARM_UPS):
            recogniser.predict(np.full((1, SIDE, SIDE), 128, np.uint8))
        return recogniser

    def predict(self, images: npt.NDArray[np.uint8], *, pen_down: bool = False) -> list[Prediction]:
        """Return one prediction for each of ``images``, shape (n, 28, 28), ink bright.

        With ``pen_down`` all of them are still being drawn, and there is no time to look again.
        """
        predictions: list[Prediction] = []
        for start in range(0, len(images), _BATCH):
            predictions.extend(self._predict(images[start : start + _BATCH], pen_down))
        return predictions

    def layers(self, image: Image) -> tuple[Image, ...]:
        """Return what each layer answers to ``image`` (28, 28), as `responses` does."""
        return responses(self._network, _grey(image[None]))

    def _predict(
        self,
        images: npt.NDArray[np.uint8],
        pen_down: bool,  # noqa: FBT001
    ) -> Iterator[Prediction]:
        with torch.inference_mode():
            network = self._network if pen_down else self._reader
            logits = answering(network(_grey(images)), pen_down=pen_down)
            probabilities = logits.softmax(dim=1).tolist()
        for image, row in zip(images, probabilities, strict=True):
            if image.any():
                yield Prediction.of(row, self.card.threshold, pen_down=pen_down)
            else:
                yield Prediction.blank()


def _grey(images: npt.NDArray[np.uint8]) -> torch.Tensor:
    """Return images (n, 28, 28) as networks take them."""
    return torch.from_numpy(images.astype(np.float32) / 255)[:, None]


def _fused(network: nn.Module) -> nn.Module:
    """Return the network with each batch norm folded into the convolution before it."""
    if not isinstance(network, nn.Sequential):
        return network
    layers: list[nn.Module] = []
    for layer in network:
        if isinstance(layer, nn.BatchNorm2d) and layers and isinstance(layers[-1], nn.Conv2d):
            layers[-1] = fuse_conv_bn_eval(layers[-1], layer)
        else:
            layers.append(layer)
    return nn.Sequential(*layers)
