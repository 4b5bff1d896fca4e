"""The windows at their smallest, in fonts up to nearly twice as large: nothing is cut off."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QGraphicsItem, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from digitpad.core.data_source import DataSource
from digitpad.core.models.record import Model, ModelState
from digitpad.core.models.store import BUNDLED
from digitpad.core.prediction import Prediction
from digitpad.core.survey import OTHERS
from digitpad.core.training.events import EpochEnded
from digitpad.core.training.options import FitOptions
from digitpad.ui.datasets.collection import Collection
from digitpad.ui.datasets.content import Content as DataContent
from digitpad.ui.datasets.data_dialog import DataDialog
from digitpad.ui.evaluation.content import Content
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.gallery import Gallery
from digitpad.ui.evaluation.views import View
from digitpad.ui.icons import Icons
from digitpad.ui.layers.window import LayersWindow
from digitpad.ui.models.window import ModelsWindow
from digitpad.ui.retrain.window import RetrainWindow
from digitpad.ui.samples.browser import SampleBrowser
from digitpad.ui.states import RecogniserState
from digitpad.ui.window.main_window import MainWindow
from tests.samples import sample_of
from tests.ui.datasets.conftest import made_up as made_up_set
from tests.ui.evaluation.conftest import made_up

LONG = "the model of the summer that learnt from everybody's sevens"
A_LAPTOP = 1366


@pytest.fixture(autouse=True, params=[1.5, 1.8])
def large_font(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    usual = qapp.font()
    large = qapp.font()
    large.setPointSizeF(usual.pointSizeF() * request.param)
    qapp.setFont(large)
    yield request.param
    qapp.setFont(usual)


def smallest(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(1, 1)
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()


def place_of(item: QGraphicsItem, content: DataContent) -> QRectF:
    transform = item.deviceTransform(content.chart.viewportTransform())
    place: QRectF = transform.mapRect(item.boundingRect())
    return place


def has_room(label: QLabel) -> bool:
    return label.heightForWidth(label.width()) <= label.height()


def test_layers_keep_what_is_said_of_them(qtbot: QtBot) -> None:
    window = LayersWindow()
    maps = [np.zeros((count, side, side), np.uint8) for count, side in ((1, 28), (512, 24), (9, 1))]
    window.show_layers(maps)
    smallest(qtbot, window)
    for view in window.views:
        assert view.minimumSizeHint().width() <= view.width()
        assert view.mapTo(window, view.rect().topRight()).x() < window.width()
    assert has_room(window.about)


def test_models_keep_their_names_and_the_window_its_place_on_a_laptop(
    qtbot: QtBot, icons: Icons, large_font: float
) -> None:
    figures = {f"validation: set {n}": {"accuracy": 0.99, "drawings": 9e3} for n in range(20)}
    options = FitOptions("fast", tuple(f"/data/{n}" for n in range(9)), 9, 128, 0.003)
    epochs = (EpochEnded(1, 9, 0.5, 0.9, 0.4, 0.95, 8000.0, 7.5),)
    model = Model(
        BUNDLED, LONG, ModelState.STOPPED, Path("/m"), "2026-11-20T16:20:00+00:00", "fast", 9,
        options, epochs, figures,
    )  # fmt: skip
    window = ModelsWindow(icons)
    window.show_models([model], BUNDLED)
    smallest(qtbot, window)
    letters = QFontMetrics(window.table.font()).averageCharWidth()
    assert window.table.columnWidth(0) >= 20 * letters
    assert has_room(window.details.curves.accuracy._legend)
    assert window.width() <= A_LAPTOP
    window.resize(A_LAPTOP, window.height())
    QApplication.processEvents()
    assert window.table.horizontalScrollBar().isVisible() == (large_font > 1.5)


def test_the_data_to_judge_on_are_not_covered(qtbot: QtBot) -> None:
    sources = [DataSource("a", "MNIST test", "10,000 digits")]
    dialog = DataDialog(f"Which data should {LONG} be evaluated on?", LONG, "&Evaluate", sources)
    smallest(qtbot, dialog)
    buttons = (b for b in dialog.data.findChildren(QPushButton) if b.isVisible())
    below = [button.mapTo(dialog, QPoint()).y() for button in buttons]
    bottom = dialog.data.list.mapTo(dialog, QPoint(0, dialog.data.list.height())).y()
    assert min(below) >= bottom
    assert all(has_room(label) for label in dialog.findChildren(QLabel))


def test_the_data_browser_has_room_for_its_classes_and_long_names(qtbot: QtBot) -> None:
    sets = [made_up_set("a", f"/data/{LONG}{number}.csv", "0123456789A") for number in (1, 2)]
    content = DataContent(Collection.of(sets), [f"/data/{LONG}.csv, row 2 has 3 columns."])
    smallest(qtbot, content)
    assert content.width() <= A_LAPTOP
    content.chart.mark(OTHERS)
    content.grab()  # pyqtgraph brings its transforms up to date only then
    last, before = content.chart._names[OTHERS], content.chart._names[OTHERS - 1]
    assert place_of(last, content).left() > place_of(before, content).right()
    assert place_of(last, content).right() <= content.chart.width()
    assert has_room(content.banner.text)


def test_long_names_do_not_make_the_window_wider(qtbot: QtBot) -> None:
    def width(*names: str) -> int:
        content = Content([Exhibit(names, (made_up(), made_up()))])
        qtbot.addWidget(content)
        return content.minimumSizeHint().width()

    assert width("a", LONG) == width("a", "b")


def test_two_models_can_be_compared_on_a_laptop(qtbot: QtBot) -> None:
    content = Content([Exhibit(("a", LONG), (made_up(), made_up()))])
    smallest(qtbot, content)
    assert content.width() <= A_LAPTOP
    first, second = content.views.matrices
    assert (first.isVisible(), second.isVisible()) == (True, False)
    assert first.height() >= first.minimumHeight(), "the last row is whole"
    table = content.views.table
    content.which_view.choose(View.CLASSES)
    QApplication.processEvents()
    strong = table.font()
    strong.setBold(True)
    figure = QFontMetrics(strong).horizontalAdvance("100.00\u202f%")
    assert min(table.columnWidth(at) for at in range(1, 8)) > figure


def test_a_drawing_has_room_for_label_and_answer(qtbot: QtBot) -> None:
    gallery = Gallery()
    gallery.show_drawings(made_up(), made_up().hardest)
    smallest(qtbot, gallery)
    said = QFontMetrics(gallery.font()).horizontalAdvance("3\N{RIGHTWARDS ARROW}8 99 %")
    assert gallery.sizeHintForIndex(gallery.model().index(0, 0)).width() > said


def test_what_the_network_sees_is_said_in_full(window: MainWindow) -> None:
    window.resize(1, 1)
    QApplication.processEvents()
    view = window.board.input_view
    beside = view.rect().adjusted(round(view.image_area().right()) + 16, 0, 0, 0)
    caption = "What the network sees:\n28 \u00d7 28 pixels"
    words = view.fontMetrics().boundingRect(beside, Qt.TextFlag.TextWordWrap, caption)
    assert words.height() > 2 * view.fontMetrics().lineSpacing(), "it needs a third line"
    assert words.height() <= view.height()


def test_the_choices_of_a_run_fit_a_laptop(qtbot: QtBot, icons: Icons) -> None:
    window = RetrainWindow(icons)
    smallest(qtbot, window)
    assert window.width() <= A_LAPTOP


def test_a_long_notice_leaves_the_retrain_window_its_size(qtbot: QtBot, icons: Icons) -> None:
    window = RetrainWindow(icons)
    window.show_run("fast 1", [], 3)
    smallest(qtbot, window)
    before = window.minimumSizeHint()
    window.running.show_notice(f"t10k: 10,000 drawings ({LONG} {LONG})")
    assert window.minimumSizeHint() == before
    assert window.running.notice.text().startswith("MNIST test: 10,000 drawings")
    assert window.width() <= A_LAPTOP


def test_filters_are_named_in_full(qtbot: QtBot, icons: Icons) -> None:
    browser = SampleBrowser(icons)
    browser.show_captions({n: sample_of(n, 7, 1).caption for n in range(1200)})
    smallest(qtbot, browser)
    filters = browser.filters
    for row in (filters.all, filters.misread, *filters.digits):
        assert row.width() >= row.sizeHint().width()
        assert row.height() >= row.fontMetrics().height()
    strong = QFont(filters.misread.font())
    strong.setBold(True)
    words = QFontMetrics(strong).horizontalAdvance("Misread 1,200")
    assert filters.misread.width() > words
    assert browser.width() <= A_LAPTOP


def test_data_sets_are_named_in_full_where_there_is_room(qtbot: QtBot) -> None:
    sets = [made_up_set("unipen-other", f"/data/{name}.jsonl", "0123456789") for name in "ab"]
    content = DataContent(Collection.of(sets), [])
    qtbot.addWidget(content)
    content.resize(2000, 800)
    content.show()
    QApplication.processEvents()
    for row in content.sets.rows:
        assert row.width() >= row.sizeHint().width()


@pytest.mark.parametrize("is_picture", [True, False])
@pytest.mark.parametrize(
    "prediction",
    [
        None,
        Prediction.blank(),
        Prediction((0.02,) * 10, None),
        Prediction((0.02,) * 10, None, pen_down=True),
        Prediction((0.5, 0.4, *(0.0,) * 8), 0),
    ],
)
def test_what_is_said_of_an_answer_is_said_in_full(
    window: MainWindow, prediction: Prediction | None, *, is_picture: bool
) -> None:
    window.resize(1, 1)
    window.show_recogniser_state("Ready", RecogniserState.READY)
    answer = window.board.answer
    answer.show_source(is_picture=is_picture)
    answer.show_prediction(prediction)
    QApplication.processEvents()
    shown = answer.grab().toImage()
    right, bottom = shown.width() - 1, shown.height() - 1
    edge = {shown.pixel(right, y) for y in range(bottom)}
    edge |= {shown.pixel(x, bottom) for x in range(right // 2, right)}
    assert edge == {shown.pixel(right, 0)}, "a letter is cut off there"
