"""The state of a training run between epochs, as a file from which it can go on."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import torch

from digitpad.core.errors import InputError
from digitpad.core.formats.files import write_atomically


class Stateful(Protocol):
    """What torch's networks, optimisers and schedules have in common."""

    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state_dict: dict[str, Any]) -> object: ...


def keep(file: Path, run: str, epochs: int, parts: Mapping[str, Stateful]) -> None:
    """Write the state after ``epochs`` epochs of the run described by ``run``.

    Raises StorageError; an older state stays whole until it is replaced.
    """
    state = {name: part.state_dict() for name, part in parts.items()}
    content = io.BytesIO()
    torch.save({"epochs": epochs, "run": run, **state}, content)
    write_atomically(file, content.getvalue())


def restore(file: Path, run: str, parts: Mapping[str, Stateful]) -> int:
    """Load the state into ``parts``, wherever they are; return the epochs done, 0 without a file.

    Raises InputError where the file is damaged or belongs to another run.
    """
    if not file.exists():
        return 0
    try:
        # On the CPU: an optimiser that finds its counts of steps on a GPU would wait for each.
        state = torch.load(file, map_location="cpu", weights_only=True)
        same = state["run"] == run
        if same:
            for name, part in parts.items():
                part.load_state_dict(state[name])
        epochs = int(state["epochs"])
    except Exception as error:
        raise InputError(
            f"{file} is not the state of a training run: remove it to start over.", repr(error)
        ) from error
    if not same:
        raise InputError(
            f"{file} is the state of a run with other data or settings, or of an older Digitpad: "
            "resume it as it began, or remove it to start over."
        )
    return epochs
