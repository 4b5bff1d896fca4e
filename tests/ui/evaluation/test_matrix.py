import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.matrix import MatrixView
from digitpad.ui.theme import Theme, ThemeMode


@pytest.fixture
def matrix(qtbot: QtBot, theme: Theme, one: Exhibit) -> MatrixView:  # noqa: ARG001 - for its palette
    view = MatrixView("")
    qtbot.addWidget(view)
    view.show_evaluation(one.evaluations[0])
    view.resize(440, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def text(matrix: MatrixView, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> str:
    return str(matrix.model().index(row, column).data(role))


def test_percentages_or_counts(matrix: MatrixView) -> None:
    assert (text(matrix, 4, 9), text(matrix, 4, 4), text(matrix, 0, 0)) == ("25.0", "50.0", "100")
    matrix.show_shares(shares=False)
    assert (text(matrix, 4, 9), text(matrix, 3, NOT_A_DIGIT), text(matrix, 0, 1)) == ("1", "1", "")


def test_a_cell_says_in_words_what_it_holds(matrix: MatrixView) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert text(matrix, 4, 9, role) == "4 recognised as 9: 1 of 4 (25.0\u202f%)"
    assert text(matrix, 3, NOT_A_DIGIT, role) == "3 recognised as not a digit: 1 of 4 (25.0\u202f%)"
    header = matrix.model().headerData(NOT_A_DIGIT, Qt.Orientation.Horizontal, role)
    assert header == "Recognised as not a digit"


def test_a_click_and_the_arrow_keys_choose_cells(matrix: MatrixView) -> None:
    chosen: list[tuple[int, int]] = []
    matrix.cell_chosen.connect(lambda label, answer: chosen.append((label, answer)))
    place = matrix.visualRect(matrix.model().index(4, 8)).center()
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [(4, 8)]
    QTest.keyClick(matrix, Qt.Key.Key_Right)
    assert chosen == [(4, 8), (4, 9)]


def test_a_cell_can_be_chosen_again(matrix: MatrixView) -> None:
    chosen: list[tuple[int, int]] = []
    matrix.cell_chosen.connect(lambda label, answer: chosen.append((label, answer)))
    place = matrix.visualRect(matrix.model().index(4, 8)).center()
    for _ in range(2):
        QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [(4, 8), (4, 8)]


def colour_at(image: QImage, matrix: MatrixView, row: int, column: int) -> str:
    place = matrix.visualRect(matrix.model().index(row, column)).topLeft()
    point = matrix.viewport().mapTo(matrix, place)
    return str(image.pixelColor(point.x() + 5, point.y() + 5).name())


def test_right_wrong_and_refused_differ_in_every_theme(
    qtbot: QtBot, qapp: QApplication, theme: Theme, matrix: MatrixView
) -> None:
    seen = []
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
        theme.apply(mode)
        qtbot.wait(1)
        qapp.processEvents()
        image = matrix.grab().toImage()
        cells = [(0, 0), (4, 9), (3, NOT_A_DIGIT), (0, 1)]
        seen.append([colour_at(image, matrix, *cell) for cell in cells])
    assert all(len(set(colours)) == 4 for colours in seen)
    assert not set(seen[0]) & set(seen[1])
