from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from digitpad.core.drawing import Picture
from digitpad.core.event_lines import Fetching
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import SampleStore
from digitpad.core.survey import Event, Reading, SetRead, SetRefused, Surveyed, from_json
from tests.train.conftest import sample, write_letters, write_mnist
from train import mnist
from train import survey as surveys
from train.__main__ import main
from train.sources import load
from train.strokes import plainly_seen
from train.survey import survey


def sets_of(events: list[Event]) -> dict[str, SetRead]:
    return {Path(event.file).name: event for event in events if isinstance(event, SetRead)}


def row(label: object, grey: int = 0) -> str:
    return ",".join([str(label), *[str(grey)] * 784])


def test_all_sets_are_counted_by_class(data_folder: Path) -> None:
    events = list(survey([data_folder]))
    assert [event for event in events if isinstance(event, Reading)][3].done == 3
    assert events[-1] == Surveyed(5)
    sets = sets_of(events)
    assert sets["train-images-idx3-ubyte.gz"].counts == [24] * 10 + [0]
    assert sets["pens.jsonl"].counts == [12] * 10 + [0]
    assert sets["letters.jsonl"].counts == [0] * 10 + [20]


def test_samples_are_what_the_network_sees_evenly_spread(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveys, "MOST_OF_A_CLASS", 3)
    sets = sets_of(list(survey([data_folder])))
    images = sets["train-images-idx3-ubyte.gz"]
    assert list(images.labels) == [str(digit) for digit in range(10) for _ in range(3)]
    whole = load([data_folder / "mnist"]).pictures[1]
    zeros = whole.images[whole.labels == 0]
    assert (images.pixels()[:3] == zeros[[0, 8, 16]]).all()
    letters = sets["letters.jsonl"]
    assert list(letters.labels) == ["x"] * 3
    ink = load([data_folder / "ink" / "letters.jsonl"]).drawings[0].inks[0]
    assert (letters.pixels()[0] == plainly_seen(ink)).all()


def test_many_sets_together_stay_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveys, "_MOST_IN_ALL", 11 * 4)
    for name in "ab":
        write_letters(tmp_path / f"{name}.jsonl", 5)
    assert [len(s.labels) for s in sets_of(list(survey([tmp_path]))).values()] == [2, 2]


def test_a_broken_set_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(f"{row(1)}\n{row(7, 255)}\n")
    (tmp_path / "bad.csv").write_text(f"{row(1)}\n{row(1, 256)}\n")
    events = list(survey([tmp_path, tmp_path / "gone", tmp_path / "good.csv"]))
    refused = [event.message for event in events if isinstance(event, SetRefused)]
    assert refused == [
        f"There is no file or folder {tmp_path / 'gone'}.",
        f"{tmp_path / 'bad.csv'}, row 2 has a grey level outside 0 to 255.",
    ]
    assert list(sets_of(events)) == ["good.csv"]
    assert events[-1] == Surveyed(1)


def test_own_drawings_are_one_set_be_they_ink_or_pictures(tmp_path: Path) -> None:
    paper = np.full((40, 40, 3), 255, np.uint8)
    cv2.line(paper, (20, 5), (20, 35), (0, 0, 0), 4)
    picture = Picture(cv2.imencode(".png", paper)[1].tobytes(), 40, 40)
    store = SampleStore(tmp_path / "drawings.sqlite")
    store.add([Sample.of(sample(3), 3), Sample.of(picture, 1)])
    (own,) = sets_of(list(survey([store.path]))).values()
    assert own.name == "drawings"
    assert own.counts == [0, 1, 0, 1] + [0] * 7
    assert own.pixels().shape == (2, 28, 28)


def test_mnist_is_downloaded_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch() -> Iterator[str]:
        yield "Downloading"
        write_mnist(tmp_path, "train", 20)

    monkeypatch.setattr(mnist, "folder", lambda: tmp_path)
    monkeypatch.setattr(mnist, "fetch", fetch)
    events = list(survey([Path("mnist")]))
    assert events[0] == Fetching("Downloading")
    assert events[-1] == Surveyed(1)


def test_the_command_says_it_for_people_and_for_programs(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = data_folder / "ink" / "letters.jsonl"
    assert main(["survey", "--data", str(letters)]) == 0
    assert capsys.readouterr().out == f"{letters}: 20 drawings (20 non-digits)\n"
    assert main(["survey", "--json", "--data", str(tmp_path / "gone"), str(letters)]) == 0
    lines = capsys.readouterr().out.splitlines()
    kinds = [type(from_json(line)) for line in lines]
    assert kinds == [SetRefused, Reading, SetRead, Surveyed]


def test_for_people_a_fault_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.csv").write_text("1,2,3\n")
    with pytest.raises(SystemExit) as ended:
        main(["survey", "--data", str(tmp_path)])
    assert ended.value.code == 1
    assert "bad.csv, row 1 has 3 columns" in capsys.readouterr().err
