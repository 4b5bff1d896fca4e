"""The SQLite file that holds the person's drawings: opened, migrated, mended, its errors in words.

Every use opens the file again, so any thread and several copies of the app may use it at once.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from digitpad.core.errors import DigitpadError, InputError, StorageError
from digitpad.core.formats.files import name_for_damaged

SCHEMA = (
    """
    CREATE TABLE samples (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        digest BLOB NOT NULL UNIQUE,
        label INTEGER NOT NULL CHECK (label BETWEEN 0 AND 9),
        writer TEXT NOT NULL,
        created TEXT NOT NULL,
        answer INTEGER,
        probabilities TEXT,
        ink TEXT,
        png BLOB,
        width INTEGER,
        height INTEGER,
        CHECK ((ink IS NULL) <> (png IS NULL))
    )
    """,
)
"""One statement a version: what brings a database from each version to the next."""

_TIMEOUT_S = 10.0
"""How long another copy of the app may hold the file before that is an error."""

_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; you may lack permission for this folder",
    sqlite3.SQLITE_PERM: "permission denied",
    sqlite3.SQLITE_BUSY: "another program is using it; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another program is using it; try again in a moment",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CORRUPT: "it is damaged; Digitpad will recover what it can at its next start",
    sqlite3.SQLITE_NOTADB: "it is not a Digitpad database",
    sqlite3.SQLITE_CONSTRAINT: "a drawing or label is invalid",
    sqlite3.SQLITE_TOOBIG: "a drawing is too large",
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What sqlite3 raises: the latter where its own words for a damaged file hold what is no text."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that sees one state of the file throughout; raises InputError."""
    with _in_words(path, InputError, "read"), closing(_connect(path, "rw")) as database:
        _refuse_other_versions(database, path, InputError)
        _refuse_foreign(database, path)
        if _version(database) < len(SCHEMA):
            database.execute("BEGIN IMMEDIATE")
            _migrate(database)
            database.execute("COMMIT")
        database.execute("BEGIN")
        yield database


@contextmanager
def reading_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a file from anywhere, which is left as it is; raises InputError."""
    with _in_words(path, InputError, "read"):
        if not path.is_file():
            raise InputError(f"There is no file {path}.")
        with closing(_connect(path, "ro")) as database:
            _refuse_other_versions(database, path, InputError)
            _refuse_foreign(database, path)
            yield database


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection within one transaction, the file made where there is none.

    All of it is written or, with a StorageError or any other exception, nothing.
    """
    with _in_words(path, StorageError, "changed"):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_connect(path, "rwc")) as database:
            database.execute("BEGIN IMMEDIATE")
            _refuse_other_versions(database, path, StorageError)
            _migrate(database)
            yield database
            database.execute("COMMIT")


def has_content(path: Path, kind: type[DigitpadError] = InputError) -> bool:
    """Tell whether the file has anything in it; raises ``kind`` where that cannot be determined."""
    with _in_words(path, kind, "read"):
        try:
            return path.stat().st_size > 0
        except (FileNotFoundError, NotADirectoryError):
            return False


def is_damaged(path: Path) -> bool:
    """Tell whether there is a file, and it is damaged or not a database. Raises StorageError."""
    if not has_content(path, StorageError):
        return False
    try:
        with closing(_connect(path, "rw")) as database:
            if _lacks_tables(database):
                return True
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except _ERRORS as error:
        return _code(error) in _DAMAGED
    return bool(verdict != "ok")


def place_beside(path: Path) -> Path:
    """Return where a file can be made that is to replace that at ``path``. Raises StorageError."""
    beside = path.with_name(f"{path.name}.part")
    with _in_words(beside, StorageError, "removed"):
        beside.unlink(missing_ok=True)
    return beside


def replace_damaged(path: Path, mended: Path) -> Path:
    """Move ``mended`` to ``path`` and return where the damaged file is kept, a copy by now.

    At every moment there is a file at ``path``. Raises StorageError.
    """
    with _in_words(path, StorageError, "set aside"):
        aside = name_for_damaged(path)
        shutil.copy2(path, aside)
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists():  # beside another file it would spoil that
            journal.replace(aside.with_name(f"{aside.name}-journal"))
        mended.replace(path)
    return aside


