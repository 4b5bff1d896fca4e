import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.core.survey import OTHERS, SetRead
from digitpad.ui.colours import Colours
from digitpad.ui.datasets.class_chart import ClassChart
from digitpad.ui.datasets.collection import Collection
from digitpad.ui.datasets.content import Content
from digitpad.ui.theme import Theme, ThemeMode
from tests.ui.datasets.conftest import made_up


def shown(qtbot: QtBot, content: Content) -> Content:
    qtbot.addWidget(content)
    content.resize(900, 700)
    content.show()
    qtbot.waitExposed(content)
    content.grab()
    return content


@pytest.fixture
def content(qtbot: QtBot, theme: Theme, digits: SetRead, letters: SetRead) -> Content:  # noqa: ARG001
    return shown(qtbot, Content(Collection.of([digits, letters]), []))


def labels(content: Content) -> str:
    model = content.wall.model()
    told = [
        model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())
    ]
    return "".join(one.removeprefix("Labelled ")[0] for one in told)


def click(chart: ClassChart, number: int) -> None:
    place: QPoint = chart.mapFromScene(chart._view.mapViewToScene(QPointF(number, 0.1)))
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=place)


def choose_set(content: Content, name: str) -> None:
    (row,) = (row for row in content.sets.rows if row.text() == name)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)


def test_all_sets_are_shown_together_at_first(content: Content) -> None:
    assert content.title.text() == "All data sets"
    assert content.about.text() == "163 drawings \u00b7 no 5, 8 \u00b7 2 data sets"
    assert content.chart.heights() == tuple(
        value / 21 for value in (20, 20, 20, 21, 20, 0, 20, 20, 0, 20, 2)
    )
    assert [item.text() for item in content.chart._values][3:6] == ["21", "20", "0"]
    assert labels(content) == "012334679A01234679B"
    assert content.shown.text().startswith("19 of 163 drawings, evenly sampled.")
    assert content.banner.isHidden()


def test_a_click_on_a_bar_shows_only_its_class_and_another_all(content: Content) -> None:
    click(content.chart, 3)
    assert labels(content) == "333"
    assert content.shown.text() == "3 of 21 drawings labelled 3, evenly sampled"
    click(content.chart, OTHERS)
    assert content.shown.text() == "All 2 drawings not labelled with a digit"
    click(content.chart, OTHERS)
    assert len(labels(content)) == 19
    assert not content.all_classes.isEnabled()
    click(content.chart, 5)
    assert content.chart.chosen() is None, "there is nothing of it to be seen"


def test_the_button_goes_back_to_all_classes(content: Content) -> None:
    click(content.chart, 4)
    content.all_classes.click()
    assert content.chart.chosen() is None
    assert len(labels(content)) == 19


def test_a_set_is_chosen_and_its_class_stays_where_it_has_one(content: Content) -> None:
    click(content.chart, 3)
    choose_set(content, "MNIST")
    assert content.about.text().endswith("/data/mnist/train-images-idx3-ubyte.gz")
    assert labels(content) == "33"
    click(content.chart, 4)
    choose_set(content, "scrawl")
    assert content.chart.chosen() is None
    assert labels(content) == "3AB"
    assert content.shown.text() == "All 3 drawings"


def test_the_keys_go_along_the_bars(content: Content) -> None:
    chart = content.chart
    steps = [
        (Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_4, 4), (Qt.Key.Key_Right, 6), (Qt.Key.Key_6, None), (Qt.Key.Key_Left, OTHERS),
        (Qt.Key.Key_Right, OTHERS), (Qt.Key.Key_5, OTHERS),
    ]  # fmt: skip
    for key, expected in steps:
        QTest.keyClick(chart, key)
        assert chart.chosen() == expected


def test_it_is_told_in_words(content: Content) -> None:
    assert content.chart.accessibleName() == "Classes of All data sets"
    told = content.chart.accessibleDescription().replace("\u202f", " ")
    assert told.startswith("0: 20, 12 %; 1: 20, 12 %")
    assert told.endswith("other: 2, 1 %")
    assert content.sets.rows[1].accessibleName() == "MNIST: 160 drawings"
    assert content.wall.accessibleName() == "Samples"


def test_one_set_needs_no_list_and_digits_no_class_of_others(
    qtbot: QtBot, theme: Theme, digits: SetRead  # noqa: ARG001
) -> None:  # fmt: skip
    content = shown(qtbot, Content(Collection.of([digits]), []))
    assert content.sets.isHidden()
    assert content.title.text() == "MNIST"
    assert len(content.chart.heights()) == 10


def test_what_is_broken_is_said_above(qtbot: QtBot, letters: SetRead) -> None:
    faults = [f"file{number}.csv, row 2 has 3 columns." for number in range(5)]
    content = shown(qtbot, Content(Collection.of([letters]), faults))
    lines = content.banner.text.text().splitlines()
    assert lines[:3] == faults[:3]
    assert lines[3:] == [
        "And 2 more cannot be read.",
        "This data cannot be used for training until that is fixed.",
    ]


def test_the_theme_reaches_bars_and_pictures(content: Content, theme: Theme, qtbot: QtBot) -> None:
    theme.apply(ThemeMode.DARK)
    qtbot.waitUntil(lambda: content.palette().window().color().lightness() < 80)
    click(content.chart, 3)
    content.grab()
    place: QPoint = content.chart.mapFromScene(
        content.chart._view.mapViewToScene(QPointF(3.2, 0.5))
    )
    colour = content.chart.grab().toImage().pixelColor(place)
    assert colour == QApplication.palette().accent().color()
    cell = content.wall.visualRect(content.wall.model().index(1, 0))
    paper = content.wall.viewport().grab().toImage().pixelColor(cell.left() + 12, cell.top() + 12)
    assert paper == Colours.of(content.palette()).paper


def test_hundreds_of_sets_can_be_scrolled(qtbot: QtBot) -> None:
    sets = [made_up(f"s{number}", f"/data/s{number}.jsonl", "1") for number in range(100)]
    content = shown(qtbot, Content(Collection.of(sets), []))
    assert content.sets.verticalScrollBar().maximum() > 0
    assert content.height() == 700
