import errno
import gzip
import os
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock, Timeout
from PySide6.QtGui import QImage

from digitpad.core.drawing import Picture
from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats.inkml import write_inkml
from digitpad.core.ink import Ink, Stroke
from digitpad.ui.png import png_bytes
from digitpad.workflows.documents import KeptDrawing, read_drawing, read_received, with_pen

INK = Ink((Stroke.of([(1, 2), (3, 4.5, 0.5)][:1] * 2, 7.0), Stroke.of([(9, 9), (5, 1)], 3.0)))


def png(tmp_path: Path) -> Path:
    cv2 = pytest.importorskip("cv2")
    path = tmp_path / "seven.png"
    image = np.full((60, 40, 3), 255, np.uint8)
    cv2.line(image, (10, 10), (30, 50), (0, 0, 0), 4)
    cv2.imwrite(str(path), image)
    return path


def test_inkml_pictures_and_ink_lines_are_told_apart(tmp_path: Path) -> None:
    inkml = tmp_path / "a.INKML"
    inkml.write_bytes(write_inkml(INK))
    assert read_drawing(inkml) == INK
    picture = read_drawing(png(tmp_path))
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (40, 60)
    lines = tmp_path / "many.jsonl.gz"
    lines.write_bytes(gzip.compress(b'{"strokes": []}\n{"strokes": [[[0, 0], [50, 100]]]}\n'))
    ink = read_drawing(lines)
    assert isinstance(ink, Ink)
    assert len(ink.strokes) == 1
    assert 0 < ink.strokes[0].width < 50


def test_only_strokes_without_a_pen_get_one() -> None:
    drawn = Ink((Stroke.of([(0, 0), (50, 100)], 0.0), Stroke.of([(9, 9), (5, 1)], 3.0)))
    assert [stroke.width for stroke in with_pen(drawn).strokes] == [8.0, 3.0]
    dot = Ink((Stroke.of([(5, 5)], 0.0),))
    assert with_pen(dot).strokes[0].width > 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gone.png", None),
        ("broken.png", b"\x89PNG\r\n\x1a\n"),
        ("text.inkml", b"hello"),
        ("empty.inkml", b'<ink xmlns="http://www.w3.org/2003/InkML"/>'),
        ("empty.jsonl", b""),
        ("blank.jsonl", b'{"strokes": []}'),
        ("empty.jpg", b""),
    ],
)
def test_what_holds_no_drawing_is_named(name: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=name):
        read_drawing(path)


def test_what_is_wrong_names_the_file_and_keeps_its_folder_for_the_details(tmp_path: Path) -> None:
    for name in ("scan.png", "ink.inkml", "ink.jsonl", "none.png"):
        path = tmp_path / name
        if name != "none.png":
            path.write_bytes(b"nonsense")
        with pytest.raises(InputError, match=f"^{name}") as told:
            read_drawing(path)
        assert str(tmp_path) not in str(told.value)
        assert str(path) in told.value.details


def test_a_large_pasted_picture_is_made_small_first(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, int]] = []

    def note(image: QImage) -> bytes:
        sizes.append((image.width(), image.height()))
        return png_bytes(image)

    monkeypatch.setattr("digitpad.ui.canvas.incoming.png_bytes", note)
    large = QImage(3000, 1500, QImage.Format.Format_RGB32)
    large.fill(0xFFFFFF)
    picture = read_received(large, "The picture")
    assert (picture.width, picture.height) == (1024, 512)
    read_received(large.scaled(40, 30), "The picture")
    assert sizes == [(1024, 512), (40, 30)]


def test_the_last_drawing_is_kept_whatever_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = KeptDrawing(tmp_path / "new" / "folder")
    assert kept.load() is None
    kept.save(INK)
    assert kept.load() == INK
    picture = read_drawing(png(tmp_path))
    kept.save(picture)
    kept.close()
    kept = KeptDrawing(tmp_path / "new" / "folder")
    assert kept.load() == picture
    kept.save(Ink())
    assert kept.load() is None
    assert not caplog.records, "a blank sheet is no damaged drawing"


def test_of_two_kept_drawings_the_newer_one_counts(tmp_path: Path) -> None:
    picture = read_drawing(png(tmp_path))
    assert isinstance(picture, Picture)
    kept = KeptDrawing(tmp_path)
    kept.save(INK)
    (tmp_path / "drawing.png").write_bytes(picture.png)
    os.utime(tmp_path / "drawing.png", (1, 1))
    assert kept.load() == INK
    os.utime(tmp_path / "drawing.inkml", (0, 0))
    assert kept.load() == picture


def test_each_copy_of_the_app_keeps_a_drawing_of_its_own(tmp_path: Path) -> None:
    first, second = KeptDrawing(tmp_path), KeptDrawing(tmp_path)
    first.save(INK)
    assert second.load() is None, "the first still shows it"
    later = INK.transformed(2, 0, 0)
    second.save(later)
    os.utime(tmp_path / "drawing.inkml", (1, 1))
    first.close()
    second.close()
    first, second = KeptDrawing(tmp_path), KeptDrawing(tmp_path)
    assert (first.load(), second.load()) == (later, INK)


@pytest.mark.parametrize("error", [Timeout("a.lock"), OSError(errno.ENOLCK, "no locks")])
def test_where_no_lock_can_be_had_the_drawing_is_kept_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(_: FileLock, **__: float) -> None:
        raise error

    monkeypatch.setattr(FileLock, "acquire", refuse)
    KeptDrawing(tmp_path).save(INK)
    assert KeptDrawing(tmp_path).load() == INK


def test_a_damaged_kept_drawing_is_put_aside_and_told(tmp_path: Path) -> None:
    kept = KeptDrawing(tmp_path)
    kept.save(INK)
    (tmp_path / "drawing.inkml").write_bytes(b"<ink")
    with pytest.raises(InputError, match="could not be read") as told:
        kept.load()
    (aside,) = tmp_path.glob("drawing.damaged-*.inkml")
    assert str(aside) in str(told.value)
    assert aside.read_bytes() == b"<ink"
    assert kept.load() is None
    kept.save(INK)
    assert aside.exists()


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be written to"):
        KeptDrawing(tmp_path / "file" / "folder").save(INK)
