"""The model in use and all the others: switched, renamed, deleted, brought in and given out."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from digitpad.children.asking import ModelQuestion, OnnxExport
from digitpad.children.recognition import LiveRecogniser
from digitpad.core.errors import DigitpadError
from digitpad.core.formats.files import read_bytes, write_atomically
from digitpad.core.models.record import Model, curves_csv
from digitpad.core.models.store import BUNDLED, Models
from digitpad.ui.png import png_bytes
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background

if TYPE_CHECKING:
    from digitpad.ui.models.window import ModelsWindow

_log = logging.getLogger(__name__)

_PATIENCE_MS = 60_000
"""How long the check of a model file may take; a large one loads within seconds."""


class ModelLibrary(QObject):
    """Joins the Models window, the models on disk and the live recogniser.

    Signals: ``resume_requested(Model)``; ``compare_requested(Model, Model)``, the new and the
    old one; ``current_renamed(str)``.
    """

    resume_requested = Signal(object)
    compare_requested = Signal(object, object)
    current_renamed = Signal(str)

    def __init__(self, window: MainWindow, recogniser: LiveRecogniser, models: Models) -> None:
        super().__init__(window)
        self._main, self._recogniser, self._models = window, recogniser, models
        self._background = Background(self)
        self._window: ModelsWindow | None = None
        self._question: ModelQuestion | None = None
        self._export: OnnxExport | None = None
        window.commands.models.triggered.connect(self.open)
        self._background.run(models.empty_old_trash, lambda _: None, self._on_failed)

    @property
    def current(self) -> Model:
        """The model in use."""
        return self._models.current()

    def open(self) -> None:
        """Show the Models window."""
        if self._window is None:
            from digitpad.ui.models.window import ModelsWindow

            self._window = ModelsWindow(self._main)
            self._join(self._window)
        self.refresh()
        self._window.show()
        self._window.activateWindow()

    def refresh(self) -> None:
        """List what is there now, where the window is open or about to be."""
        if self._window is not None:
            self._window.show_models(self._models.all(), self.current.key)

    def use(self, key: str) -> bool:
        """Recognise with the model ``key`` from now on, and after the next start.

        Returns whether that is so; says why where it is not.
        """
        model = self._models.get(key)
        if model is None or not model.usable:
            self._front.show_message("The model is no longer there.", kind=MessageKind.ERROR)
            return False
        if not self._tried(partial(self._models.choose, key)):
            return False
        self._recogniser.use_model(model.file)
        self.refresh()
        return True

    def close(self) -> None:
        """Finish what is being written, and forget what was deleted."""
        for asked in (self._question, self._export):
            if asked is not None:
                asked.stop()
        self._background.close()
        self._models.empty_trash()

    def _join(self, window: "ModelsWindow") -> None:
        window.use_requested.connect(self.use)
        window.rename_requested.connect(self._on_rename)
        window.delete_requested.connect(self.delete)
        window.resume_requested.connect(self._on_resume)
        window.compare_requested.connect(self._on_compare)
        window.export_requested.connect(self._on_export)
        window.onnx_requested.connect(self._on_onnx)
        window.import_requested.connect(self._on_import)
        window.csv_requested.connect(self._on_csv)
        window.png_requested.connect(self._on_png)

    def _on_rename(self, key: str, name: str) -> None:
        renamed = self._tried(partial(self._models.rename, key, name))
        self.refresh()
        if renamed and key == self.current.key:
            self.current_renamed.emit(name)

    def delete(self, key: str) -> None:
        """Delete a model; the message that says so offers to take it back."""
        model = self._models.get(key)
        if model is None or model.key == BUNDLED:
            return
        was_current = key == self.current.key
        if was_current and not self.use(BUNDLED):
            return
        if self._tried(partial(self._models.delete, key)):
            self.refresh()
            undo = self._taking_back(key, was_current=was_current)
            self._front.show_message(f"\u201c{model.name}\u201d is deleted.", offer=undo)

    def _taking_back(self, key: str, *, was_current: bool) -> Offer:
        """Offer to take a deletion back, again and again until it works."""

        def take_back() -> None:
            if self._tried(partial(self._models.restore, key), undo):
                if was_current:
                    self.use(key)
                self.refresh()
                if self._window is not None:
                    self._window.choose(key)

        undo = Offer("&Undo", take_back)
        return undo

    def _on_resume(self, key: str) -> None:
        model = self._models.get(key)
        if model is not None:
            self.resume_requested.emit(model)

    def _on_compare(self, new: str, old: str) -> None:
        models = self._models.get(new), self._models.get(old)
        if models[0] is not None and models[1] is not None:
            self.compare_requested.emit(*models)

    def _on_export(self, key: str, path: str) -> None:
        model = self._models.get(key)
        if model is not None:
            self._write(path, partial(read_bytes, model.file))

    def _on_onnx(self, key: str, path: str) -> None:
        """Have the file written by a process of its own: the exporter needs torch."""
        model = self._models.get(key)
        if model is None:
            return
        name = Path(path).name
        if self._export is not None:
            text = f"Another model is being written; export {name} once that is done."
            self._front.show_message(text)
            return
        self._export = OnnxExport(model.file, Path(path), self)
        self._export.answered.connect(lambda _: self._on_exported(f"Saved {name}."))
        self._export.failed.connect(self._on_export_failed)
        self._export.start()
        self._front.show_message(f"Writing {name}, which takes a while\u2026")

    def _on_exported(self, text: str) -> None:
        self._export = None
        self._front.show_message(text)

    def _on_export_failed(self, reason: str, details: str) -> None:
        self._export = None
        self._front.show_message(reason, details, MessageKind.ERROR)

    def _on_csv(self, key: str, path: str) -> None:
        model = self._models.get(key)
        if model is not None:
            self._write(path, partial(curves_csv, model.epochs))

    def _on_png(self, image: QImage, path: str) -> None:
        self._write(path, partial(png_bytes, image))

    def _write(self, path: str, make: Callable[[], bytes]) -> None:
        def work() -> None:
            write_atomically(Path(path), make())

        text = f"Saved {Path(path).name}."
        self._background.run(work, lambda _: self._front.show_message(text), self._on_failed)

    def _on_import(self, path: str) -> None:
        """Load the model in a process of its own first: only what loads is taken in."""
        name = Path(path).name
        if self._question is not None:
            text = f"Another model is being checked; import {name} once that is done."
            self._front.show_message(text)
            return
        question = self._question = ModelQuestion(Path(path), self)
        question.answered.connect(lambda _: self._take_in(path))
        question.failed.connect(self._on_import_failed)
        question.start()
        QTimer.singleShot(_PATIENCE_MS, question, partial(self._give_up, question, name))
        self._front.show_message(f"Checking {name}\u2026")

    def _give_up(self, question: ModelQuestion, name: str) -> None:
        if self._question is question:
            question.stop()
            seconds = _PATIENCE_MS // 1000
            text = f"{name} could not be checked within {seconds} seconds and is not imported."
            self._on_import_failed(text, "")

    def _take_in(self, path: str) -> None:
        def done(model: Model) -> None:
            self.refresh()
            if self._window is not None:
                self._window.choose(model.key)
            self._front.show_message(f"\u201c{model.name}\u201d is imported.")

        self._question = None
        self._background.run(partial(self._models.add, Path(path)), done, self._on_failed)

    def _on_import_failed(self, reason: str, details: str) -> None:
        self._question = None
        self._front.show_message(reason, details, MessageKind.ERROR)

    @property
    def _front(self) -> "ModelsWindow | MainWindow":
        """The window that messages go to: the Models window where that is open."""
        own = self._window
        return own if own is not None and own.isVisible() else self._main

    def _tried(self, work: Callable[[], None], offer: Offer | None = None) -> bool:
        """Do ``work``; say why where it fails, and make the offer."""
        try:
            work()
        except DigitpadError as error:
            self._on_failed(error, offer)
            return False
        return True

    def _on_failed(self, error: Exception, offer: Offer | None = None) -> None:
        if not isinstance(error, DigitpadError):
            raise error
        _log.warning("%s", error, exc_info=error)
        self._front.show_message(str(error), error.details, MessageKind.ERROR, offer)
