import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import pytest
import torch

from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.models import checkpoint, onnx_file
from digitpad.core.models.networks import halves
from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.core.recogniser import Recogniser
from digitpad.core.training.events import EpochEnded, Finished, Notice, Started, from_json
from tests.train.conftest import sample, write_mnist
from train import __main__ as command_line
from train import mnist
from train.__main__ import main
from train.fit import Job
from train.fit import fit as run
from train.recipes import RECIPES, Recipe
from train.sources import load


@pytest.fixture(autouse=True)
def tiny_recipes(tiny: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    keras = replace(RECIPES["keras-1.2m"], epochs=1)
    monkeypatch.setattr(command_line, "RECIPES", {"best": tiny, "keras-1.2m": keras})


def fit(data: Path, out: Path, *more: str, recipe: str = "best") -> int:
    return main(["fit", recipe, "--data", str(data), "--out", str(out), "--device", "cpu", *more])


def test_fit_tells_its_events_and_writes_a_model_with_its_card(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "model.safetensors"
    assert fit(data_folder, out, "--seed", "5", "--json") == 0
    lines = capsys.readouterr().out.splitlines()
    events = [from_json(line) for line in lines]
    kinds = [type(event) for event in events]
    assert kinds[0] is Notice
    assert [k for k in kinds if k in {Started, EpochEnded, Finished}] == [
        *(Started, EpochEnded, EpochEnded, Finished)
    ]
    last: dict[str, Any] = json.loads(lines[-1])
    assert last["test_accuracy"] == last["figures"]["t10k"]["accuracy"]
    _, card = checkpoint.load(out)
    assert card.seed == 5
    assert card.recipe["epochs"] == 2
    assert card.figures == last["figures"]
    assert len(card.data["pens.jsonl"]) == 64
    assert card.figures["validation: scribbles"].keys() == {"refused", "auroc", "drawings"}
    assert list(out.parent.iterdir()) == [out]


def test_evaluate_gives_the_figures_of_the_card(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model.safetensors"
    fit(data_folder, out, "--epochs", "1")
    assert "t10k" in capsys.readouterr().out
    assert main(["evaluate", str(out), "--data", str(data_folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    card = checkpoint.load(out)[1]
    assert card.figures.items() <= found["figures"].items()
    assert card.confusions == found["confusions"]
    assert np.sum(card.confusions["t10k"]) == 40
    more = found["figures"].keys() - card.figures.keys()
    assert {
        "pens-test, drawn in 432 ways",
        "pens-test, turned by -15\N{DEGREE SIGN}",
        "validation: pens, 50% drawn",
        "t10k, canny edges",
    } <= more


def test_the_app_looks_again_as_the_judge_did(data_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "model.safetensors"
    fit(data_folder, out, "--epochs", "1")
    recogniser = Recogniser.load(out)
    assert recogniser.card.second_look
    tests = next(p for p in load([data_folder]).pictures if p.name == "t10k")
    answers = [answer.digit for answer in recogniser.predict(tests.images)]
    confusion = np.zeros((10, 11), np.int64)
    for label, digit in zip(tests.labels, answers, strict=True):
        confusion[label, NOT_A_DIGIT if digit is None else digit] += 1
    assert confusion.tolist() == recogniser.card.confusions["t10k"]


def test_evaluate_prints_tables_and_keeps_what_it_found(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model.safetensors"
    fit(data_folder / "mnist", out, "--epochs", "1")
    capsys.readouterr()
    mnist = str(data_folder / "mnist")
    assert main(["evaluate", str(out), "--data", mnist, "--markdown", "--keep"]) == 0
    page = capsys.readouterr().out
    card = checkpoint.load(out)[1]
    accuracy = card.figures["t10k"]["accuracy"]
    assert f"| t10k | 40 | {accuracy:.2%} |" in page
    assert "| t10k: label, recognised as | 0 | 1 |" in page
    assert "t10k, fog" in card.figures
    assert main(["evaluate", str(out), "--data", mnist]) == 0
    assert f"{accuracy:.2%}" in capsys.readouterr().out


@pytest.mark.parametrize(("digits", "alike"), [("", True), ("7", True), ("0123456789", False)])
def test_what_was_not_shown_beginnings_of_all_digits_takes_them_for_whole_drawings(
    data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    digits: str,
    alike: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr("train.pool.BEGUN_PER_VARIANT", 100)
    own, out = tmp_path / "own.jsonl", tmp_path / "model.safetensors"
    own.write_bytes(b"".join(format_ink_line(sample(int(d)), d) for d in digits for _ in range(4)))
    more = ["--data", str(data_folder / "mnist"), str(own)] if digits else []
    assert fit(data_folder / "mnist", out, "--epochs", "1", *more) == 0
    whole, begun = halves(checkpoint.load(out)[0](torch.rand(5, 1, 28, 28))).unbind(1)
    assert torch.equal(whole, begun) == alike


def test_a_network_of_ten_outputs_goes_the_same_way(data_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "model.safetensors"
    assert fit(data_folder / "mnist", out, recipe="keras-1.2m") == 0
    _, card = checkpoint.load(out)
    assert card.threshold == 0
    assert card.figures.keys() == {"validation: train", "t10k"}


@pytest.mark.parametrize("more", [["--json"], []])
def test_bad_data_is_told_in_one_sentence_and_keeps_the_old_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    out = tmp_path / "model.safetensors"
    out.write_bytes(b"old")
    assert fit(tmp_path / "nowhere", out, *more) == 1
    printed = capsys.readouterr()
    assert "There is no file or folder" in printed.err
    if more:
        assert json.loads(printed.out)["event"] == "Aborted"
    assert out.read_bytes() == b"old"


def test_a_model_of_another_network_cannot_be_the_start(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model.safetensors"
    fit(data_folder / "mnist", out, recipe="keras-1.2m")
    assert fit(data_folder, tmp_path / "b", "--start-from", str(out)) == 1
    assert "a different network" in capsys.readouterr().err


def test_a_run_that_could_go_on_is_lost_only_by_hand(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "model.safetensors.state"
    state.write_bytes(b"of a run that was interrupted")
    out = tmp_path / "model.safetensors"
    assert fit(data_folder / "mnist", out, "--epochs", "1") == 1
    told = capsys.readouterr().err
    assert "add --resume" in told
    assert f"remove {state}" in told
    assert state.read_bytes() == b"of a run that was interrupted"
    state.unlink()
    assert fit(data_folder / "mnist", out, "--epochs", "1") == 0
    assert list(tmp_path.iterdir()) == [out]


def test_a_finished_run_is_not_begun_anew_by_resuming(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model.safetensors"
    fit(data_folder / "mnist", out, recipe="keras-1.2m")
    before = out.read_bytes()
    assert fit(data_folder / "mnist", out, "--resume", recipe="keras-1.2m") == 1
    assert "nothing to resume" in capsys.readouterr().err
    assert out.read_bytes() == before


def test_a_run_that_was_stopped_is_a_model_and_goes_on(
    data_folder: Path, tmp_path: Path, tiny: Recipe
) -> None:
    job = Job(tiny, (data_folder / "mnist",), tmp_path / "model.safetensors", device="cpu")
    stop = threading.Event()
    for event in run(job, stop):
        if isinstance(event, EpochEnded):
            stop.set()
    assert checkpoint.load(job.out)[1].figures
    again = run(replace(job, resume=True))
    assert [event.epoch for event in again if isinstance(event, EpochEnded)] == [2]
    assert list(tmp_path.iterdir()) == [job.out]


def test_a_model_of_the_same_network_can_be_the_start(data_folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert fit(data_folder / "mnist", first, "--epochs", "1") == 0
    options = ("--epochs", "1", "--learning-rate", "1e-9", "--seed", "2")
    assert fit(data_folder / "mnist", second, "--start-from", str(first), *options) == 0
    started, ended = (checkpoint.load(path)[0].state_dict()["0.weight"] for path in (first, second))
    torch.testing.assert_close(ended, started, atol=1e-3, rtol=0)


def test_what_the_start_knew_of_beginnings_is_kept_where_none_are_shown(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.pool.BEGUN_PER_VARIANT", 100)
    own, mnist = tmp_path / "own.jsonl", data_folder / "mnist"
    own.write_bytes(b"".join(format_ink_line(sample(d), str(d)) for d in range(10)))
    first, second = tmp_path / "first", tmp_path / "second"
    assert fit(mnist, first, "--epochs", "1", "--data", str(mnist), str(own)) == 0
    assert fit(mnist, second, "--epochs", "1", "--start-from", str(first)) == 0
    whole, begun = halves(checkpoint.load(second)[0](torch.rand(5, 1, 28, 28))).unbind(1)
    assert not torch.equal(whole, begun)


@pytest.mark.parametrize(
    ("digits", "words"), [("3", "too little data"), ("01234567" * 4, "no 8, 9")]
)
def test_too_little_to_learn_from_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], digits: str, words: str
) -> None:
    rows = [",".join([digit, *["9"] * 784]) for digit in digits]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    assert fit(tmp_path / "a.csv", tmp_path / "model") == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def test_what_holds_no_digit_to_judge_by_is_told(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model.safetensors"
    fit(data_folder / "mnist", out, recipe="keras-1.2m")
    capsys.readouterr()
    letters = data_folder / "ink" / "letters.jsonl"
    assert main(["evaluate", str(out), "--data", str(letters)]) == 1
    assert "no digits to evaluate on" in capsys.readouterr().err


def test_a_run_that_diverges_ends_in_a_sentence(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model.safetensors"
    assert fit(data_folder / "mnist", out, "--learning-rate", "1e30", recipe="keras-1.2m") == 1
    assert "diverged" in capsys.readouterr().err
    assert not out.exists()


def test_the_word_mnist_is_fetched_before_a_model_is_judged_on_it(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fetch() -> Iterator[str]:
        yield "Downloading"
        write_mnist(tmp_path / "cache", "t10k", 20)
        write_mnist(tmp_path / "cache", "train", 40)

    out = tmp_path / "model.safetensors"
    fit(data_folder / "mnist", out, recipe="keras-1.2m")
    monkeypatch.setattr(mnist, "folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(mnist, "fetch", fetch)
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert main(["evaluate", str(out), "--data", "mnist", "--json"]) == 0
    printed = capsys.readouterr()
    assert "Downloading" in printed.err
    assert json.loads(printed.out)["figures"]["t10k"]["drawings"] == 20


@pytest.mark.parametrize(
    ("command", "hint"), [("survey", False), ("fit svm", False), ("fit best --out {}", True)]
)
def test_only_a_run_that_can_go_on_says_so_when_interrupted(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    hint: bool,  # noqa: FBT001
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("train.fit.load", interrupted)
    monkeypatch.setattr("train.survey.find", interrupted)
    arguments = [word.format(tmp_path / "model") for word in command.split()]
    assert main([*arguments, "--data", str(tmp_path)]) == 130
    printed = capsys.readouterr().err
    assert "Stopped" in printed
    assert ("--resume" in printed) == hint


@pytest.mark.parametrize(
    "arguments",
    [
        ["fit", "worst", "--data", "x", "--out", "y"],
        ["fit", "best", "--out", "y"],
        ["fit", "best", "--data", "x"],
        ["fit", "best", "--data", "x", "--out", "y", "--epochs", "0"],
        ["fit", "best", "--data", "x", "--out", "y", "--learning-rate", "nan"],
        ["fit", "best", "--data", "x", "--out", "y", "--epochs", "many"],
        ["fit", "best", "--data", "x", "--out", "y", "--seed", "-1"],
        ["fit", "best", "--data", "x", "--out", "y", "--seed", "100000000000000000"],
        [],
    ],
)
def test_wrong_usage_exits_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert "invalid _" not in capsys.readouterr().err
    assert caught.value.code == 2


@pytest.mark.parametrize("name", ["abacus", "", "meta", "cuda:-1", "cuda:99999999999999999999"])
def test_an_unknown_device_is_told_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert fit(tmp_path / "nowhere", tmp_path / "m", "--device", name) == 1
    assert f"no device '{name}' here" in capsys.readouterr().err


def test_summary_and_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "keras-1.2m"]) == 0
    assert main(["list"]) == 0
    printed = capsys.readouterr().out
    assert "Total parameters: 1,199,882" in printed
    assert "(None, 32, 26, 26)" in printed
    assert "keras-1.2m   Keras' mnist_cnn.py: 99.09 %" in printed.splitlines()
    assert any(line.startswith("svm ") for line in printed.splitlines())


def test_export_writes_what_the_exporter_makes_or_says_why_not(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(onnx_file, "_PACKAGES", ())
    monkeypatch.setattr(onnx_file, "_to_onnx", lambda *_: b"graph")
    model, out = tmp_path / "model.safetensors", tmp_path / "model.onnx"
    assert main(["export", str(model), "--out", str(out)]) == 1
    assert "model.safetensors" in capsys.readouterr().err
    fit(data_folder / "mnist", model, recipe="keras-1.2m")
    assert main(["export", str(model), "--out", str(out)]) == 0
    assert out.read_bytes() == b"graph"


FIT_FOR_EVER = (
    *(sys.executable, "-m", "train", "fit", "mlp", "--epochs", "100000", "--device", "cpu"),
    *("--threads", "1", "--json", "--stop-with-stdin"),
)


@contextmanager
def fitting_for_ever(
    data: Path, out: Path
) -> Iterator[tuple[subprocess.Popen[str], IO[str], IO[str]]]:
    """Yield a child that trains until its standard input ends, with that and its output."""
    with subprocess.Popen(
        [*FIT_FOR_EVER, "--data", data / "mnist", "--out", out],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        yield child, child.stdin, child.stdout


def test_the_end_of_standard_input_stops_and_keeps_the_model(
    data_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "model.safetensors"
    with fitting_for_ever(data_folder, out) as (child, stdin, stdout):
        for line in stdout:
            last = json.loads(line)
            if last["event"] == "EpochEnded" and last["epoch"] >= 30:
                stdin.close()
    assert child.returncode == 0
    assert last["event"] == "Finished"
    assert checkpoint.load(out)[1].network == "mlp"
    assert last["figures"]["t10k"]["accuracy"] > 0.3


def test_a_second_process_is_refused_the_same_file(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model.safetensors"
    with fitting_for_ever(data_folder, out) as (child, stdin, stdout):
        next(line for line in stdout if json.loads(line)["event"] == "EpochEnded")
        assert fit(data_folder / "mnist", out) == 1
        assert f"Another process is training into {out}." in capsys.readouterr().err
        stdin.close()
        stdout.read()
    assert child.returncode == 0
    out.with_name(f"{out.name}.state").unlink()
    assert fit(data_folder / "mnist", out) == 0
    assert not list(tmp_path.glob("*.lock")) or sys.platform == "win32"


def test_what_was_stopped_before_it_began_replaces_no_model(
    data_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "model.safetensors"
    out.write_bytes(b"old")
    done = subprocess.run(
        [*FIT_FOR_EVER, "--data", data_folder / "mnist", "--out", out],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"Stopped before anything was learnt" in done.stderr
    assert out.read_bytes() == b"old"
