import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from digitpad import resources
from digitpad.core.drawing import Picture
from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.ink import Ink
from digitpad.core.pictures import read_picture
from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import SampleStore
from tests.drawings import sample_digits
from tests.train.conftest import write_ink, write_letters, write_mnist
from train import mnist
from train.__main__ import main

MODEL = str(resources.bundled_model())


def assess(out: Path, *data: Path) -> int:
    return main(["assess", MODEL, "--data", *map(str, data), "--out", str(out), "--json"])


def test_images_and_ink_are_read_as_the_app_reads_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_mnist(tmp_path / "data", "t10k", 300)
    write_ink(tmp_path / "data" / "pens.jsonl", 2)
    write_letters(tmp_path / "data" / "letters.jsonl", 3)
    assert assess(tmp_path / "e.npz", tmp_path / "data") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [e["done"] for e in events[:-1]] == sorted(e["done"] for e in events[:-1])
    assert events[0] == {"event": "Assessing", "done": 0, "total": 320}
    evaluation = Evaluation.load(tmp_path / "e.npz")
    last = events[-1]
    assert (last["event"], last["drawings"]) == ("Assessed", len(evaluation))
    assert last["accuracy"] == pytest.approx(evaluation.accuracy)
    assert len(evaluation) == 320  # no letters, nothing suspect
    assert set(evaluation.labels) == set(range(10))
    assert evaluation.accuracy > 0.9


def test_own_drawings_are_read_from_their_store(tmp_path: Path) -> None:
    digits = sample_digits()
    picture = read_picture(a_picture_of(digits[4]).png, "a picture")
    store = SampleStore(tmp_path / "mine.sqlite")
    store.add(
        [
            *(Sample.of(ink, digit, None) for digit, ink in enumerate(digits)),
            Sample.of(picture, 4, None),
        ]
    )
    assert assess(tmp_path / "e.npz", store.path) == 0
    evaluation = Evaluation.load(tmp_path / "e.npz")
    assert sorted(evaluation.labels) == [0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9]
    assert evaluation.accuracy > 0.8


def a_picture_of(ink: Ink) -> Picture:
    import cv2

    from train.strokes import picture_of

    mask = picture_of(ink, np.random.default_rng(1))
    padded = cv2.copyMakeBorder(255 - mask, 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=[255])
    _, png = cv2.imencode(".png", cv2.resize(padded, None, fx=3, fy=3))
    return Picture(png.tobytes(), padded.shape[1], padded.shape[0])


def test_a_drawing_without_ink_is_refused_not_a_fault(tmp_path: Path) -> None:
    lines = [format_ink_line(Ink(), "3"), format_ink_line(sample_digits()[3], "3")]
    (tmp_path / "ink.jsonl").write_bytes(b"".join(lines))
    assert assess(tmp_path / "e.npz", tmp_path / "ink.jsonl") == 0
    evaluation = Evaluation.load(tmp_path / "e.npz")
    assert evaluation.answers[0] == NOT_A_DIGIT
    assert not evaluation.probabilities[0].any()


def test_what_cannot_be_judged_on_is_told_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_letters(tmp_path / "letters.jsonl", 3)
    assert assess(tmp_path / "e.npz", tmp_path / "letters.jsonl") == 1
    told = capsys.readouterr()
    assert "no labelled digits" in told.err
    assert json.loads(told.out)["event"] == "Aborted"
    assert assess(tmp_path / "e.npz", tmp_path / "gone.sqlite") == 1
    assert not (tmp_path / "e.npz").exists()


def test_for_people_it_says_how_many_are_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_ink(tmp_path / "pens.jsonl", 1)
    arguments = ["assess", MODEL, "--data", str(tmp_path / "pens.jsonl"), "--name", "my pens"]
    assert main([*arguments, "--out", str(tmp_path / "e.npz")]) == 0
    assert "my pens: 10 drawings" in capsys.readouterr().out
    assert Evaluation.load(tmp_path / "e.npz").data == "my pens"


def test_mnists_test_images_are_downloaded_where_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mnist, "folder", lambda: tmp_path / "cache")
    wanted: list[str] = []

    def fetch(files: dict[str, str]) -> Iterator[str]:
        wanted.extend(files)
        yield "Downloading"
        write_mnist(tmp_path / "cache", "t10k", 20)

    monkeypatch.setattr(mnist, "fetch", fetch)
    assert assess(tmp_path / "e.npz", Path("mnist-test")) == 0
    assert wanted == ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]
    assert json.loads(capsys.readouterr().out.splitlines()[0])["text"] == "Downloading"
    assert len(Evaluation.load(tmp_path / "e.npz")) == 20
