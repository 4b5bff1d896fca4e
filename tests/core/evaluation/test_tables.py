import csv
import io

import pytest

from digitpad.core.evaluation.tables import classes_csv, confusion_csv, reliability_csv
from tests.core.evaluation.test_evaluation import WORKED, random_evaluation

NAMED = (("best", WORKED), ("a, b", random_evaluation(1)))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_confusion_matrix_as_counts() -> None:
    table = rows(confusion_csv(NAMED, shares=False))
    assert len(table) == 20
    assert table[3]["model"] == "best"
    assert (table[3]["answer 3"], table[3]["answer 5"]) == ("2", "1")
    assert table[7]["not a digit"] == "2"
    assert table[10]["model"] == "a, b"


def test_the_confusion_matrix_as_shares() -> None:
    table = rows(confusion_csv(NAMED, shares=True))
    assert float(table[3]["answer 5"]) == pytest.approx(1 / 3, rel=1e-5)


def test_reliability_leaves_out_what_it_has_no_mean_of() -> None:
    table = rows(reliability_csv(NAMED))
    assert len(table) == 30
    assert (table[13]["drawings"], table[13]["accuracy"]) == ("1", "1")
    assert float(table[13]["mean confidence"]) == pytest.approx(0.9)
    assert (table[14]["drawings"], table[14]["accuracy"]) == ("0", "")


def test_the_figures_of_the_digits() -> None:
    table = rows(classes_csv(NAMED))
    assert (table[3]["precision"], table[3]["f1"], table[3]["support"]) == ("1", "0.8", "3")
    assert table[7]["precision"] == ""
