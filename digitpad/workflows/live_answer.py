"""The answer to what is on the canvas: asked for at every change, shown at once, and timed."""

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.children.recognition import LiveRecogniser
from digitpad.core.drawing import Drawing, Picture
from digitpad.core.messages import Recognised
from digitpad.core.prediction import Prediction
from digitpad.latency import PenToBars
from digitpad.ui.window.main_window import MainWindow

_LATENCY_SHOWN_EVERY_MS = 250
_NEXT_STROKE_MS = 600
"""How long a hand takes from one stroke to the next, at most."""


class LiveAnswer(QObject):
    """Shows in ``window`` what ``recogniser`` says of its canvas.

    The first stroke of a 4 is not a digit, and before the second one nobody wants to be told so:
    a refusal right after a stroke waits a moment; until then, what was said before stays.

    Signals: ``pen_to_bars_measured(list)``: milliseconds from each change of the drawing to the
    repaint that showed its answer.
    """

    pen_to_bars_measured = Signal(list)

    def __init__(self, window: MainWindow, recogniser: LiveRecogniser) -> None:
        super().__init__(window)
        self._window, self._recogniser = window, recogniser
        self._meter = PenToBars()
        self._latest_ms: float | None = None
        self._latency_timer = QTimer(self, interval=_LATENCY_SHOWN_EVERY_MS, singleShot=True)
        self._latency_timer.timeout.connect(self._show_latency)
        self._pen_was_down = False
        self._lifted = 0  # number of the request that followed a stroke
        self._refusal: Recognised | None = None
        self._patience = QTimer(self, interval=_NEXT_STROKE_MS, singleShot=True)
        self._patience.timeout.connect(self._show_refusal)
        window.canvas.drawing_changed.connect(self._on_drawing_changed)
        window.answer_painted.connect(self._on_answer_painted)
        recogniser.recognised.connect(self._on_recognised)
        recogniser.loading.connect(self._forget)
        recogniser.ready.connect(self._forget)
        recogniser.request_failed.connect(self._on_failed)
        recogniser.given_up.connect(self._forget)

    def _on_drawing_changed(self, drawing: Drawing) -> None:
        changed_at = self._meter.now()
        pen_down = self._window.canvas.pen_is_down()
        self._patience.stop()
        if drawing:
            request = self._recogniser.recognise(drawing, pen_down=pen_down)
            self._meter.changed(request, changed_at)
            if self._pen_was_down and not pen_down:
                self._lifted = request
        else:
            self._recogniser.forget()
            self._meter.forget()
            self._window.show_prediction(None, None)
        self._pen_was_down = pen_down

    def _on_recognised(self, answer: Recognised) -> None:
        if answer.prediction.digit is None and answer.request == self._lifted:
            self._refusal = answer
            self._patience.start()
            self._meter.forget()
        else:
            self._show(answer)

    def _show_refusal(self) -> None:
        if self._refusal is not None:
            self._show(self._refusal)

    def _show(self, answer: Recognised) -> None:
        self._patience.stop()
        self._meter.shown(answer.request)
        self._window.show_prediction(answer.prediction, answer.normalised)
        if answer.normalised is None and isinstance(self._window.canvas.drawing(), Picture):
            text = "No writing was found in this picture; it may be too faint."
            self._window.show_message(text)

    def _on_failed(self) -> None:
        self._forget()
        self._window.show_prediction(Prediction.blank(), None)

    def _forget(self) -> None:
        """Drop what waits: it gets no answer, or one that tells nothing of the time it takes."""
        self._patience.stop()
        self._meter.forget()

    def _on_answer_painted(self) -> None:
        times = self._meter.painted()
        if times:
            self._latest_ms = times[-1]
            self.pen_to_bars_measured.emit(times)
            if not self._latency_timer.isActive():
                self._latency_timer.start()

    def _show_latency(self) -> None:
        self._window.show_latency(self._latest_ms)