def readable_rows(path: Path, query: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of ``query`` that can still be read of a damaged file, from both its ends.

    A row may come twice: the file is also read as if the page that describes its tables were whole.
    """
    for connect in (partial(_connect, path, "rw"), partial(_connect_to_whole_tables, path)):
        for order in ("ASC", "DESC"):
            with suppress(*_ERRORS), closing(connect()) as database:
                yield from database.execute(f"{query} ORDER BY id {order}")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open the file; its transactions are begun and ended by hand."""
    database = sqlite3.connect(
        f"{_uri(path.absolute())}?mode={mode}",
        uri=True,
        timeout=_TIMEOUT_S,
        isolation_level=None,
    )
    # Readers are not locked out by a long import before its end.
    database.execute("PRAGMA cache_spill = OFF")
    # What is no text any more spoils one row, and not the reading of all.
    database.text_factory = _lenient_text
    return database


def _connect_to_whole_tables(path: Path) -> sqlite3.Connection:
    """Open a copy in memory whose first page is a new file's: that is the same in every file."""
    with closing(_new_in_memory(len(SCHEMA))) as new:
        (size,) = new.execute("PRAGMA page_size").fetchone()
        page = new.serialize()[:size]
    data = path.read_bytes()
    pages = (len(data) // size).to_bytes(4, "big")  # else SQLite believes the new file's number
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.text_factory = _lenient_text
    database.deserialize(page[:28] + pages + page[32:] + data[size:])
    return database


def _new_in_memory(version: int) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    for statement in SCHEMA[:version]:
        database.execute(statement)
    return database


def _lenient_text(data: bytes) -> str:
    return data.decode(errors="replace")


def _uri(path: PurePath) -> str:
    """Return an absolute path as SQLite wants it, which takes the name of no other machine.

    That of a Windows share stands within the path: file:////machine/share/...
    """
    name = quote(os.fsencode(path.as_posix()), safe="/:")
    return f"file://{name}" if name.startswith("/") else f"file:///{name}"


def _version(database: sqlite3.Connection) -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def _migrate(database: sqlite3.Connection) -> None:
    version = _version(database)
    for statement in SCHEMA[version:]:
        database.execute(statement)
    if version < len(SCHEMA):
        database.execute(f"PRAGMA user_version = {len(SCHEMA)}")


def _lacks_tables(database: sqlite3.Connection) -> bool:
    """Tell whether a file of Digitpad does not describe its tables as it was made to."""
    version = _version(database)
    if not 0 < version <= len(SCHEMA):
        return False
    described = "SELECT type, name, tbl_name, sql FROM sqlite_master"
    with closing(_new_in_memory(version)) as new:
        return not {*new.execute(described)} <= {*database.execute(described)}


def _refuse_foreign(database: sqlite3.Connection, path: Path) -> None:
    """Refuse what holds no table of drawings: a view of that name may never come to an end."""
    found = database.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'samples' AND type = 'table' AND rootpage > 0"
    )
    if _version(database) < 1 or found.fetchone() is None:
        raise InputError(f"{path} holds no Digitpad drawings.")


def _refuse_other_versions(
    database: sqlite3.Connection, path: Path, kind: Callable[[str], DigitpadError]
) -> None:
    version = _version(database)
    if version < 0:
        raise kind(f"{path} is not a Digitpad database. Nothing was changed.")
    if version > len(SCHEMA):
        raise kind(
            f"{path} was written by a newer version of Digitpad (schema {version}; this one knows "
            f"up to {len(SCHEMA)}). Update Digitpad. Nothing was changed."
        )


@contextmanager
def _in_words(path: Path, kind: Callable[[str, str], DigitpadError], done: str) -> Iterator[None]:
    try:
        yield
    except (*_ERRORS, OSError) as error:
        reason = _REASONS.get(_code(error)) or getattr(error, "strerror", None) or str(error)
        raise kind(f"{path} cannot be {done}: {reason}.", repr(error)) from error


def _code(error: Exception) -> int:
    """Return SQLite's primary result code."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
