import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from digitpad.ui.evaluation.class_table import ClassTable
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.theme import Theme


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> ClassTable:  # noqa: ARG001 - for its palette
    table = ClassTable()
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    qtbot.waitExposed(table)
    return table


def column(table: ClassTable, title: str) -> list[str]:
    model = table.model()
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    at = titles.index(title)
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def test_the_figures_of_each_digit(table: ClassTable, one: Exhibit) -> None:
    table.show_exhibit(one)
    assert column(table, "Digit") == [str(digit) for digit in range(10)]
    assert column(table, "Recall")[3:5] == ["75.00\u202f%", "50.00\u202f%"]
    assert column(table, "Precision")[9] == "80.00\u202f%"
    assert column(table, "Drawings") == ["4"] * 10


def test_a_screen_reader_hears_what_is_seen(table: ClassTable, one: Exhibit) -> None:
    table.show_exhibit(one)
    model, role = table.model(), Qt.ItemDataRole.AccessibleTextRole
    said = [model.index(3, at).data(role) for at in range(model.columnCount())]
    assert said[0] == "Digit 3, Digit: 3"
    assert said[2] == "Digit 3, Recall: 75.00\u202f%"
    assert said[-1] == "Digit 3, Drawings: 4"


def test_it_is_sorted_by_number_not_by_text(table: ClassTable, one: Exhibit) -> None:
    table.show_exhibit(one)
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert column(table, "Digit")[:2] == ["4", "3"]
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert column(table, "Recall")[0] == "100.00\u202f%"


def test_a_row_tells_its_digit_however_it_is_sorted(table: ClassTable, one: Exhibit) -> None:
    table.show_exhibit(one)
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    digits: list[int] = []
    table.digit_chosen.connect(digits.append)
    table.selectRow(0)
    assert digits == [4]


def test_of_two_the_better_one_is_marked(table: ClassTable, two: Exhibit) -> None:
    table.show_exhibit(two)
    role = Qt.ItemDataRole.AccessibleTextRole
    recalls = [table.model().index(3, at).data(role) for at in (3, 4)]
    assert recalls == [
        "Digit 3, Recall, old: 75.00\u202f%",
        "Digit 3, Recall, new: 100.00\u202f%, the better one",
    ]
    assert column(table, "Recall\nold")[4] == "50.00\u202f%"
