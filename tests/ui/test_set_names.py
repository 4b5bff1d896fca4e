from pathlib import Path

import pytest

from digitpad.ui.set_names import set_name, source_name


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
