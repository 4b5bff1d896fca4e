import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from digitpad.ui.widgets.banner import Banner
from digitpad.ui.widgets.labels import OneLine, Wrapped, heading

NAME = "abcdefghij" * 12


def test_a_name_without_spaces_makes_no_heading_wider(qtbot: QtBot) -> None:
    label = heading()
    qtbot.addWidget(label)
    label.setText("a model")
    least = label.minimumSizeHint().width()
    label.setText(f"\u201c{NAME}\u201d is trained")
    assert label.minimumSizeHint().width() < 2 * least
    assert label.heightForWidth(300) > 3 * label.fontMetrics().height()


def test_usual_words_and_what_can_be_copied_stay_as_they_are(qtbot: QtBot) -> None:
    label = Wrapped("It is in use now.")
    qtbot.addWidget(label)
    assert label.text() == "It is in use now."
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setText(f"{NAME}.png is no picture.")
    assert label.text() == f"{NAME}.png is no picture."


def test_names_are_shown_as_they_are_written(qtbot: QtBot) -> None:
    label = heading("<b>seven</b>")
    qtbot.addWidget(label)
    plain = heading("seven")
    qtbot.addWidget(plain)
    assert label.sizeHint().width() > plain.sizeHint().width()


def test_a_banner_about_a_long_name_is_as_narrow_as_others(qtbot: QtBot) -> None:
    def least(name: str) -> int:
        banner = Banner()
        qtbot.addWidget(banner)
        banner.show_text(f"\u201c{name}\u201d is deleted.", button="&Undo")
        return banner.minimumSizeHint().width()

    assert least(NAME) <= least("a model of mine")


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # of tool tips
def test_a_line_with_dots_tells_its_whole_text(qtbot: QtBot) -> None:
    def told(width: int) -> str:
        line.resize(width, 20)
        event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), line.mapToGlobal(QPoint(5, 5)))
        QApplication.sendEvent(line, event)
        return QToolTip.text()

    line = OneLine(NAME)
    qtbot.addWidget(line)
    line.show()
    assert told(4000) == ""
    assert told(80) == NAME
