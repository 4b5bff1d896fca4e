"""About: versions to copy, and the licences where there are any."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.ui.icons import Icons
from digitpad.ui.window.about_dialog import AboutDialog
from digitpad.ui.window.licences_dialog import LicencesDialog


def buttons(dialog: AboutDialog) -> dict[str, QPushButton]:
    return {button.text().replace("&", ""): button for button in dialog.findChildren(QPushButton)}


def test_licences_are_listed_and_shown(qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / "one 1.0.txt", tmp_path / "two 2.0.txt"]
    for file in files:
        file.write_text(f"the licence of {file.stem}", "utf-8")
    about = AboutDialog([("Digitpad", "1")], files, Icons(resources.icons()))
    qtbot.addWidget(about)
    buttons(about)["Licences"].click()
    (dialog,) = about.findChildren(LicencesDialog)
    assert dialog.text.toPlainText() == "the licence of one 1.0"
    dialog.titles.setCurrentRow(1)
    assert dialog.text.toPlainText() == "the licence of two 2.0"
    dialog.close()


def test_without_licences_there_is_no_button_for_them(qtbot: QtBot) -> None:
    about = AboutDialog([("Digitpad", "1")], [], Icons(resources.icons()))
    qtbot.addWidget(about)
    assert "Licences" not in buttons(about)


def test_a_name_that_looks_like_html_stands_as_it_is(qtbot: QtBot) -> None:
    about = AboutDialog([("Model", "<b>x</b>")], [], Icons(resources.icons()))
    qtbot.addWidget(about)
    (label,) = (label for label in about.findChildren(QLabel) if label.text() == "<b>x</b>")
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_enter_key_closes_it(qtbot: QtBot) -> None:
    about = AboutDialog([("Digitpad", "1")], [], Icons(resources.icons()))
    qtbot.addWidget(about)
    about.show()
    assert about.focusWidget() is buttons(about)["Close"]
    QTest.keyClick(about, Qt.Key.Key_Return)
    assert not about.isVisible()
