import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.errors import InputError, StorageError
from digitpad.core.ink import Ink, Stroke
from digitpad.core.prediction import DIGITS, Prediction
from digitpad.core.samples.sample import Caption, Sample
from digitpad.core.samples.store import Kept, SampleStore, read_samples
from tests.drawings import inks
from tests.samples import answer_of, ink_of, sample_of, unread_picture

digits = st.integers(0, 9)
shares = st.lists(st.floats(0, 1), min_size=DIGITS, max_size=DIGITS).map(tuple)
answers = st.none() | st.builds(Prediction, shares, st.none() | digits)
moments = st.integers(0, 2**34).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
captions = st.builds(Caption, digits, answers, moments, st.text(max_size=9))
samples = st.builds(Sample, inks, captions)


@settings(max_examples=40, deadline=None)  # each writes to the disk several times
@given(given=st.lists(samples, max_size=4))
def test_what_is_added_comes_back_the_same_and_only_once(given: list[Sample]) -> None:
    first: list[Sample] = []
    for sample in given:
        if all(sample.drawing != other.drawing for other in first):
            first.append(sample)
    with TemporaryDirectory() as folder:
        store = SampleStore(Path(folder) / "drawings.sqlite")
        numbers = store.add(given)
        assert list(store.samples(numbers).values()) == first
        assert list(store.captions().values()) == [s.caption for s in reversed(first)]
        assert store.add(given) == []
        assert store.count() == len(first)
        assert list(read_samples(store.path)) == first


def test_a_store_without_a_file_is_empty_and_makes_none(store: SampleStore) -> None:
    assert store.captions() == {}
    assert store.count() == 0
    assert store.samples([]) == store.samples([1]) == {}
    assert store.mend() == ""
    assert not store.path.parent.exists()


def test_pictures_are_kept_as_they_are(store: SampleStore) -> None:
    picture = unread_picture()
    kept = store.keep(picture)
    assert store.samples([kept.number]) == {kept.number: picture}
    assert store.captions()[kept.number].answer is None


def test_the_last_word_on_a_drawing_counts(store: SampleStore) -> None:
    first = store.keep(sample_of(1, label=1))
    assert first.old_label is None
    assert store.keep(sample_of(1, label=7)) == Kept(first.number, 1)
    assert store.keep(sample_of(1, label=7)) == Kept(first.number, 7)
    assert [caption.label for caption in store.captions().values()] == [7]


def test_what_was_read_wrongly_is_known(store: SampleStore) -> None:
    store.add(
        [
            Sample.of(ink_of(1), 7, answer_of(7)),
            Sample.of(ink_of(2), 7, answer_of(1)),
            Sample.of(ink_of(3), 7, answer_of(None)),
            Sample.of(ink_of(4), 7),
        ]
    )
    assert [c.misread for c in reversed(store.captions().values())] == [False, True, True, False]


def test_relabelling_gives_what_takes_it_back(store: SampleStore) -> None:
    one, two = store.add([sample_of(1, label=1), sample_of(2, label=2)])
    old = store.relabel({one: 9, two: 9, 99: 9})
    assert old == {one: 1, two: 2}
    assert {n: c.label for n, c in store.captions().items()} == {one: 9, two: 9}
    store.relabel(old)
    assert {n: c.label for n, c in store.captions().items()} == {one: 1, two: 2}


def test_new_answers_give_what_takes_them_back(store: SampleStore) -> None:
    store.add([sample_of(1), Sample.of(ink_of(2), 2)])
    old = store.answer({1: answer_of(4), 2: answer_of(None), 9: answer_of(9)})
    assert old == {1: answer_of(7), 2: None}
    assert {n: c.answer for n, c in store.captions().items()} == {
        1: answer_of(4),
        2: answer_of(None),
    }
    store.answer(old)
    assert {n: c.answer for n, c in store.captions().items()} == old


def test_what_was_removed_can_be_brought_back_in_its_place(store: SampleStore) -> None:
    numbers = store.add([sample_of(n) for n in range(5)])
    before = store.samples(numbers)
    removed = store.remove([numbers[1], numbers[3], 99])
    assert list(removed) == [numbers[1], numbers[3]]
    assert list(store.captions()) == [numbers[4], numbers[2], numbers[0]]
    store.restore(removed)
    assert store.samples(numbers) == before
    assert list(store.captions()) == list(reversed(numbers))


def test_numbers_are_never_given_again(store: SampleStore) -> None:
    (old,) = store.add([sample_of(1)])
    store.remove([old])
    assert store.add([sample_of(2)]) != [old]


def test_a_label_that_is_no_digit_changes_nothing(store: SampleStore) -> None:
    (number,) = store.add([sample_of(1)])
    with pytest.raises(StorageError, match="a drawing or label is invalid"):
        store.relabel({number: 10})
    with pytest.raises(StorageError):
        store.add([sample_of(2), sample_of(3, label=-1)])
    assert {n: c.label for n, c in store.captions().items()} == {number: 7}


