"""What happens when the person labels the drawing on the canvas: it is kept for them.

The canvas is cleared once the drawing is safely on disk: who labels drawings goes on to the next,
and a second key pressed by mistake finds nothing to label. Clearing can be undone like any other
step, and a drawing that is labelled again changes its label instead of being kept twice.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from digitpad.children.recognition import LiveRecogniser
from digitpad.core.drawing import Drawing
from digitpad.core.errors import DigitpadError
from digitpad.core.messages import Recognised
from digitpad.core.prediction import Prediction
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import Kept, SampleStore
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background


class Labelling(QObject):
    """Keeps the drawing on ``window``'s canvas, with the answer of ``recogniser``, in ``store``.

    Signal ``samples_changed()``: the store holds something else now.
    """

    samples_changed = Signal()

    def __init__(self, window: MainWindow, recogniser: LiveRecogniser, store: SampleStore) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._background = Background(self)
        self._request = 0
        self._answer: Prediction | None = None
        self._being_kept: Drawing | None = None
        recogniser.requested.connect(self._on_requested)
        recogniser.recognised.connect(self._on_recognised)
        window.labelled.connect(self._on_labelled)

    def start(self) -> None:
        """See to it that the store is in order."""
        self._background.run(self._store.mend, self._on_mended, self._on_failed)

    def close(self) -> None:
        """Finish keeping what is to be kept."""
        self._background.close()

    def _on_requested(self, request: int) -> None:
        self._request, self._answer = request, None

    def _on_recognised(self, answer: Recognised) -> None:
        if answer.request == self._request:
            self._answer = answer.prediction

    def _on_labelled(self, digit: int) -> None:
        canvas = self._window.canvas
        canvas.sketch.lift()
        answer = self._answer  # none yet where that ended a stroke
        drawing = canvas.drawing()
        if not drawing or drawing is self._being_kept:
            return
        self._being_kept = drawing
        sample = Sample.of(drawing, digit, answer)
        keep = partial(self._store.keep, sample)
        self._background.run(keep, partial(self._on_kept, sample), self._on_failed)

    def _on_kept(self, sample: Sample, kept: Kept) -> None:
        self._being_kept = None
        if self._window.canvas.drawing() is sample.drawing:
            self._window.canvas.clear()
        new, old = sample.caption.label, kept.old_label
        if old == new:
            self._window.show_message(f"Already saved as {new}.")
            return
        text = f"Saved as {new} in My drawings."
        if old is not None:
            text = f"Relabelled from {old} to {new}."
        self._window.show_message(text, offer=self._taking_back(sample, kept))
        self.samples_changed.emit()

    def _taking_back(self, sample: Sample, kept: Kept) -> Offer:
        """Offer to take it back, again where that fails."""

        def take_back() -> None:
            self._background.run(work, done, partial(self._on_failed, offer=undo))

        def done(_: object) -> None:
            if self._window.canvas.is_blank():
                self._window.canvas.sketch.replace(sample.drawing, "bringing back")
            elif kept.old_label is None:
                text = f"The {sample.caption.label} was removed from My drawings."
                self._window.show_message(text)
            else:
                self._window.show_message(f"Label changed back to {kept.old_label}.")
            self.samples_changed.emit()

        work: Callable[[], object] = partial(self._store.remove, [kept.number])
        if kept.old_label is not None:
            work = partial(self._store.relabel, {kept.number: kept.old_label})
        undo = Offer("Undo", take_back)
        return undo

    def _on_mended(self, notice: str) -> None:
        if notice:
            self._window.show_message(notice, kind=MessageKind.LASTING)

    def _on_failed(self, error: DigitpadError, offer: Offer | None = None) -> None:
        self._being_kept = None
        self._window.show_message(str(error), error.details, MessageKind.ERROR, offer)
