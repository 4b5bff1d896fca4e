from pathlib import Path

import numpy as np
import pytest

from train.data import Data, Drawings, Pictures
from train.sources import load
from train.split import held_out, split


def writers(sets: tuple[Drawings, ...]) -> set[str]:
    return {writer for drawings in sets for writer in drawings.writers}


def test_the_last_twelfth_of_the_pictures_chooses(data_folder: Path) -> None:
    data = load([data_folder])
    parts = split(data)
    whole = next(p for p in data.pictures if p.name == "train")
    assert [len(p.images) for p in parts.training.pictures] == [220]
    assert (parts.validation.pictures[0].images == whole.images[220:]).all()
    assert [p.name for p in parts.test.pictures] == ["t10k"]


def test_no_writer_is_in_two_parts(data_folder: Path) -> None:
    data = load([data_folder])
    parts = split(data, validation_share=0.3)
    learning = writers(parts.training.digits + parts.training.others)
    choosing = writers(parts.validation.digits + parts.validation.others)
    everyone = writers(data.drawings) - writers(parts.test.digits)
    assert choosing == {writer for writer in everyone if held_out(writer, 0.3)}
    assert learning == everyone - choosing
    assert len(parts.validation.pictures[0].images) == 0.3 * 240
    assert writers(parts.test.digits) == {"pens-test/0", "pens-test/1"}


def test_digits_and_others_are_told_apart(data_folder: Path) -> None:
    parts = split(load([data_folder]))
    assert [d.name for d in parts.training.digits] == ["pens"]
    assert [d.name for d in parts.training.others] == ["letters"]


def test_a_writer_stays_on_one_side() -> None:
    kept = [held_out(f"writer {n}") for n in range(1000)]
    assert 100 < sum(kept) < 200
    assert [n for n in range(30) if kept[n]] == [3, 6, 16, 22, 26, 29]


def test_one_persons_last_drawings_choose(tmp_path: Path) -> None:
    line = '{"label": "%d", "writer": "me", "strokes": [[[0, 0], [1, %d]]]}\n'
    (tmp_path / "a.jsonl").write_text("".join(line % (n % 10, n + 1) for n in range(20)))
    parts = split(load([tmp_path]))
    assert parts.training.digits[0].labels[0] == "0"
    assert parts.validation.digits[0].labels == ("7", "8", "9")


@pytest.mark.parametrize("writers", [["ann", "bob"], ["ann", "bob", "cem"], ["lea", "kim"]])
def test_where_chance_holds_out_no_writer_or_all_the_last_drawings_choose(
    tmp_path: Path, writers: list[str]
) -> None:
    assert len(set(map(held_out, writers))) == 1
    line = '{"label": "%d", "writer": "%s", "strokes": [[[0, 0], [1, %d]]]}\n'
    rows = [(n % 10, writers[n % len(writers)], n + 1) for n in range(60)]
    (tmp_path / "a.jsonl").write_text("".join(line % row for row in rows))
    parts = split(load([tmp_path]))
    assert len(parts.training.digits[0].inks) == 51
    assert len(parts.validation.digits[0].inks) == 9


def test_without_writers_the_last_drawings_choose(tmp_path: Path) -> None:
    line = '{"label": "%d", "strokes": [[[0, 0], [1, %d]]]}\n'
    (tmp_path / "a.jsonl").write_text("".join(line % (n % 10, n + 1) for n in range(20)))
    parts = split(load([tmp_path]))
    assert len(parts.training.digits[0].inks) == 17
    assert len(parts.validation.digits[0].inks) == 3


def pictures(name: str, *labels: int) -> Data:
    images = np.zeros((len(labels), 28, 28), np.uint8)
    return Data((Pictures(name, images, np.array(labels)),), (), {})


@pytest.mark.parametrize("share", [None, 0.1, 0.3, 0.9])
def test_of_a_set_in_the_order_of_its_classes_the_last_of_each_choose(share: float | None) -> None:
    parts = split(pictures("a folder", *[digit for digit in range(10) for _ in range(6)]), share)
    for part in parts.training, parts.validation:
        assert set(part.pictures[0].labels.tolist()) == set(range(10))
    assert sum(len(part.pictures[0].labels) for part in (parts.training, parts.validation)) == 60


def test_of_one_persons_drawings_in_order_the_last_of_each_digit_choose(tmp_path: Path) -> None:
    line = '{"label": "%d", "writer": "me", "strokes": [[[0, 0], [1, %d]]]}\n'
    (tmp_path / "a.jsonl").write_text("".join(line % (n // 4, n + 1) for n in range(40)))
    parts = split(load([tmp_path]))
    assert parts.validation.digits[0].labels == tuple("0123456789")
    assert len(parts.training.digits[0].inks) == 30


def test_what_is_alone_of_its_class_is_learnt_from() -> None:
    parts = split(pictures("few", 0, 0, 1))
    assert parts.training.pictures[0].labels.tolist() == [0, 1]
    assert parts.validation.pictures[0].labels.tolist() == [0]


@pytest.mark.parametrize(
    ("name", "judges"),
    [
        ("t10k", True),
        ("MNIST_Test", True),
        ("pendigits-test", True),
        ("test2", True),
        ("latest", False),
        ("contested", False),
        ("train", False),
    ],
)
def test_a_set_named_after_a_test_only_judges(name: str, judges: bool) -> None:  # noqa: FBT001
    parts = split(pictures(name, 3, 1, 2, 0))
    assert bool(parts.test.pictures) == judges
    assert bool(parts.training.pictures) != judges
