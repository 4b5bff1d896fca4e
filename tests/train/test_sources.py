import gzip
import struct
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from digitpad.core.drawing import Picture
from digitpad.core.errors import InputError
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import SampleStore
from digitpad.ui.set_names import set_name
from tests.train.conftest import idx, sample, write_mnist
from train import readers
from train.data import describe, require_all_digits
from train.sources import load


def row(label: object, grey: object = 0) -> str:
    return ",".join([str(label), *[str(grey)] * 784])


def test_a_folder_is_searched_with_all_below_it(data_folder: Path) -> None:
    data = load([data_folder])
    assert [p.name for p in data.pictures] == ["t10k", "train"]
    assert [d.name for d in data.drawings] == ["letters", "pens-test", "pens"]
    train = data.pictures[1]
    assert train.images.shape == (240, 28, 28)
    assert train.labels.tolist()[:12] == [*range(10), 0, 1]
    assert data.hashes.keys() >= {"train-labels-idx1-ubyte", "train-images-idx3-ubyte.gz"}
    assert {len(value) for value in data.hashes.values()} == {64}


def test_the_persons_own_set_is_not_taken_for_mnist(tmp_path: Path) -> None:
    line = '{"label": "7", "strokes": [[[0, 0], [9, 9]]]}'
    files = [tmp_path / "train.jsonl", tmp_path / "t10k.csv", tmp_path / "train" / "7" / "a.png"]
    files[2].parent.mkdir(parents=True)
    files[0].write_text(line)
    files[1].write_text(row(7, 255))
    picture = np.full((60, 60), 255, np.uint8)
    cv2.line(picture, (20, 10), (40, 50), 0, 4)
    cv2.imwrite(str(files[2]), picture)
    data = load([files[0], files[1], tmp_path / "train"])
    names = [*(ink.name for ink in data.drawings), *(part.name for part in data.pictures)]
    assert names == ["train.jsonl", "t10k.csv", "folder train"]
    assert [set_name(name) for name in names] == names


def test_own_drawings_kept_under_a_name_of_mnists_are_not_taken_for_it(tmp_path: Path) -> None:
    own = SampleStore(tmp_path / "train.sqlite")
    own.add([Sample.of(sample(3), 3)])
    (drawings,) = load([own.path]).drawings
    assert set_name(drawings.name) == "train.sqlite"


@pytest.mark.parametrize("inner", ["locked", "7"])
def test_a_folder_that_may_not_be_looked_into_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    locked = tmp_path / inner
    locked.mkdir()
    look = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder == locked:
            raise PermissionError(13, "Permission denied", str(folder))
        return look(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(InputError, match=f"{inner} cannot be read"):
        load([tmp_path])


def test_links_that_lead_back_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(row(3))
    try:
        (tmp_path / "back").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("may not make links")
    assert [pictures.name for pictures in load([tmp_path]).pictures] == ["a"]


def test_what_unpacks_to_more_than_memory_takes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_MAX_UNPACKED", 2**20)
    monkeypatch.setattr(readers, "MAX_BYTES", 2**20)
    packed = gzip.compress(b"\n" * 2**23)[:-9]  # read to its end, it would be found cut short
    for name, fault in (("a.csv.gz", "is larger than 1 MB"), ("b.jsonl.gz", "has more than 1 MB")):
        (tmp_path / name).write_bytes(packed)
        with pytest.raises(InputError, match=f"{name} {fault}"):
            load([tmp_path / name])


def test_suspect_lines_are_left_out(data_folder: Path, tmp_path: Path) -> None:
    drawings = load([data_folder / "ink" / "pens.jsonl"]).drawings[0]
    assert len(drawings.inks) == 120
    assert "x" not in drawings.writers
    (tmp_path / "a.jsonl").write_text('{"label": "3", "suspect": false, "strokes": [[[0, 0]]]}')
    assert load([tmp_path]).drawings[0].labels == ("3",)


def test_sets_and_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.csv").write_text(f"{row(7, 255)}\n{row('ab'.index(folder))}\n")
    data = load([tmp_path])
    assert [p.name for p in data.pictures] == ["own", "own (2)"]
    assert [p.labels.tolist() for p in data.pictures] == [[7, 0], [7, 1]]
    assert data.hashes.keys() == {"own.csv", "own.csv (2)"}
    assert len(set(data.hashes.values())) == 2


def test_a_set_named_twice_is_read_once(data_folder: Path) -> None:
    images = data_folder / "mnist" / "train-images-idx3-ubyte.gz"
    assert len(load([images, data_folder / "mnist", images]).pictures) == 2


@pytest.mark.parametrize("header", [[], [row("label", "pixel")]])
@pytest.mark.parametrize("name", ["train.csv", "train.csv.gz"])
def test_kaggles_csv(tmp_path: Path, header: list[str], name: str) -> None:
    content = "\n".join([*header, row(7, 255), row(0)]).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    pictures = load([path]).pictures[0]
    assert pictures.labels.tolist() == [7, 0]
    assert pictures.images[0].min() == 255
    assert pictures.images[1].max() == 0


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b" ", b"\xef\xbb\xbflabel,pixels\n", b"\xe9,pixels\n"]
)
def test_no_row_of_a_csv_is_taken_for_its_header(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(before + f"{row(7, 255)}\n{row(3)}\n".encode())
    assert load([path]).pictures[0].labels.tolist() == [7, 3]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (row("seven"), "row 2 contains something other than numbers"),
        (row(10), "row 2: label 10"),
        (row(-1), "row 2: label -1"),
        (row(1.5), "row 2: label 1.5"),
        (row(1, 256), "row 2 has a grey level"),
        (row(1, "nan"), "row 2 has a grey level"),
        (row(1, 0.9), "row 2 has grey levels that are not whole numbers"),
        ("1,0", "row 2 has 2 columns.*train.csv alone"),
        (row(1, ""), "row 2 contains something other"),
        ("1,2,3", "row 2 has 3 columns"),
    ],
)
def test_the_first_fault_in_a_csv_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "a.csv").write_text(f"{row(1)}\n{line}\n{row(2)}\n")
    with pytest.raises(InputError, match=complaint):
        load([tmp_path / "a.csv"])


