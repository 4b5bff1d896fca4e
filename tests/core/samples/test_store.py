from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.errors import InputError, StorageError
from digitpad.core.prediction import DIGITS, Prediction
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import Kept, SampleStore, read_samples
from tests.drawings import inks
from tests.samples import answer_of, ink_of, sample_of, unread_picture

digits = st.integers(0, 9)
shares = st.lists(st.floats(0, 1), min_size=DIGITS, max_size=DIGITS).map(tuple)
answers = st.none() | st.builds(Prediction, shares, st.none() | digits)
samples = st.builds(Sample.of, inks, digits, answers, st.text(max_size=9))


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
    with pytest.raises(StorageError):
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
