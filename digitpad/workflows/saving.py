"""What the person saves, and the drawing that is kept for them without being asked."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer

from digitpad.core.drawing import Drawing
from digitpad.core.errors import DigitpadError
from digitpad.core.formats.files import write_atomically
from digitpad.core.formats.inkml import write_inkml
from digitpad.core.formats.svg import write_svg
from digitpad.core.ink import Ink
from digitpad.ui.png import png_bytes
from digitpad.ui.states import MessageKind
from digitpad.ui.widgets.questions import ask
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background, for_a_person
from digitpad.workflows.documents import KeptDrawing

_log = logging.getLogger(__name__)

_CANNOT_KEEP = (
    "Your drawing cannot be saved automatically. Save it yourself if you want to keep it."
)
_KEEP_AFTER_MS = 400
_EXPORT_SCALE = 2.0
_PATIENCE_S = 3.0
"""How long the disk may take to keep the drawing before the window closes."""


class Saver(QObject):
    """Answers the window's wishes to save and export, and keeps the drawing as it changes."""

    def __init__(self, window: MainWindow, kept: KeptDrawing) -> None:
        super().__init__(window)
        self._window, self._kept = window, kept
        self._keeping, self._saving = Background(self), Background(self)
        self._saved: Drawing = Ink()
        self._failure: DigitpadError | None = None
        self._told = self._quits = False
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        window.canvas.drawing_changed.connect(self._timer.start)
        window.save_ink_requested.connect(self._on_save_ink)
        window.export_svg_requested.connect(self._on_export_svg)
        window.export_png_requested.connect(self._on_export_png)

    def restore(self, then: Callable[[], None]) -> None:
        """Put the drawing of the last start back on the canvas.

        Where somebody has begun to draw by then, undo leads to it. Whether there is one or not,
        ``then`` is called.
        """
        canvas = self._window.canvas

        def done(drawing: Drawing | None) -> None:
            if drawing and canvas.is_blank():
                canvas.set_drawing(drawing, "restoring")
            elif drawing:
                canvas.begin_from(drawing, "new drawing")
            then()

        def failed(error: DigitpadError) -> None:
            then()
            self._on_failed(error)

        self._keeping.run(self._kept.load, done, failed)

    def keep(self) -> bool:
        """Keep what was drawn last; tells whether the disk has answered in time."""
        self._keep_now()
        answered = Event()
        self._keeping.run(answered.set, lambda _: None, lambda _: None)
        return answered.wait(_PATIENCE_S)

    def close(self) -> None:
        """Keep what was drawn last, and finish what is being saved."""
        if self._quits:
            self._keeping.abandon()
        else:
            self._keep_now()
            self._keeping.close()
            self._kept.close()
        self._quits = True
        self._saving.close()

    def asks_to_quit(self, quit_app: Callable[[], bool]) -> bool:
        """Ask before the app ends where the drawing would be lost; tell whether it would."""

        def quit_anyway() -> None:
            self._quits = True
            self._quits = quit_app()

        why = "" if self._quits else self._lost()
        if why:
            commands = self._window.commands
            is_ink = isinstance(self._window.canvas.drawing(), Ink)
            save = commands.save_ink if is_ink else commands.export_png
            answers = {
                "&Cancel": lambda: None,
                "&Save\u2026": save.trigger,
                "&Quit anyway": quit_anyway,
            }
            text = "Your drawing could not be saved. Quitting will lose it."
            ask(self._window, text, why, answers)
        return bool(why)

    def _lost(self) -> str:
        """Return why the drawing would be lost now, "" where it would not."""
        if not self.keep():
            why = "The disk is not responding."
        else:
            why = str(self._failure) if self._failure else ""
        drawing = self._window.canvas.drawing()
        return why if drawing and drawing != self._saved else ""

    def _keep_now(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _keep(self) -> None:
        work = partial(self._note_failure, self._window.canvas.drawing())
        self._keeping.run(work, lambda _: self._on_kept(), self._on_keeping_failed)

    def _note_failure(self, drawing: Drawing) -> None:
        try:
            self._kept.save(drawing)
        except Exception as error:
            self._failure = for_a_person(error)
            raise self._failure from error
        self._failure = None

    def _on_kept(self) -> None:
        if self._told:
            self._told = False
            self._window.end_lasting_message(_CANNOT_KEEP)

    def _on_keeping_failed(self, error: DigitpadError) -> None:
        _log.warning("the drawing could not be kept", exc_info=error)
        if not self._told:
            self._told = True
            details = "\n".join(filter(None, (str(error), error.details)))
            self._window.show_message(_CANNOT_KEEP, details, MessageKind.LASTING)

    def _on_save_ink(self, path: str) -> None:
        self._write(path, partial(write_inkml, self._ink()))

    def _on_export_svg(self, path: str) -> None:
        self._write(path, partial(write_svg, self._ink()))

    def _on_export_png(self, path: str) -> None:
        self._write(path, partial(png_bytes, self._window.canvas.to_image(_EXPORT_SCALE)))

    def _ink(self) -> Ink:
        drawing: Drawing = self._window.canvas.drawing()
        return drawing if isinstance(drawing, Ink) else Ink()

    def _write(self, path: str, make: Callable[[], bytes]) -> None:
        drawing = self._window.canvas.drawing()

        def work() -> None:
            write_atomically(Path(path), make())

        def done(_: None) -> None:
            self._saved = drawing
            self._window.show_message(f"Saved {Path(path).name}.")

        self._saving.run(work, done, self._on_failed)

    def _on_failed(self, error: DigitpadError) -> None:
        self._window.show_message(str(error), error.details, MessageKind.ERROR)
