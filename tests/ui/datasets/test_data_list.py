import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.core.data_source import DataSource
from digitpad.ui.datasets.data_dialog import DataDialog
from digitpad.ui.datasets.data_list import DataList
from tests.ui import hand

MNIST = DataSource("/data/mnist", "MNIST", "70,000 digits")
OWN = DataSource("/own.sqlite", "My drawings", "12 labelled", checked=False)


@pytest.fixture
def data(qtbot: QtBot) -> DataList:
    data = DataList()
    qtbot.addWidget(data)
    data.show_sources([MNIST, OWN])
    data.show()
    qtbot.waitExposed(data)
    return data


def looked_at(data: DataList) -> list[list[str]]:
    wanted: list[list[str]] = []
    data.look_requested.connect(wanted.append)
    return wanted


def test_the_button_looks_at_all_that_is_checked(data: DataList) -> None:
    wanted = looked_at(data)
    data.look.click()
    data.add_paths(["/somewhere/digits.csv"])
    data.look.click()
    assert wanted == [[MNIST.value], [MNIST.value, "/somewhere/digits.csv"]]
    for row in range(3):
        data.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not data.look.isEnabled()


def test_files_dropped_on_it_are_added_and_checked(data: DataList) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/somewhere/digits.csv")])
    assert hand.drop(data, mime)
    assert data.chosen() == (MNIST.value, "/somewhere/digits.csv")


def test_what_is_unchecked_stays_so_when_the_sets_are_offered_again(data: DataList) -> None:
    data.add_paths(["/mine/a.csv", "/mine/b.csv"])
    for row in (0, 2):
        data.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    data.show_sources([MNIST, OWN])
    assert [data.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(4)] == [
        MNIST.value, OWN.value, "/mine/a.csv", "/mine/b.csv",
    ]  # fmt: skip
    assert data.chosen() == ("/mine/b.csv",)


def test_the_delete_key_removes_a_set_only_where_the_list_has_the_focus(
    data: DataList, qtbot: QtBot
) -> None:
    data.add_paths(["/mine/a.csv"])
    data.activateWindow()
    assert not data._remove.isEnabled()
    data.list.item(2).setSelected(True)
    assert data._remove.isEnabled()
    for widget, left in ((data.look, 3), (data.list, 2)):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        assert data.list.count() == left


def test_a_double_click_or_enter_looks_at_one_alone(data: DataList) -> None:
    wanted = looked_at(data)
    place = data.list.visualItemRect(data.list.item(1)).center()
    viewport, button = data.list.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, button, pos=place)
    assert wanted == []
    QTest.mouseDClick(viewport, button, pos=place)
    QTest.keyClick(data.list, Qt.Key.Key_Return)
    assert wanted == [[OWN.value], [OWN.value]]
    assert data.chosen() == (MNIST.value,)


def test_a_double_click_on_a_check_box_only_checks(data: DataList) -> None:
    wanted = looked_at(data)
    at = QPoint(10, data.list.visualItemRect(data.list.item(1)).center().y())
    QTest.mouseClick(data.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert data.chosen() == (MNIST.value, OWN.value)
    QTest.mouseDClick(data.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wanted == []


def test_where_nothing_is_offered_to_look_at_enter_presses_the_dialogs_button(qtbot: QtBot) -> None:
    dialog = DataDialog("Which?", "", "&Evaluate", [MNIST, OWN])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    chosen: list[list[DataSource]] = []
    dialog.sources_chosen.connect(chosen.append)
    dialog.data.list.setFocus()
    dialog.data.list.setCurrentRow(1)
    QTest.keyClick(dialog.data.list, Qt.Key.Key_Return)
    assert chosen == [[MNIST]]
