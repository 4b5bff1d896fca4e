import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem

from digitpad.core.samples.sample import Caption
from digitpad.ui.samples.browser import SampleBrowser
from digitpad.ui.samples.cell import CellDelegate
from digitpad.ui.samples.model import Filter, Role, SampleModel
from digitpad.ui.widgets.indexes import Index
from tests.samples import sample_of

digits = st.integers(0, 9)
lists = st.lists(st.tuples(digits, st.none() | digits), max_size=30)
filters = st.builds(Filter, st.booleans(), st.none() | digits)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (Filter(), [15, 14, 13, 12, 11]),
        (Filter(only_misread=True), [14, 12]),
        (Filter(digit=1), [13, 11]),
        (Filter(only_misread=True, digit=7), [14]),
        (Filter(digit=0), []),
    ],
)
def test_a_filter_shows_what_passes_in_order(
    wanted: Filter, shown: list[int], captions: dict[int, Caption]
) -> None:
    model = SampleModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_captions(captions)
    model.set_filter(wanted)
    assert model.numbers() == shown
    assert [model.index(row).data(Role.NUMBER) for row in range(model.rowCount())] == shown
    assert tester.model() is model


@given(given=lists, wanted=filters)
def test_counts_tell_what_each_digit_would_show(
    given: list[tuple[int, int | None]], wanted: Filter
) -> None:
    model = SampleModel()
    model.show_captions({n: sample_of(n, *pair).caption for n, pair in enumerate(given)})
    model.set_filter(wanted)
    counts = model.counts()
    assert model.total() == len(given)
    assert model.misread() == sum(label != answer for label, answer in given)
    for digit in range(10):
        model.set_filter(Filter(wanted.only_misread, digit))
        assert model.rowCount() == counts[digit]


def test_a_drawing_says_in_words_what_is_known(captions: dict[int, Caption]) -> None:
    model = SampleModel()
    model.show_captions(captions)
    roles = Qt.ItemDataRole
    assert "Labelled 7, recognised as 1" in model.index(1).data(roles.AccessibleTextRole)
    assert "Labelled 4, recognised as not a digit" in model.index(3).data(roles.ToolTipRole)
    assert "drawn by me" in model.index(3).data(roles.ToolTipRole)


def test_a_drawing_can_be_selected_and_no_more(captions: dict[int, Caption]) -> None:
    model = SampleModel()
    model.show_captions(captions)
    assert model.index(0).flags() == Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def test_laying_out_thousands_asks_only_about_those_in_sight(
    browser: SampleBrowser, captions: dict[int, Caption]
) -> None:
    """What Qt asks of each cell has to be answered without Python, or resizing stutters."""
    assert "rowCount" not in vars(SampleModel)
    browser.show_captions(dict.fromkeys(range(5000), captions[15]))
    asked: list[int] = []

    class Counted(CellDelegate):
        def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
            asked.append(index.row())
            return super().sizeHint(option, index)

        def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
            asked.append(index.row())
            super().paint(painter, option, index)

    delegate = Counted(browser.grid.thumbnails, browser)
    browser.grid.setItemDelegate(delegate)
    browser.resize(browser.width() + 150, browser.height())
    browser.grid.executeDelayedItemsLayout()
    browser.grab()
    assert asked
    assert len(set(asked)) < 100
