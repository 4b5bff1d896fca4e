"""A tiny data folder of the tests' own making, laid out like the real one."""

import gzip
import json
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch

from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.formats.inkml import read_inkml
from digitpad.core.ink import Ink, Stroke
from digitpad.core.models.networks import QuarteredConfig
from digitpad.resources import sample_ink
from train.recipes import RECIPES, Recipe
from train.strokes import seen, varied

DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest) -> torch.device:
    """Return what there is to train on, one after the other."""
    return torch.device(request.param)


def sample(digit: int) -> Ink:
    path = sample_ink() / f"{digit}.inkml"
    return read_inkml(path.read_bytes(), path.name)


def idx(values: npt.NDArray[np.uint8]) -> bytes:
    dimensions = values.ndim
    header = struct.pack(f">I{dimensions}I", 0x0800 | dimensions, *values.shape)
    return header + values.tobytes()


def write_mnist(folder: Path, name: str, count: int) -> None:
    rng = np.random.default_rng(count)
    labels = np.arange(count, dtype=np.uint8) % 10
    images = np.stack([seen(sample(int(label)), rng) for label in labels])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images)))
    (folder / f"{name}-labels-idx1-ubyte").write_bytes(idx(labels))


def write_ink(path: Path, writers: int) -> None:
    rng = np.random.default_rng(writers)
    lines = [
        format_ink_line(varied(sample(digit), rng), str(digit), f"{path.stem}/{writer}")
        for writer in range(writers)
        for digit in range(10)
    ]
    suspect = {"label": "3", "writer": "x", "suspect": True, "strokes": [[[0, 0], [1, 1]]]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines) + json.dumps(suspect).encode() + b"\n")


def write_letters(path: Path, writers: int) -> None:
    cross = Ink((Stroke.of([(0, 0), (5, 5), (9, 9)], 0), Stroke.of([(9, 0), (0, 9)], 0)))
    lines = [format_ink_line(cross, "x", f"letters/{writer}") for writer in range(writers)]
    path.write_bytes(b"".join(lines))


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_mnist(folder / "mnist", "train", 240)
    write_mnist(folder / "mnist", "t10k", 40)
    write_ink(folder / "ink" / "pens.jsonl", 12)
    write_ink(folder / "ink" / "pens-test.jsonl", 2)
    write_letters(folder / "ink" / "letters.jsonl", 20)
    return folder


@pytest.fixture
def tiny() -> Recipe:
    """A recipe of seconds whose network and amounts are small."""
    return replace(
        RECIPES["best"],
        config=QuarteredConfig(((8,), (16,), (16,)), dropout=0.0),
        epochs=2,
        batch=32,
        ema_decay=0.9,
        drawings=120,
        others=60,
        begun=30,
        variants=2,
        thorough=False,
    )


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """Networks this small gain nothing from a second thread, and lose much on a busy machine."""
    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def few_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("train.evaluation.sets.MADE_UP", 10)
    monkeypatch.setattr("train.evaluation.invariance._DRAWINGS", 1)
    monkeypatch.setattr("train.evaluation.invariance._PAINTED", 1)
    monkeypatch.setattr("train.pool.MADE_UP_PER_VARIANT", 10)
    monkeypatch.setattr("train.pool.BEGUN_PER_VARIANT", 10)
