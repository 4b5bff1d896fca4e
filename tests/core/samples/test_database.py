import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from digitpad.core.errors import DigitpadError, InputError, StorageError
from digitpad.core.ink import Ink, Stroke
from digitpad.core.samples import database
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import SampleStore, read_samples
from tests.samples import sample_of


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def labels(store: SampleStore) -> list[int]:
    return [caption.label for caption in reversed(store.captions().values())]


def damaged(store: SampleStore) -> bytes:
    """Fill ``store`` with 400 drawings, spoil its middle, and return what it then holds."""
    store.add([sample_of(n, label=n % 10) for n in range(400)])
    data = bytearray(store.path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = os.urandom(8192)
    store.path.write_bytes(data)
    return bytes(data)


def fill_the_disk(patch: pytest.MonkeyPatch, pages: int, suffix: str = ".sqlite") -> None:
    """Let no file whose name ends with ``suffix`` grow beyond ``pages``."""
    connect = database._connect

    def connect_to_a_full_disk(path: Path, mode: str) -> sqlite3.Connection:
        db = connect(path, mode)
        if path.suffix == suffix:
            db.execute(f"PRAGMA max_page_count = {pages}")
        return db

    patch.setattr(database, "_connect", connect_to_a_full_disk)


def refused(work: Callable[[], object], kind: type[DigitpadError], reason: str) -> None:
    with pytest.raises(kind, match=reason) as caught:
        work()
    assert "drawings.sqlite" in str(caught.value)


def test_an_older_schema_is_migrated_by_whoever_comes_first(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([sample_of(1, label=1)])
    assert version_of(store.path) == 1
    newer = (*database.SCHEMA, "ALTER TABLE samples ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'")
    monkeypatch.setattr(database, "SCHEMA", newer)
    assert labels(store) == [1]
    assert version_of(store.path) == 2
    store.keep(sample_of(2, label=2))
    assert labels(store) == [1, 2]


def test_a_newer_schema_is_refused_and_left_alone(store: SampleStore) -> None:
    store.add([sample_of(1)])
    with closing(sqlite3.connect(store.path)) as db:
        db.execute("PRAGMA user_version = 7")
    before = store.path.read_bytes()
    refused(
        lambda: store.keep(sample_of(2)), StorageError, "newer version of Digitpad.*Update Digitpad"
    )
    refused(store.captions, InputError, "newer version")
    refused(lambda: list(read_samples(store.path)), InputError, "newer version")
    assert store.mend() == ""
    assert store.path.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([sample_of(1, label=1)])
    broken = (*database.SCHEMA, "ALTER TABLE samples ADD COLUMN a", "ALTER TABLE nothing ADD b")
    with monkeypatch.context() as patch:
        patch.setattr(database, "SCHEMA", broken)
        refused(lambda: store.keep(sample_of(2)), StorageError, "cannot be changed")
    assert version_of(store.path) == 1
    assert labels(store) == [1]


def test_a_full_disk_is_told_and_loses_nothing(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([sample_of(1, label=1)])
    with monkeypatch.context() as patch:
        fill_the_disk(patch, pages=4)
        many = [sample_of(n, label=2) for n in range(2, 200)]
        refused(lambda: store.add(many), StorageError, "the disk is full")
    assert labels(store) == [1]
    store.keep(sample_of(2, label=2))
    assert labels(store) == [1, 2]


def test_a_first_drawing_that_finds_no_room_leaves_an_empty_store(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fill_the_disk(patch, pages=1)
        refused(lambda: store.keep(sample_of(1)), StorageError, "the disk is full")
    assert store.path.read_bytes() == b""
    assert (store.captions(), store.samples([1]), store.count()) == ({}, {}, 0)
    assert store.mend() == ""
    store.keep(sample_of(1, label=1))
    assert labels(store) == [1]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = SampleStore(tmp_path / "file" / "drawings.sqlite")
    refused(lambda: store.keep(sample_of(1)), StorageError, "cannot be changed")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may do anything")
def test_a_read_only_file_can_still_be_looked_at(store: SampleStore) -> None:
    store.add([sample_of(1, label=1)])
    store.path.chmod(0o400)
    store.path.parent.chmod(0o500)
    try:
        refused(lambda: store.keep(sample_of(2)), StorageError, "is read-only")
        assert labels(store) == [1]
    finally:
        store.path.parent.chmod(0o700)


def test_a_busy_file_is_waited_for(store: SampleStore) -> None:
    store.add([sample_of(1, label=1)])
    begun, may_end = threading.Event(), threading.Event()

    def another_app() -> None:
        with database.writing(store.path) as db:
            db.execute("UPDATE samples SET label = 4")
            begun.set()
            may_end.wait(10)

    other = threading.Thread(target=another_app)
    other.start()
    assert begun.wait(10)
    assert labels(store) == [1]  # reading goes on
    threading.Timer(0.2, may_end.set).start()
    assert store.keep(sample_of(1, label=7)).old_label == 4
    other.join()


def test_a_file_that_stays_busy_is_told(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([sample_of(1, label=1)])
    monkeypatch.setattr(database, "_TIMEOUT_S", 0.05)
    with database.writing(store.path):
        refused(lambda: store.keep(sample_of(2)), StorageError, "another program")
    assert labels(store) == [1]


def test_an_app_that_dies_half_way_leaves_all_as_it_was(store: SampleStore) -> None:
    store.add([sample_of(n, label=1) for n in range(300)])
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from digitpad.core.samples import database\n"
        "with database.writing(Path(sys.argv[1])) as db:\n"
        "    db.execute('PRAGMA cache_spill = 1')\n"
        "    db.execute('PRAGMA cache_size = 1')\n"
        "    db.execute('UPDATE samples SET label = 2, writer = writer || ink')\n"
        "    os._exit(9)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(store.path)], check=False)
    assert ran.returncode == 9
    assert store.mend() == ""
    assert labels(store) == [1] * 300


def test_a_damaged_file_is_set_aside_and_what_can_be_read_is_saved(store: SampleStore) -> None:
    data = damaged(store)
    notice = store.mend()
    (aside,) = store.path.parent.glob("drawings.damaged-*.sqlite")
    assert str(aside) in notice
    assert aside.read_bytes() == data
    saved = store.samples(range(1, 401))
    assert 300 < len(saved) < 400
    assert f"{len(saved)} of them" in notice
    originals = [sample_of(n, label=n % 10) for n in range(400)]
    for sample in saved.values():
        assert any(sample.drawing == original.drawing for original in originals)
    assert store.mend() == ""


@pytest.mark.parametrize(
    ("word", "at", "byte"),
    [
        (b"CREATE TABLE samples", -60, 0x83),  # sqlite3's own words for it are no text
        (b"CREATE TABLE samples", 30, 0x83),  # no column "id" any more
        (b"CREATE TABLE samples", -35, 0x83),
        (b"CREATE TABLE sqlite_sequence", 14, 0x78),
        (b"<> (png", 1, 0x78),  # a function that there is not
        (b"SQLite format", 0, 0x78),
    ],
)
def test_where_its_tables_are_described_one_byte_costs_no_drawing(
    store: SampleStore, word: bytes, at: int, byte: int
) -> None:
    store.add([sample_of(n, label=n) for n in range(10)])
    data = bytearray(store.path.read_bytes())
    data[data.index(word) + at] = byte
    store.path.write_bytes(data)
    with suppress(InputError):
        list(read_samples(store.path))
    assert "10 of them" in store.mend()
    assert labels(store) == list(range(10))
    store.keep(sample_of(10, label=1))
    assert store.mend() == ""


def test_a_lost_first_page_of_a_large_file_costs_no_drawing(store: SampleStore) -> None:
    ink = Ink((Stroke.of([(x, x * x % 97) for x in range(300)]),))
    store.add([Sample.of(ink.transformed(1, n, 0), n % 10) for n in range(30)])
    data = store.path.read_bytes()
    store.path.write_bytes(bytes(4096) + data[4096:])
    assert "30 of them" in store.mend()
    assert len(labels(store)) == 30


def test_a_row_that_is_no_text_hides_no_other(store: SampleStore) -> None:
    store.add([sample_of(n, label=n) for n in range(3)])
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("UPDATE samples SET ink = CAST(x'83' AS TEXT) WHERE label = 1")
        db.execute("UPDATE samples SET writer = CAST(x'83' AS TEXT) WHERE label = 2")
    assert labels(store) == [0, 1, 2]
    assert [sample.caption.label for sample in store.all()] == [0, 2]


def test_what_cannot_be_mended_for_want_of_room_is_mended_at_the_next_start(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = damaged(store)
    with monkeypatch.context() as patch:
        fill_the_disk(patch, pages=6, suffix=".part")
        with pytest.raises(StorageError, match="the disk is full"):
            store.mend()
    assert store.path.read_bytes() == data
    assert "0 of them" not in store.mend()
    assert store.count() > 300
    assert len(list(store.path.parent.iterdir())) == 2


def test_the_journal_of_a_damaged_file_stays_with_it(store: SampleStore) -> None:
    damaged(store)
    journal = store.path.with_name(f"{store.path.name}-journal")
    journal.write_bytes(bytes(512))
    store.mend()
    (aside,) = store.path.parent.glob("drawings.damaged-*.sqlite")
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == bytes(512)
    assert not journal.exists()


def test_every_damaged_file_is_kept(store: SampleStore) -> None:
    store.path.parent.mkdir()
    contents = [b"no database %d" % number * 300 for number in range(3)]
    for content in contents:
        store.path.write_bytes(content)
        store.mend()
    kept = sorted(store.path.parent.glob("drawings.damaged-*.sqlite"))
    assert [path.read_bytes() for path in kept] == contents


@pytest.mark.parametrize("content", [b"no database at all" * 300, b"SQLite format 3\0" + b"x" * 99])
def test_what_is_no_database_is_set_aside_too(content: bytes, store: SampleStore) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    refused(lambda: store.keep(sample_of(1)), StorageError, "cannot be changed")
    assert "0 of them" in store.mend()
    (aside,) = store.path.parent.glob("drawings.damaged-*.sqlite")
    assert aside.read_bytes() == content
    store.keep(sample_of(1, label=5))
    assert labels(store) == [5]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/ann/a b.sqlite"), "file:///home/ann/a%20b.sqlite"),
        (PureWindowsPath(r"C:\Users\ann\a.sqlite"), "file:///C:/Users/ann/a.sqlite"),
        (PureWindowsPath(r"\\nas\share\a.sqlite"), "file:////nas/share/a.sqlite"),
    ],
)
def test_the_machine_of_a_share_is_part_of_the_path_for_sqlite(path: PurePath, uri: str) -> None:
    assert database._uri(path) == uri


def test_a_place_with_odd_signs_in_its_name(tmp_path: Path) -> None:
    store = SampleStore(tmp_path / "Ä ? # % &mode=ro" / "drawings.sqlite")
    store.keep(sample_of(1, label=5))
    assert labels(store) == [5]
