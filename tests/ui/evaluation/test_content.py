from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from digitpad.ui.evaluation.content import Content
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.export_button import Export
from digitpad.ui.evaluation.headline import difference
from digitpad.ui.evaluation.views import View
from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets.segments import Segments
from tests.ui.evaluation.conftest import made_up


def shown(qtbot: QtBot, *exhibits: Exhibit) -> Content:
    content = Content(exhibits)
    qtbot.addWidget(content)
    content.resize(1200, 760)
    content.show()
    qtbot.waitExposed(content)
    return content


def figures(content: Content) -> list[str]:
    names = [label.accessibleName() for label in content.headline.findChildren(QLabel)]
    return [name for name in names if name]


@pytest.mark.usefixtures("theme")
def test_one_evaluation(qtbot: QtBot, one: Exhibit) -> None:
    content = shown(qtbot, one)
    assert content.title.text() == "a set"
    assert content.size_text.text() == "40 drawings"
    assert "Accuracy of best: 92.50\u202f%" in figures(content)
    assert "Refused of best: 2.50\u202f%" in figures(content)
    assert content.panel.choice.currentText() == "Hardest first (40)"
    assert content.panel.detail.label.text() == "Labelled 3"
    assert content.panel.detail.answers.text() == "Recognised as not a digit; nearest 0, 1\u202f%"


@pytest.mark.usefixtures("theme")
def test_two_evaluations_with_the_better_one_marked(qtbot: QtBot, two: Exhibit) -> None:
    content = shown(qtbot, two)
    assert "Accuracy of old: 92.50\u202f%" in figures(content)
    assert "Accuracy of new: 97.50\u202f%, the better one" in figures(content)
    assert [matrix.accessibleName() for matrix in content.views.matrices] == [
        "Confusion matrix of old",
        "Confusion matrix of new",
    ]
    assert content.panel.detail.answers.text().splitlines() == [
        "old: recognised as not a digit; nearest 0, 1\u202f%",
        "new: recognised as 3, 95\u202f% sure",
    ]


@pytest.mark.usefixtures("theme")
def test_names_are_shown_as_they_are(qtbot: QtBot, two: Exhibit) -> None:
    content = shown(qtbot, replace(two, names=("<b>old</b>", "<i>new</i>")))
    titles = [label for label in content.views.findChildren(QLabel) if label.text() == "<b>old</b>"]
    for label in (*titles, content.panel.detail.answers):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert len(titles) == 2, "of a matrix and of a plot"


@pytest.mark.usefixtures("theme")
def test_whatever_is_pointed_at_shows_its_drawings(qtbot: QtBot, two: Exhibit) -> None:
    content = shown(qtbot, two)
    choice, views = content.panel.choice, content.views
    views.matrices[0].setCurrentIndex(views.matrices[0].model().index(4, 9))
    assert choice.currentText() == "4 recognised as 9 by old (1)"
    views.matrices[1].setCurrentIndex(views.matrices[1].model().index(5, 6))
    assert choice.currentText() == "5 recognised as 6 by new (0)"
    assert content.panel.detail.label.text() == "No drawings"
    assert not views.matrices[0].selectedIndexes()
    content.which_view.choose(View.RELIABILITY)
    views.plots[1].choose(14)
    assert choice.currentText() == "93\N{EN DASH}100\u202f% sure, new (39)"
    content.which_view.choose(View.CLASSES)
    views.table.selectRow(4)
    assert choice.currentText() == "All labelled 4 (4)"
    assert content.cells.isHidden()
    choice.setCurrentIndex(choice.findText("Only new is right (2)"))
    assert content.panel.gallery.model().rowCount() == 2


