"""Models as files: brought in once they are known to load, and given out."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from digitpad.children.asking import ModelQuestion, OnnxExport
from digitpad.core.errors import DigitpadError
from digitpad.core.formats.files import read_bytes, write_atomically
from digitpad.core.models.record import curves_csv
from digitpad.core.models.store import Models
from digitpad.ui.png import png_bytes
from digitpad.ui.states import MessageKind
from digitpad.workflows.background import Background

if TYPE_CHECKING:
    from digitpad.ui.models.window import ModelsWindow
    from digitpad.ui.window.main_window import MainWindow

_log = logging.getLogger(__name__)

_PATIENCE_MS = 60_000
"""How long the check of a model file may take; a large one loads within seconds."""


class ModelFiles(QObject):
    """Answers the Models window's wishes to import and export; says in ``front()`` what happens.

    Signal: ``imported(Model)``.
    """

    imported = Signal(object)

    def __init__(
        self,
        models: Models,
        background: Background,
        front: "Callable[[], ModelsWindow | MainWindow]",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._models, self._background, self._front = models, background, front
        self._question: ModelQuestion | None = None
        self._export: OnnxExport | None = None

    def join(self, window: "ModelsWindow") -> None:
        window.export_requested.connect(self._on_export)
        window.onnx_requested.connect(self._on_onnx)
        window.import_requested.connect(self._on_import)
        window.csv_requested.connect(self._on_csv)
        window.png_requested.connect(self._on_png)

    def close(self) -> None:
        """End the processes that check and write."""
        for asked in (self._question, self._export):
            if asked is not None:
                asked.stop()

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
            text = f"Another model is being written. Export {name} when that is done."
            self._front().show_message(text)
            return
        self._export = OnnxExport(model.file, Path(path), self)
        self._export.answered.connect(lambda _: self._on_exported(f"Saved {name}."))
        self._export.failed.connect(self._on_export_failed)
        self._export.start()
        self._front().show_message(f"Writing {name}; this may take a while\u2026")

    def _on_exported(self, text: str) -> None:
        self._export = None
        self._front().show_message(text)

    def _on_export_failed(self, reason: str, details: str) -> None:
        self._export = None
        self._front().show_message(reason, details, MessageKind.ERROR)

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
        self._background.run(work, lambda _: self._front().show_message(text), self._on_failed)

    def _on_import(self, path: str) -> None:
        """Load the model in a process of its own first: only what loads is taken in."""
        name = Path(path).name
        if self._question is not None:
            text = f"Another model is being checked. Import {name} when that is done."
            self._front().show_message(text)
            return
        question = self._question = ModelQuestion(Path(path), self)
        question.answered.connect(lambda _: self._take_in(path))
        question.failed.connect(self._on_import_failed)
        question.start()
        QTimer.singleShot(_PATIENCE_MS, question, partial(self._give_up, question, name))
        self._front().show_message(f"Checking {name}\u2026")

    def _give_up(self, question: ModelQuestion, name: str) -> None:
        if self._question is question:
            question.stop()
            seconds = _PATIENCE_MS // 1000
            text = f"{name} was not imported: checking it took more than {seconds} seconds."
            self._on_import_failed(text, "")

    def _take_in(self, path: str) -> None:
        self._question = None
        add = partial(self._models.add, Path(path))
        self._background.run(add, self.imported.emit, self._on_failed)

    def _on_import_failed(self, reason: str, details: str) -> None:
        self._question = None
        self._front().show_message(reason, details, MessageKind.ERROR)

    def _on_failed(self, error: DigitpadError) -> None:
        _log.warning("%s", error, exc_info=error)
        self._front().show_message(str(error), error.details, MessageKind.ERROR)
