"""Questions whose answers need torch: a child that says one thing and ends."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.children.child import Child, Ending
from digitpad.core.messages import Failed, decode
from digitpad.core.training.options import Catalogue

_log = logging.getLogger(__name__)


class _Question(QObject):
    """Signals: ``answered(object)`` or ``failed(str reason, str details)``; neither after stop."""

    answered = Signal(object)
    failed = Signal(str, str)

    def __init__(
        self,
        job: str,
        arguments: list[str],
        read: Callable[[bytes], object],
        parent: QObject | None,
    ) -> None:
        super().__init__(parent)
        self._answer: object = None
        self._child = Child(job, arguments, self, read)
        self._child.message_received.connect(self._on_answer)
        self._child.ended.connect(self._on_ended)

    def start(self) -> None:
        self._child.start()

    def stop(self) -> None:
        """Forget the question, and end its child."""
        self.blockSignals(True)
        self._child.kill()
        self._child.wait()

    def _on_answer(self, answer: object) -> None:
        self._answer = answer

    def _on_ended(self, ending: Ending) -> None:
        if isinstance(self._answer, Failed):
            self.failed.emit(self._answer.message, self._answer.details)
        elif self._answer is not None:
            self.answered.emit(self._answer)
        elif not ending.expected:
            _log.warning("a question %s\n%s", ending.reason, ending.details)
            self.failed.emit(f"The process that was asked {ending.reason}.", ending.details)
        self.deleteLater()


class CatalogueQuestion(_Question):
    """Which recipes and devices are there? ``answered`` carries a Catalogue."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("train", ["describe"], _catalogue, parent)


class ModelQuestion(_Question):
    """Can this model file be used? ``answered`` carries a Ready; ``failed`` says why not."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__("check-model", [str(file)], decode, parent)


class OnnxExport(_Question):
    """Write this model file as ONNX to ``out``? ``answered`` carries a Ready once it is there."""

    def __init__(self, file: Path, out: Path, parent: QObject | None = None) -> None:
        super().__init__("export-onnx", [str(file), str(out)], decode, parent)


def _catalogue(line: bytes) -> Catalogue:
    try:
        return Catalogue.from_json(json.loads(line))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a catalogue: {line[:200]!r}") from error