@pytest.mark.usefixtures("theme")
def test_where_there_is_no_room_for_two_models_one_is_chosen(qtbot: QtBot, two: Exhibit) -> None:
    content = shown(qtbot, two)
    content.resize(1400, 800)
    old, new = content.views.matrices
    assert old.isVisible()
    assert new.isVisible()
    content.resize(content.minimumSizeHint())
    (switch,) = (s for s in content.views.findChildren(Segments) if s.isVisible())
    assert (old.isVisible(), new.isVisible()) == (True, False)
    second = switch.findChildren(QAbstractButton)[1]
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (old.isVisible(), new.isVisible()) == (False, True)
    narrow = QImage.fromData(content.exported(Export.CONFUSION_PNG)).width()
    content.resize(1400, 800)
    assert old.isVisible()
    assert new.isVisible()
    assert narrow > 2 * content.views.minimumSizeHint().width(), "a picture shows both"


@pytest.mark.usefixtures("theme")
def test_the_gallery_goes_to_a_drawing_by_key(qtbot: QtBot, one: Exhibit) -> None:
    content = shown(qtbot, one)
    content.panel.gallery.setFocus()
    QTest.keyClick(content.panel.gallery, Qt.Key.Key_Right)
    assert content.panel.detail.answers.text() == "Recognised as 9, 80\u202f% sure"
    index = content.panel.gallery.currentIndex()
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Labelled 4, recognised as 9, 80\u202f% sure"


@pytest.mark.usefixtures("theme")
def test_several_sets_of_data(qtbot: QtBot, one: Exhibit) -> None:
    other = Exhibit(("best",), (made_up(data="pens"),))
    content = shown(qtbot, one, other)
    content.data.choose(1)
    assert "Accuracy of best: 100.00\u202f%" in figures(content)
    assert content.exhibit is other
    assert content.panel.choice.findText("Misread (0)") >= 0


def test_the_theme_is_followed_while_the_window_lives(
    qtbot: QtBot, theme: Theme, two: Exhibit
) -> None:
    content = shown(qtbot, two)
    pictures = []
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
        theme.apply(mode)
        qtbot.waitUntil(lambda: content.palette() == theme._application.palette())
        for view in View:
            content.which_view.choose(view)
            pictures.append(content.grab().toImage())
    smooth = Qt.TransformationMode.SmoothTransformation
    means = [image.scaled(1, 1, mode=smooth).pixelColor(0, 0) for image in pictures]
    lightness = [mean.lightness() for mean in means]
    assert min(lightness[:3]) > 170
    assert max(lightness[3:]) < 90


@pytest.mark.usefixtures("theme")
def test_exports(qtbot: QtBot, two: Exhibit) -> None:
    content = shown(qtbot, two)
    shares = content.exported(Export.CONFUSION_CSV).decode().splitlines()
    content.cells.choose(1)
    counts = content.exported(Export.CONFUSION_CSV).decode().splitlines()
    assert shares[5] == "old,4,0,0,0,0,0.5,0,0,0.25,0,0.25,0"
    assert counts[5] == "old,4,0,0,0,0,2,0,0,1,0,1,0"
    assert content.exported(Export.RELIABILITY_CSV).startswith(b"model,from,to")
    assert len(content.exported(Export.CLASSES_CSV).splitlines()) == 21
    content.which_view.choose(View.CLASSES)
    picture = QImage.fromData(content.exported(Export.CONFUSION_PNG))
    assert picture.width() > 2 * content.views.width()
    colours = {picture.pixel(x, picture.height() // 2) for x in range(picture.width())}
    assert len(colours) > 5


def test_the_difference_in_words(two: Exhibit) -> None:
    comparison = two.comparison()
    assert comparison is not None
    assert difference(comparison, "old", "new") == (
        "\u201cnew\u201d is right on 2 drawings where \u201cold\u201d is wrong, "
        "and \u201cold\u201d on 0 drawings where \u201cnew\u201d is wrong. "
        "This difference may well be due to chance."
    )
    clear = replace(comparison, second=np.arange(40) < 20)
    assert difference(clear, "old", "new").endswith(
        "The lead of \u201cnew\u201d is unlikely to be due to chance."
    )
    same = replace(comparison, second=comparison.first)
    assert difference(same, "old", "new").endswith(
        "\u201cnew\u201d are right on the same drawings."
    )