def test_an_endless_row_is_refused_before_it_is_taken_apart(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1" + "," * 6_000_000)
    tracemalloc.start()
    with pytest.raises(InputError, match="row 1 has 6000001 columns"):
        load([tmp_path / "a.csv"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 36e6  # six times the file


def test_a_folder_of_pictures_for_each_class(tmp_path: Path) -> None:
    for digit in (1, 7):
        (tmp_path / str(digit)).mkdir()
        picture = np.full((60, 60, 3), 255, np.uint8)
        cv2.line(picture, (30, 10), (30, 50), (0, 0, 0), 5)
        cv2.imwrite(str(tmp_path / str(digit) / "a.png"), picture)
    (tmp_path / "7" / "notes.txt").write_text("not a picture")
    pictures = load([tmp_path]).pictures[0]
    assert pictures.labels.tolist() == [1, 7]
    assert pictures.images[0].max() == 255


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "3").mkdir()
    (tmp_path / "3" / "broken.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match=r"broken\.png"):
        load([tmp_path])


def test_a_picture_without_ink_and_a_folder_without_pictures_are_named(tmp_path: Path) -> None:
    (tmp_path / "3").mkdir()
    with pytest.raises(InputError, match="holds no pictures"):
        load([tmp_path])
    cv2.imwrite(str(tmp_path / "3" / "BLANK.PNG"), np.full((60, 60, 3), 255, np.uint8))
    with pytest.raises(InputError, match=r"BLANK\.PNG has no ink in it"):
        load([tmp_path])


def test_a_folder_of_another_class_is_named(tmp_path: Path) -> None:
    (tmp_path / "3").mkdir()
    (tmp_path / "cats").mkdir()
    with pytest.raises(InputError, match="cats"):
        load([tmp_path])


def overwrite_images(folder: Path, content: bytes) -> None:
    (folder / "train-images-idx3-ubyte.gz").write_bytes(content)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "not an IDX file"),
        (gzip.compress(idx(np.zeros((20, 28, 28), np.uint8)))[:-9], "gzip"),
        (gzip.compress(idx(np.zeros((20, 28, 28), np.uint8))[:-1]), "should hold 15680"),
        (gzip.compress(idx(np.zeros((19, 28, 28), np.uint8))), "19 images but"),
        (gzip.compress(idx(np.zeros((20, 32, 32), np.uint8))), "instead of 28x28"),
        (gzip.compress(idx(np.zeros(20, np.uint8))), "not an IDX file"),
        (gzip.compress(struct.pack(">I3I", 0x0803, 2**31, 2**31, 2**31)), "should hold"),
    ],
    ids=range(7),
)
def test_a_bad_idx_file_is_told_in_words(tmp_path: Path, content: bytes, complaint: str) -> None:
    write_mnist(tmp_path, "train", 20)
    overwrite_images(tmp_path, content)
    with pytest.raises(InputError, match=complaint):
        load([tmp_path])


