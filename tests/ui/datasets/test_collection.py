from digitpad.core.survey import OTHERS, SetRead
from digitpad.ui.datasets.collection import Collection
from tests.ui.datasets.conftest import made_up


def test_counts_are_of_one_set_or_of_all(digits: SetRead, letters: SetRead) -> None:
    both = Collection.of([digits, letters])
    assert both.counts(0) == (20, 20, 20, 20, 20, 0, 20, 20, 0, 20, 0)
    assert both.counts(1) == (0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2)
    assert both.counts(None) == (20, 20, 20, 21, 20, 0, 20, 20, 0, 20, 2)
    assert both.has_others()
    assert not Collection.of([digits]).has_others()


def test_samples_come_by_turns_of_class_and_set(digits: SetRead, letters: SetRead) -> None:
    both = Collection.of([digits, letters])
    labels = [both.labels[row] for row in both.rows(None, None)]
    assert "".join(labels) == "012334679A0123467" + "9B"
    assert [both.labels[row] for row in both.rows(1, None)] == ["3", "A", "B"]
    assert [both.owners[row] for row in both.rows(None, 3)] == [0, 1, 0]
    assert [both.labels[row] for row in both.rows(None, OTHERS)] == ["A", "B"]
    assert both.rows(0, 5) == []
    assert both.images[both.rows(1, 3)[0]].max() == 1


def test_a_sample_is_told_with_its_set(digits: SetRead, letters: SetRead) -> None:
    both = Collection.of([digits, letters])
    assert both.words(0).told == "Labelled 0\nMNIST"
    letter = both.words(both.rows(None, OTHERS)[0])
    assert (letter.left, letter.told) == ("A", "Labelled A (not a digit)\nscrawl")


def test_sets_of_one_name_are_told_apart() -> None:
    files = ("/a/train-images-idx3-ubyte", "/b/train-images-idx3-ubyte", "/c/train.csv", "/d/train")
    sets = [made_up("train", file, "1") for file in files]
    assert Collection.of(sets).titles == ("MNIST (a)", "MNIST (b)", "train.csv", "train")
