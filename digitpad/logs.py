"""Where an error goes that nobody caught: the log file, and a sentence on the screen."""

import faulthandler
import logging
import logging.handlers
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from digitpad.core.errors import DefectError

_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
}


def start_logging(folder: Path) -> None:
    """Log to ``folder``; where it cannot be written, to stderr alone."""
    handlers: list[logging.Handler] = []
    if sys.stderr is not None:
        handlers.append(logging.StreamHandler())
        handlers[0].setLevel(logging.ERROR)
        faulthandler.enable()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                folder / "digitpad.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
            )
        )
    except OSError:
        pass
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, handlers=handlers or None, force=True)


def catch_qt_messages() -> None:
    """Send Qt's messages to the log; end with one sentence where Qt cannot start at all."""
    qInstallMessageHandler(_on_qt_message)


def catch_exceptions(show: Callable[[str, str], None]) -> None:
    """Log what nobody caught and ``show`` it, a sentence and its details; the app lives on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("nobody caught this", exc_info=(kind, error, trace))
        defect = DefectError(error)
        show(f"{defect} Your drawing is safe.", defect.details)

    sys.excepthook = hook


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if kind == QtMsgType.QtFatalMsg:
        _end_without_display(text)
    logging.getLogger(f"qt.{context.category or 'default'}").log(_LEVELS[kind], "%s", text)


def _end_without_display(text: str) -> None:
    """Leave at once: Qt would abort with a core dump after this message."""
    sentence = text.splitlines()[0] if text else "Qt could not start."
    if "platform plugin" in text:
        sentence = (
            "Digitpad needs a display, and none could be opened; on a machine without one, use "
            "`digitpad predict` or `digitpad --self-test`."
        )
    if sys.stderr is not None:
        print(sentence, file=sys.stderr, flush=True)
    os._exit(1)