def test_thousands_of_numbers_at_once(store: SampleStore) -> None:
    numbers = store.add([sample_of(n) for n in range(2000)])
    assert len(store.samples(range(100_000))) == 2000
    assert len(store.remove(numbers)) == 2000


@pytest.mark.parametrize("content", [None, b"", b"not a database, whatever its name may say" * 9])
def test_what_is_no_store_cannot_be_read(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"other\.sqlite"):
        list(read_samples(path))
    assert content is None or path.read_bytes() == content


OF_ANOTHER_KIND = [
    *({"label": value} for value in (3.5, "seven", 12, b"7", None)),
    *({"answer": value} for value in ("x", 99, 3.5)),
    *({"probabilities": value} for value in ("[1, 0]", f"[{'NaN, ' * 9}NaN]", "[" * 100_000)),
    {"probabilities": "[1" + "0" * 400 + ", 0, 0, 0, 0, 0, 0, 0, 0, 0]"},
    {"probabilities": "[2, 0, 0, 0, 0, 0, 0, 0, 0, 0]"},
    *({"writer": value} for value in (b"\xff", None)),
    *(
        {"created": value}
        for value in (5, "2024-01-01", "0001-01-01T00:00+10:00", "3000-01-01T00:00Z")
    ),
    *({"ink": value} for value in ("zzz", None, 5, "[" * 100_000, '{"strokes": [[[1e400, 1]]]}')),
    *({"ink": None, "png": value, "width": 2, "height": 2} for value in ("abc", b"junk", 5)),
    {"ink": None, "png": b"\x89PNG", "width": "a", "height": 2},
    {"ink": None, "png": b"\x89PNG", "width": 2, "height": -5},
]


def spoil(path: Path, number: int, values: dict[str, object]) -> None:
    """Put values into a drawing's row, in a table that takes anything."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE any AS SELECT * FROM samples")
        db.execute("DROP TABLE samples")
        db.execute("ALTER TABLE any RENAME TO samples")
        for name, value in values.items():
            db.execute(f"UPDATE samples SET {name} = ? WHERE id = ?", (value, number))


@pytest.mark.parametrize("values", OF_ANOTHER_KIND)
def test_a_row_from_elsewhere_that_is_no_drawing_is_named(
    store: SampleStore, values: dict[str, object]
) -> None:
    store.add([sample_of(1), sample_of(2)])
    spoil(store.path, 2, values)
    with pytest.raises(
        InputError, match=r"drawings\.sqlite, drawing 2 is not a Digitpad drawing: "
    ):
        list(read_samples(store.path))


@pytest.mark.parametrize("values", OF_ANOTHER_KIND)
def test_a_row_that_is_no_drawing_hides_no_other_and_stays(
    store: SampleStore, values: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    store.add([sample_of(1), sample_of(2), sample_of(3)])
    spoil(store.path, 2, values)
    assert set(store.captions()) >= {1, 3}
    assert list(store.samples([1, 2, 3])) == [1, 3]
    assert "drawing 2 is not a Digitpad drawing" in caplog.text
    assert len(list(store.all())) == 2
    assert {1, 3} <= set(store.answer({1: None, 2: None, 3: None}))
    assert list(store.remove([1, 2, 3])) == [1, 3]
    assert store.count() == 1


def test_endless_ink_comes_in_from_nowhere_but_is_kept_where_it_is(store: SampleStore) -> None:
    endless = Ink((Stroke.of([(1, 2)] * 60_000),) * 2)
    (number,) = store.add([Sample.of(endless, 7)])
    with pytest.raises(InputError, match=r"drawing 1 has 120,000 points; a drawing may have at"):
        list(read_samples(store.path))
    assert store.samples([number])[number].drawing == endless


def test_what_is_looked_at_for_import_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    for version in (-1, 0, 1):
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("CREATE TABLE IF NOT EXISTS notes (text)")
            db.execute(f"PRAGMA user_version = {version}")
        before = path.read_bytes()
        with pytest.raises(
            InputError, match=r"other\.sqlite (holds no|is not a Digitpad database)"
        ):
            list(read_samples(path))
        assert path.read_bytes() == before
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = -1")
    with pytest.raises(StorageError, match=r"not a Digitpad database"):
        SampleStore(path).keep(sample_of(1))


def test_a_view_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "endless.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "CREATE VIEW samples AS WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id FROM c)"
            "SELECT id, 7 label, '' writer, '2024-01-01T00:00Z' created, NULL answer, "
            "NULL probabilities, '{}' ink, NULL png, NULL width, NULL height FROM c"
        )
        db.execute("PRAGMA user_version = 1")
    with pytest.raises(InputError, match="holds no Digitpad drawings"):
        list(read_samples(path))


def test_a_folder_that_may_not_be_looked_into_is_told(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    store.add([sample_of(1)])
    monkeypatch.setattr(Path, "stat", refused)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        store.captions()
    with pytest.raises(StorageError, match="cannot be read: Permission denied"):
        store.mend()
