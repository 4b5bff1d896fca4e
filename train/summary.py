"""A network's layers, as Keras prints them: layer, output shape, parameters."""

import torch
from torch import Tensor, nn

from digitpad.core.drawing import SIDE
from digitpad.core.training.options import Layer

_LINE = "{:<28}{:<22}{:>12}"


def summary(network: nn.Module) -> str:
    """Return one line a layer, in the order in which an image passes them."""
    rows = [_LINE.format(row.kind, row.shape, f"{row.parameters:,}") for row in layers(network)]
    total = sum(p.numel() for p in network.parameters())
    head = _LINE.format("Layer", "Output shape", "Parameters")
    rule = "=" * len(head)
    return "\n".join([head, rule, *rows, rule, f"Total parameters: {total:,}"])


def layers(network: nn.Module) -> list[Layer]:
    """Return the layers in the order in which an image passes them."""
    rows: list[Layer] = []

    def note(layer: nn.Module, _: object, output: Tensor) -> None:
        shape = f"({', '.join(['None', *map(str, output.shape[1:])])})"
        count = sum(p.numel() for p in layer.parameters())
        rows.append(Layer(type(layer).__name__, shape, count))

    leaves = [layer for layer in network.modules() if not list(layer.children())]
    hooks = [layer.register_forward_hook(note) for layer in leaves]
    with torch.inference_mode():
        network.eval()(torch.zeros(1, 1, SIDE, SIDE))
    for hook in hooks:
        hook.remove()
    return rows
