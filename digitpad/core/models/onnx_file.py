"""A model as an ONNX file, for programs that know nothing of torch."""

import importlib.util
import json
import logging
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from digitpad.core.drawing import SIDE
from digitpad.core.errors import ModelError
from digitpad.core.formats.files import write_atomically
from digitpad.core.models import checkpoint
from digitpad.core.models.card import ModelCard
from digitpad.core.models.networks import halves
from digitpad.core.models.reply import reply
from digitpad.core.prediction import CLASSES, DIGITS

_OUTPUTS = ("probabilities", "probabilities_pen_down")
_PACKAGES = ("onnx", "onnxscript")
_ABOUT = (
    "Handwritten digits. image: float32 (batch, 1, 28, 28), grey levels 0 to 1, ink bright, "
    "scaled and centred like MNIST. probabilities: (batch, classes). Not a digit where those of "
    "all ten digits add up to less than the threshold, or where nothing is drawn."
)
_TWO_ANSWERS = (
    " probabilities_pen_down: the same for a drawing still in progress: what it is going to be, "
    "and not a digit either where no digit reaches 0.5."
)
_ONE_LOOK = (
    " Where this network is unsure, Digitpad lets it look again, half a pixel to every side, and "
    "averages: that is not in this file."
)


class _Probabilities(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        return halves(self.network(image)).softmax(dim=2).unbind(dim=1)


def export(model: Path, out: Path) -> ModelCard:
    """Write the model file as ONNX to ``out``, and return its card.

    The graph is the plain network, from a 28x28 image to probabilities, with a second output for
    drawings whose pen is down where the network has one; its metadata hold the name, the classes,
    the threshold and how to use them. Raises ModelError and StorageError.
    """
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise ModelError(
            f"Exporting to ONNX needs the packages {' and '.join(_PACKAGES)}. Not installed: "
            f"{' and '.join(missing)} (pip install {' '.join(_PACKAGES)})."
        )
    network, card = checkpoint.load(model)
    write_atomically(out, _to_onnx(network, card))
    return card


def main(arguments: list[str]) -> int:
    """Export the model file that is the first argument to the second; one message on stdout."""
    model, out = map(Path, arguments)
    return reply(lambda: export(model, out).name)


def _to_onnx(network: nn.Module, card: ModelCard) -> bytes:
    from onnx_ir.passes.common import ClearMetadataAndDocStringPass

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it misses packages that are no use
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # torch's, of itself
        program = torch.onnx.export(
            _Probabilities(network).eval(),
            (torch.zeros(2, 1, SIDE, SIDE),),
            input_names=["image"],
            output_names=_OUTPUTS[: 1 + _answers_twice(card)],
            dynamic_shapes=[{0: torch.export.Dim("batch")}],
            dynamo=True,
            verbose=False,
        )
    assert program is not None  # noqa: S101 - the older exporter alone gives none
    ClearMetadataAndDocStringPass()(program.model)  # paths of this machine among them
    program.model.metadata_props.update(_metadata(card))
    content: bytes = program.model_proto.SerializeToString()
    return content


def _answers_twice(card: ModelCard) -> bool:
    outputs: int = card.config["outputs"]
    return outputs > CLASSES


def _metadata(card: ModelCard) -> dict[str, str]:
    two_answers = _TWO_ANSWERS if _answers_twice(card) else ""
    one_look = _ONE_LOOK if card.second_look else ""
    classes = [*map(str, range(DIGITS)), "not a digit"][: min(card.config["outputs"], CLASSES)]
    return {
        "name": card.name,
        "description": _ABOUT + two_answers + one_look,
        "classes": json.dumps(classes),
        "threshold": str(card.threshold),
    }
