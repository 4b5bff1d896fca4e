"""One model or training run of the person's, and the run.json that keeps it."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from digitpad.core.models.card import Figures, are, are_figures, is_number, is_seed
from digitpad.core.training.events import EpochEnded
from digitpad.core.training.options import FitOptions, known

MODEL_FILE = "model.safetensors"
STATE_FILE = MODEL_FILE + ".state"
"""What training goes on from; gone once all epochs are done."""
LOCK_SUFFIX = ".lock"
"""Added to the name of a model's file: what its trainer holds for as long as it runs."""


class ModelState(StrEnum):
    """How a model came to be as it is."""

    BUNDLED = "bundled"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"
    IMPORTED = "imported"


USABLE = frozenset(
    {ModelState.BUNDLED, ModelState.FINISHED, ModelState.STOPPED, ModelState.IMPORTED}
)


@dataclass(frozen=True, slots=True)
class Model:
    """A model, or a run that may become one, in a folder of its own named ``key``.

    ``file`` is there only where the state is usable. ``created`` is an ISO time. ``options`` are
    None for a model that was not trained here. ``message`` says why a run failed.
    """

    key: str
    name: str
    state: ModelState
    file: Path
    created: str = ""
    recipe: str = ""
    seed: int = 0
    options: FitOptions | None = None
    epochs: tuple[EpochEnded, ...] = ()
    figures: Figures = field(default_factory=dict)
    message: str = ""

    @property
    def usable(self) -> bool:
        """Tell whether there is a model to recognise with."""
        return self.state in USABLE

    def learnt_from(self, file: Path) -> bool:
        """Tell whether ``file``, which a run takes a copy of, was among its training data."""
        return self.options is not None and any(
            Path(path).name == file.name for path in self.options.data
        )

    @property
    def resumable(self) -> bool:
        """Tell whether training can go on from the end of its last whole epoch."""
        return (
            self.options is not None
            and self.state is not ModelState.RUNNING
            and self.file.with_name(STATE_FILE).exists()
        )

    def to_json(self) -> bytes:
        """Return the content of run.json."""
        body = {name: getattr(self, name) for name in _PLAIN}
        body["options"] = asdict(self.options) if self.options else None
        body["epochs"] = [asdict(epoch) for epoch in self.epochs]
        return json.dumps(body, indent=1).encode()

    @classmethod
    def from_json(cls, folder: Path, data: bytes) -> Self:
        """Return the model kept in ``folder``. Raises ValueError where ``data`` describes none."""
        try:
            body: dict[str, Any] = json.loads(data)
            options = body["options"]
            model = cls(
                **{name: body[name] for name in _PLAIN if name != "state"},
                key=folder.name,
                file=folder / MODEL_FILE,
                state=ModelState(body["state"]),
                options=FitOptions.from_json(options) if options else None,
                epochs=tuple(EpochEnded(**known(EpochEnded, epoch)) for epoch in body["epochs"]),
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"{folder.name} holds no run: {error!r}") from error
        if not _is_sound(model):
            raise ValueError(f"{folder.name} holds a run with values of another kind")
        return model


_PLAIN = ("name", "state", "created", "recipe", "seed", "figures", "message")


def _is_sound(model: Model) -> bool:
    """Tell whether the values of run.json are of the kinds that a model declares."""
    measured = (getattr(epoch, part.name) for epoch in model.epochs for part in fields(epoch))
    return (
        are((model.name, model.created, model.recipe, model.message), str)
        and is_seed(model.seed)
        and are_figures(model.figures)
        and all(isinstance(value, float) or is_number(value) for value in measured)
        and (model.options is None or _are_sound(model.options))
    )


def _are_sound(options: FitOptions) -> bool:
    texts = (options.recipe, options.device, options.start_from, *options.data)
    numbers = (options.epochs, options.batch, options.learning_rate, options.validation_share or 0)
    return (
        are(texts, str)
        and all(map(is_number, numbers))
        and isinstance(options.augmented, bool)
        and is_seed(options.seed)
    )


def curves_csv(epochs: Iterable[EpochEnded]) -> bytes:
    """Return one line per epoch, with a line of names first, as spreadsheets read it."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [field.name for field in fields(EpochEnded)])
    writer.writeheader()
    writer.writerows(asdict(epoch) for epoch in epochs)
    return text.getvalue().encode()
