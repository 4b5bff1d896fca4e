"""The QApplication as Digitpad needs it: what has to be set before and right after its birth."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

import digitpad


def prepare_application() -> None:
    """Set what must be set before a QApplication exists.

    Compressed events would turn fast strokes into polygons.
    """
    for attribute in (
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
        Qt.ApplicationAttribute.AA_CompressTabletEvents,
    ):
        QCoreApplication.setAttribute(attribute, False)


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the one QApplication, prepared and named."""
    prepare_application()
    application = QApplication(list(argv))
    application.setApplicationName("digitpad")
    application.setApplicationDisplayName("Digitpad")
    application.setApplicationVersion(digitpad.__version__)
    application.setDesktopFileName("digitpad")
    return application
