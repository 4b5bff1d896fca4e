"""The QApplication as Digitpad needs it: what has to be set before and right after it is made."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

import digitpad


class Application(QApplication):
    """Signal: ``file_opened(str)``: macOS hands over a file that was clicked on."""

    file_opened = Signal(str)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_opened.emit(event.file())
            return True
        return super().event(event)


def prepare_application() -> None:
    """Set what must be set before a QApplication exists.

    Compressed events would turn fast strokes into polygons.
    """
    for attribute in (
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
        Qt.ApplicationAttribute.AA_CompressTabletEvents,
    ):
        QCoreApplication.setAttribute(attribute, False)


def make_application(argv: Sequence[str]) -> Application:
    """Return the one QApplication, prepared and named."""
    prepare_application()
    application = Application(list(argv))
    application.setApplicationName("digitpad")
    application.setApplicationDisplayName("Digitpad")
    application.setApplicationVersion(digitpad.__version__)
    application.setDesktopFileName("digitpad")
    return application
