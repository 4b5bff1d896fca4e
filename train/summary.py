"""A network's layers, as Keras prints them: layer, output shape, parameters."""

import torch
from torch import Tensor, nn

from digitpad.core.normalise import SIDE

_LINE = "{:<28}{:<22}{:>12}"


def summary(network: nn.Module) -> str:
    """Return one line a layer, in the order in which an image passes them."""
    rows: list[str] = []

    def note(layer: nn.Module, _: object, output: Tensor) -> None:
        count = sum(p.numel() for p in layer.parameters())
        shape = f"({', '.join(['None', *map(str, output.shape[1:])])})"
        rows.append(_LINE.format(type(layer).__name__, shape, f"{count:,}"))

    layers = [layer for layer in network.modules() if not list(layer.children())]
    hooks = [layer.register_forward_hook(note) for layer in layers]
    with torch.inference_mode():
        network.eval()(torch.zeros(1, 1, SIDE, SIDE))
    for hook in hooks:
        hook.remove()
    total = sum(p.numel() for p in network.parameters())
    head = _LINE.format("Layer", "Output shape", "Parameters")
    rule = "=" * len(head)
    return "\n".join([head, rule, *rows, rule, f"Total parameters: {total:,}"])
