"""Reading with limits, writing whole files or nothing."""

import errno
import os
from pathlib import Path

import pytest

from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats.files import read_bytes, write_atomically


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "ünïcode ink.inkml"
    write_atomically(path, b"first")
    write_atomically(path, b"second")
    assert read_bytes(path) == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_gets_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    usual, new, old = tmp_path / "usual", tmp_path / "new", tmp_path / "old"
    usual.write_bytes(b"")
    write_atomically(new, b"")
    assert new.stat().st_mode == usual.stat().st_mode
    old.write_bytes(b"")
    old.chmod(0o600)
    write_atomically(old, b"x")
    assert old.stat().st_mode & 0o777 == 0o600


def test_no_other_thread_is_without_the_umask_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change_for_all_threads(mask: int) -> int:
        pytest.fail(f"the umask of the whole process became {mask:o}")

    monkeypatch.setattr(os, "umask", change_for_all_threads)
    write_atomically(tmp_path / "new", b"x")


def test_all_is_on_the_disk_before_the_name_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, synced = tmp_path / "ink", []

    def fsync(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_size, path.exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    write_atomically(path, b"whole")
    assert synced == [(5, False)]


def test_a_long_name(tmp_path: Path) -> None:
    path = tmp_path / ("\U0001f58b" * 63)
    write_atomically(path, b"x")
    assert read_bytes(path) == b"x"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such file or folder"):
        write_atomically(tmp_path / "nowhere" / "a.png", b"x")


def test_a_folder_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a.png"
    folder.mkdir()
    with pytest.raises(StorageError, match="could not be saved"):
        write_atomically(folder, b"x")
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("step", "code", "words"),
    [
        ("fsync", errno.ENOSPC, "disk is full"),
        ("fsync", errno.EIO, os.strerror(errno.EIO)),
        ("replace", errno.EROFS, "disk is read-only"),
    ],
)
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, words: str
) -> None:
    path = tmp_path / "ink.svg"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(StorageError, match=words):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.png cannot be read: there is no such file"):
        read_bytes(tmp_path / "none.png")
    with pytest.raises(InputError, match="cannot be read"):
        read_bytes(tmp_path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"12345")
    assert read_bytes(path, max_bytes=5) == b"12345"
    with pytest.raises(InputError, match="larger than"):
        read_bytes(path, max_bytes=4)
