"""Stands in for `python -m train`: says what a real run would say, at once and without torch.

FAKE_TRAINER in the environment tells how the run goes: "hold" waits after the second epoch until
its stdin closes, "hold-early" before the first, "die" kills itself after the first epoch, "abort"
reports an error, "unread" cannot judge afterwards.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

import numpy as np

from digitpad import resources
from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.evaluation.events import Assessed
from digitpad.core.event_lines import Aborted, to_json
from digitpad.core.training.events import (
    EpochEnded,
    Event,
    Finished,
    Notice,
    Progress,
    Started,
)
from digitpad.core.training.options import Catalogue, Device, Layer, RecipeInfo

PARAMETERS = 70_395
CATALOGUE = Catalogue(
    tuple(
        RecipeInfo(
            name, f"about {name}", "stages", epochs, 128, 0.003, augmented, PARAMETERS,
            (Layer("Conv2d", "(None, 16, 28, 28)", 144), Layer("Linear", "(None, 11)", 715)),
        )
        for name, epochs, augmented in (("best", 24, True), ("fast", 3, True), ("mlp", 12, False))
    ),
    (Device("auto", "Automatic: CPU"), Device("cpu", "CPU, 2 threads")),
)  # fmt: skip
FIGURES = {
    "validation: train": {"accuracy": 0.97, "drawings": 5000.0},
    "t10k": {"accuracy": 0.981, "drawings": 10_000.0},
}


def say(event: Event | Assessed) -> None:
    print(to_json(event), flush=True)


def option(name: str) -> str:
    return sys.argv[sys.argv.index(name) + 1]


def fit(how: str) -> int:
    out, epochs = Path(option("--out")), int(option("--epochs"))
    state = out.with_name(out.name + ".state")
    done = int(state.read_text()) if "--resume" in sys.argv else 0
    say(Notice("mnist: 60,000 drawings"))
    if how == "abort":
        say(Aborted("There is no data at nowhere.", "details for an engineer"))
        return 1
    say(Started(sys.argv[2], "stages", PARAMETERS, 60_000, epochs, "cpu", int(option("--seed"))))
    if how == "hold-early":
        sys.stdin.read()
    for epoch in range(done + 1, epochs + 1):
        say(Progress(epoch, epochs, 0.5, 1.5 / epoch, 0.8, 8000.0, 12.0, 500 * 2**20))
        state.write_text(str(epoch))
        say(EpochEnded(epoch, epochs, 1 / epoch, 0.9, 0.5 / epoch, 0.95, 8000.0, 1.0))
        if how == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "hold" and epoch == done + 2:
            sys.stdin.read()
            break
    else:
        state.unlink(missing_ok=True)
    shutil.copyfile(resources.bundled_model(), out)
    say(Finished(str(out), 3.0, 0.5, 1.0, FIGURES, FIGURES["t10k"]["accuracy"]))
    return 0


def assess() -> int:
    """Four drawings of which the bundled model reads one wrongly."""
    bundled = Path(sys.argv[2]) == resources.bundled_model()
    labels = np.array([1, 2, 3, 4])
    probabilities = np.eye(10)[[1, 2, 3, 9 if bundled else 4]]
    images = np.full((4, 28, 28), 9, np.uint8)
    out = Path(option("--out"))
    Evaluation("m", option("--name"), labels, probabilities, images, 0.5).save(out)
    say(Assessed(str(out), option("--name"), 4, 0.75 if bundled else 1.0))
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "describe":
        print(json.dumps(CATALOGUE.to_json()))
    elif sys.argv[1] == "assess":
        sys.exit(1 if os.environ.get("FAKE_TRAINER") == "unread" else assess())
    else:
        sys.exit(fit(os.environ.get("FAKE_TRAINER", "")))
