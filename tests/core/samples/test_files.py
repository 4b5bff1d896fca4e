import errno
import gzip
import os
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from digitpad.core.drawing import Picture
from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats.ink_lines import format_ink_line, read_ink_lines
from digitpad.core.formats.inkml import write_inkml
from digitpad.core.pictures import read_picture
from digitpad.core.samples.files import read_files, write_folder, write_ink_lines
from digitpad.core.samples.sample import OWN_WRITER, Sample
from digitpad.core.samples.store import SampleStore
from digitpad.ui.png import png_bytes
from tests.samples import ink_of, sample_of


def picture() -> Picture:
    image = QImage(20, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    return read_picture(png_bytes(image), "a picture")


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.jsonl.gz", "MINE.JSONL.GZ"])
def test_ink_lines_come_back_as_the_same_drawings(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    written = [sample_of(n, label=n) for n in range(4)]
    assert write_ink_lines(path, [*written, Sample.of(picture(), 5)]) == 4
    found = read_files([path])
    assert found.unlabelled == 0
    assert [s.drawing for s in found.samples] == [s.drawing for s in written]
    assert [s.caption.label for s in found.samples] == [0, 1, 2, 3]
    assert {s.caption.writer for s in found.samples} == {OWN_WRITER}
    assert [line.label for line in read_ink_lines(path)] == ["0", "1", "2", "3"]


def test_a_folder_comes_back_as_the_same_drawings(tmp_path: Path, store: SampleStore) -> None:
    store.add([sample_of(1, label=7), sample_of(2, label=7), Sample.of(picture(), 5)])
    folder = tmp_path / "out"
    assert write_folder(folder, store.samples([1, 2, 3]).items()) == 3
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.*"))
    assert [re.sub("-[0-9a-f]{8}", "", name) for name in names] == [
        "5/000003.png",
        "7/000001.inkml",
        "7/000002.inkml",
    ]
    found = read_files([folder])
    assert [(type(s.drawing), s.caption.label) for s in found.samples] == [
        (Picture, 5),
        (type(ink_of(1)), 7),
        (type(ink_of(1)), 7),
    ]
    assert store.add(found.samples) == []


def test_a_folder_may_hold_several_exports_and_loses_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_folder(folder, [(1, sample_of(1, label=7))])
    (first,) = folder.rglob("*.inkml")
    write_folder(folder, [(1, sample_of(2, label=7))])
    assert len(list(folder.rglob("*.inkml"))) == 2
    first.write_bytes(b"changed by hand")
    for _ in range(2):
        write_folder(folder, [(1, sample_of(1, label=7))])
    assert first.read_bytes() == b"changed by hand"
    assert len(list(folder.rglob("*.inkml"))) == 3


def test_reading_notes_each_drawing_and_can_be_ended_by_it(tmp_path: Path) -> None:
    path, folder = tmp_path / "mine.jsonl", tmp_path / "8"
    write_ink_lines(path, [sample_of(n, label=n) for n in range(4)])
    folder.mkdir()
    (folder / "a.inkml").write_bytes(write_inkml(ink_of(9)))
    noted: list[int] = []
    assert len(read_files([path, folder], noted.append).samples) == 5
    assert list(dict.fromkeys(noted)) == [0, 1, 2, 3, 4]

    def stop(done: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_files([path], stop)
    empty: list[int] = []
    (tmp_path / "none" / "below").mkdir(parents=True)
    assert read_files([tmp_path / "none"], empty.append).samples == ()
    assert empty == [0, 0]


def test_a_store_comes_back_with_answers_and_times(tmp_path: Path, store: SampleStore) -> None:
    store.add([sample_of(1, label=7, read_as=1), Sample.of(picture(), 5)])
    other = SampleStore(tmp_path / "other.sqlite")
    other.add(read_files([store.path]).samples)
    assert other.samples([1, 2]) == store.samples([1, 2])


def test_what_has_no_digit_as_label_or_no_ink_is_counted(tmp_path: Path) -> None:
    lines = tmp_path / "some.jsonl"
    labels = ["7", None, "B", "12", " 7"]
    lines.write_bytes(
        b"".join(format_ink_line(ink_of(1), label) for label in labels)
        + b'{"label": "3", "strokes": []}\n'
    )
    unlabelled, labelled = tmp_path / "a.inkml", tmp_path / "8" / "b.inkml"
    labelled.parent.mkdir()
    for path in (unlabelled, labelled):
        path.write_bytes(write_inkml(ink_of(2)))
    with_its_own = labelled.with_name("c.inkml")
    with_its_own.write_bytes(write_inkml(ink_of(3), "3"))
    found = read_files([lines, unlabelled, labelled, with_its_own])
    assert [s.caption.label for s in found.samples] == [7, 8, 3]
    assert found.unlabelled == 6


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gone.jsonl", None, "no such file"),
        ("broken.jsonl", b'{"label": "7", "strokes": [[[0, 0]]]}\n{"strokes"\n', "line 2"),
        ("broken.jsonl.gz", gzip.compress(b'{"strokes": []}\n' * 50)[:-9], "gzip"),
        ("broken.inkml", b"<ink", "line 1"),
        ("broken.png", b"\x89PNG\r\n\x1a\n", "broken.png"),
        ("broken.sqlite", b"SQLite format 3\0", "broken.sqlite"),
        ("notes.txt", b"7", "is not ink lines"),
    ],
)
def test_a_fault_is_named(name: str, content: bytes | None, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=reason) as caught:
        read_files([path])
    assert name in str(caught.value)


def test_what_is_at_fault_keeps_nothing_else_out(tmp_path: Path) -> None:
    good, bad, other = tmp_path / "8" / "a.inkml", tmp_path / "8" / "b.png", tmp_path / "c.txt"
    good.parent.mkdir()
    good.write_bytes(write_inkml(ink_of(2)))
    bad.write_bytes(b"no picture")
    other.write_bytes(b"notes")
    found = read_files([good.parent, other])
    assert [s.caption.label for s in found.samples] == [8]
    assert len(found.faults) == 2
    assert "b.png" in found.faults[0]
    assert "c.txt" in found.faults[1]
    with pytest.raises(InputError, match=r"b\.png") as caught:
        read_files([bad, other])
    assert "c.txt" in caught.value.details


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with a name")
def test_a_pipe_is_a_fault_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    (tmp_path / "b.jsonl").write_bytes(format_ink_line(ink_of(1), "7"))
    found = read_files([tmp_path])
    assert len(found.samples) == 1
    assert found.faults == (f"{tmp_path / 'a.jsonl'} cannot be imported: it is not a file.",)


def test_a_folder_that_may_not_be_entered_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    (tmp_path / "b.jsonl").write_bytes(format_ink_line(ink_of(1), "7"))
    look = os.scandir

    def refused(folder: str) -> object:
        if Path(folder) == locked:
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return look(folder)

    monkeypatch.setattr(os, "scandir", refused)
    found = read_files([tmp_path])
    assert len(found.samples) == 1
    assert found.faults == (f"{locked} cannot be opened: permission denied.",)


def test_a_name_that_is_too_long_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: "):
        read_files([tmp_path / f"{'x' * 5000}.jsonl"])


def test_what_cannot_be_written_is_told(tmp_path: Path, store: SampleStore) -> None:
    store.add([sample_of(1)])
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="file"):
        write_folder(tmp_path / "file", store.samples([1]).items())
    with pytest.raises(StorageError, match="file"):
        write_ink_lines(tmp_path / "file" / "a.jsonl", [sample_of(1)])
