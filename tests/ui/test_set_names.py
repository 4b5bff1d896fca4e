from pathlib import Path

import pytest

from digitpad.ui.set_names import file_set_name, set_name, source_name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("t10k", "MNIST test"),
        ("validation: train", "MNIST, validation"),
        ("pendigits-test, as pictures", "Pen digits test as pictures"),
        ("validation: unipen-digits, as pictures", "UNIPEN digits as pictures, validation"),
        ("curves", "Random curves"),
        ("my 7s", "my 7s"),
        ("validation: my 7s", "my 7s, validation"),
    ],
)
def test_sets_are_called_by_names_that_people_know(name: str, said: str) -> None:
    assert set_name(name) == said


def test_data_are_called_as_they_were_offered(tmp_path: Path) -> None:
    names = [source_name(str(tmp_path / name)) for name in ("mnist", "drawings.sqlite", "digits")]
    assert names == ["MNIST", "My drawings", "digits"]


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("train", "/data/train-images-idx3-ubyte.gz", "MNIST"),
        ("train", "/data/train.csv", "train.csv"),
        ("train", "/data/train", "train"),
        ("drawings", "/data/drawings.sqlite", "My drawings"),
        ("omniglot", "/data/omniglot.jsonl.gz", "Omniglot alphabets"),
    ],
)
def test_a_table_or_folder_is_called_as_its_file_is(name: str, file: str, said: str) -> None:
    assert file_set_name(name, file) == said
