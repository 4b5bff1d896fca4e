"""A real training run, killed and resumed: the same weights as one that nothing interrupted."""

import gzip
import os
import signal
import struct
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.core.models.record import STATE_FILE, Model, ModelState
from digitpad.core.models.store import Models
from digitpad.core.samples.store import SampleStore
from digitpad.core.training.options import FitOptions
from digitpad.workflows.background import Background
from digitpad.workflows.kept_run import KeptRun

TIMEOUT = 60_000


def write_idx(path: Path, values: npt.NDArray[np.uint8]) -> None:
    header = struct.pack(f">I{values.ndim}I", 0x0800 + values.ndim, *values.shape)
    path.write_bytes(gzip.compress(header + values.tobytes()))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder with 400 images of ten patterns that are easily told apart."""
    folder = tmp_path_factory.mktemp("tiny-mnist")
    rng = np.random.default_rng(0)
    patterns = (rng.random((10, 28, 28)) > 0.7) * 200
    labels = np.arange(400, dtype=np.uint8) % 10
    noisy = np.clip(patterns[labels] + rng.normal(0, 40, (400, 28, 28)), 0, 255).astype(np.uint8)
    write_idx(folder / "train-images-idx3-ubyte.gz", noisy)
    write_idx(folder / "train-labels-idx1-ubyte.gz", labels)
    return str(folder)


class Bench(QObject):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.models = Models(folder / "models", resources.bundled_model())
        self.background = Background(self)
        self.store = SampleStore(folder / "drawings.sqlite")

    def run(self) -> KeptRun:
        return KeptRun(self.models, self.store, self.background, self)


def end_of(qtbot: QtBot, run: KeptRun) -> Model:
    with qtbot.waitSignal(run.finished, timeout=TIMEOUT) as finished:
        pass
    assert finished.args is not None
    model = finished.args[0]
    assert isinstance(model, Model)
    return model


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_and_resumed_gives_the_same_weights(
    qtbot: QtBot, tmp_path: Path, data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    options = FitOptions("lenet-5", (data,), 3, 32, 0.002, seed=3, device="cpu")
    bench = Bench(tmp_path)
    whole = bench.run()
    whole.begin(options)
    undisturbed = end_of(qtbot, whole)

    killed = bench.run()
    with qtbot.waitSignal(killed.epoch_ended, timeout=TIMEOUT):
        killed.begin(options)
    with qtbot.waitSignal(killed.failed, timeout=TIMEOUT) as failed:
        assert killed._child is not None
        os.kill(killed._child._child.process_id, signal.SIGKILL)
    assert failed.args is not None
    assert "crashed" in failed.args[0]
    (left,) = (m for m in bench.models.all() if m.state is ModelState.INTERRUPTED)
    assert left.resumable

    resumed = bench.run()
    resumed.resume(left)
    model = end_of(qtbot, resumed)
    assert (model.key, model.state) == (left.key, ModelState.FINISHED)
    assert [epoch.epoch for epoch in model.epochs] == [1, 2, 3]
    assert not model.file.with_name(STATE_FILE).exists()
    assert tensors(model.file) == tensors(undisturbed.file)
    bench.background.close()


def tensors(file: Path) -> bytes:
    """Return what follows the header of a safetensors file: the weights."""
    content = file.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    assert len(content) > 8 + length
    return content[8 + length :]


def test_data_that_is_no_data_is_told_in_words_and_leaves_the_rest_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    bench = Bench(tmp_path)
    run = bench.run()
    with qtbot.waitSignal(run.failed, timeout=TIMEOUT) as failed:
        run.begin(FitOptions("lenet-5", (str(tmp_path / "nothing"),), 1, 32, 0.002))
    assert failed.args is not None
    assert str(tmp_path / "nothing") in failed.args[0]
    bundled, failure = bench.models.all()
    assert failure.state is ModelState.FAILED
    assert failure.message == failed.args[0]
    assert bench.models.current() == bundled
    bench.background.close()