def test_a_label_that_is_no_digit_is_named(tmp_path: Path) -> None:
    write_mnist(tmp_path, "train", 20)
    labels = np.zeros(20, np.uint8)
    labels[4] = 10
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(labels))
    with pytest.raises(InputError, match="label 5 is 10"):
        load([tmp_path])


def test_missing_labels_are_named(tmp_path: Path) -> None:
    write_mnist(tmp_path, "train", 20)
    (tmp_path / "train-labels-idx1-ubyte").unlink()
    with pytest.raises(InputError, match="train-labels-idx1-ubyte"):
        load([tmp_path])


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"strokes": [[[0, 0]]]}', "line 2 has no label"),
        ('{"label": "3", "strokes": [[["a", 0]]]}', "line 2"),
        ('{"label": "3"', "line 2"),
    ],
)
def test_a_bad_ink_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    good = '{"label": "3", "strokes": [[[0, 0], [1, 1]]]}'
    (tmp_path / "a.jsonl").write_text(f"{good}\n{line}\n")
    with pytest.raises(InputError, match=complaint):
        load([tmp_path])


def test_the_persons_own_drawings(tmp_path: Path) -> None:
    paper = np.full((40, 40, 3), 255, np.uint8)
    cv2.line(paper, (20, 5), (20, 35), (0, 0, 0), 4)
    picture = Picture(cv2.imencode(".png", paper)[1].tobytes(), 40, 40)
    store = SampleStore(tmp_path / "drawings.sqlite")
    blank = Picture(cv2.imencode(".png", np.full((9, 9), 255, np.uint8))[1].tobytes(), 9, 9)
    store.add([Sample.of(sample(3), 3), Sample.of(picture, 1), Sample.of(sample(5), 5)])
    store.add([Sample.of(blank, 2)])
    data = load([tmp_path / "drawings.sqlite"])
    assert (data.drawings[0].labels, data.drawings[0].writers) == (("3", "5"), ("me", "me"))
    assert data.pictures[0].labels.tolist() == [1]
    names = data.drawings[0].name, data.pictures[0].name
    assert list(map(set_name, names)) == ["My drawings", "My pictures"]


def test_a_set_of_nothing_is_named(tmp_path: Path) -> None:
    for name in ("a.csv", "a.jsonl"):
        (tmp_path / name).write_text("\n")
        with pytest.raises(InputError, match=f"{name} holds no (rows|drawings)"):
            load([tmp_path / name])
    own = SampleStore(tmp_path / "a.sqlite")
    own.remove(own.add([Sample.of(sample(3), 3)]))
    with pytest.raises(InputError, match=r"a\.sqlite holds no drawings"):
        load([own.path])


def test_a_folder_called_mnist_is_that_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / "OWN.CSV").write_text(row(3))
    monkeypatch.chdir(tmp_path)
    assert [p.name for p in load([Path("mnist")]).pictures] == ["OWN"]


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no data"):
        load([tmp_path])
    with pytest.raises(InputError, match="no file or folder"):
        load([tmp_path / "nowhere"])
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match="is not a data set"):
        load([tmp_path / "a.txt"])


def test_data_is_described_and_a_missing_digit_named(data_folder: Path, tmp_path: Path) -> None:
    lines = list(describe(load([data_folder])))
    assert lines[0].startswith("t10k: 40 drawings (0: 4, 1: 4")
    assert lines[2] == "letters: 20 drawings (20 non-digits)"
    (tmp_path / "a.csv").write_text("\n".join(row(d) for d in (0, 1, 2, 3, 4, 6, 7, 9)))
    data = load([tmp_path])
    with pytest.raises(InputError, match="contain no 5, 8"):
        require_all_digits(data.pictures, data.drawings)
