"""The browser of the person's drawings, joined to the store: every change can be taken back."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from digitpad.core.errors import DigitpadError, StoppedError
from digitpad.core.ink import Ink
from digitpad.core.models.record import Model
from digitpad.core.prediction import Prediction
from digitpad.core.samples.sample import Caption, Sample
from digitpad.core.samples.store import SampleStore
from digitpad.ui.icons import Icons
from digitpad.ui.samples.thumbnails import Look, render
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.window.main_window import MainWindow
from digitpad.ui.wording import count, drawings, duration
from digitpad.workflows.background import Background
from digitpad.workflows.documents import with_pen
from digitpad.workflows.errand import Errand
from digitpad.workflows.exchange import (
    Outcome,
    Transfer,
    Undo,
    exporting_folder,
    exporting_lines,
    importing,
)
from digitpad.workflows.reading_again import ReadingAgain

if TYPE_CHECKING:
    from digitpad.ui.samples.browser import SampleBrowser

T = TypeVar("T")
_BUSY = "Another operation is running. Wait for it to finish, or stop it."
_MOST_UNDOS = 50


class Browsing(QObject):
    """Opens the browser of ``store`` and does what is asked for there; ``model`` is that in use.

    Nothing of it holds up the window; pictures have a thread of their own, so that scrolling does
    not wait for an import.
    """

    def __init__(
        self, window: MainWindow, icons: Icons, store: SampleStore, model: Callable[[], Model]
    ) -> None:
        super().__init__(window)
        self._model = model
        self._browser: SampleBrowser | None = None
        self._going_on: ReadingAgain | Errand | None = None
        self._window, self._icons, self._store = window, icons, store
        self._background, self._painting = Background(self), Background(self)
        self._undos: list[Undo] = []
        window.commands.samples.triggered.connect(self.open)

    @property
    def browser(self) -> "SampleBrowser":
        """The browser's window, made when it is first needed."""
        if self._browser is None:
            from digitpad.ui.samples.browser import SampleBrowser

            self._browser = SampleBrowser(self._icons, self._window)
            self._join(self._browser)
        return self._browser

    def open(self) -> None:
        """Show the browser, up to date."""
        self.refresh()
        self.browser.show()
        self.browser.raise_()
        self.browser.activateWindow()

    def refresh(self) -> None:
        """List what is there now."""
        self._run(self._store.captions, self.browser.show_captions)

    def close(self) -> None:
        """Finish what is short and stop what is long; nothing is done for the browser any more."""
        self._on_stop_requested()
        for reading in self.findChildren(ReadingAgain):
            reading.wait()
        if self._browser is not None:
            self._browser.close()
            self._browser.blockSignals(True)
        self._background.close()
        self._painting.close()

    def on_samples_changed(self) -> None:
        """Follow a change that was made elsewhere."""
        if self._browser is not None and self._browser.isVisible():
            self.refresh()

    def _join(self, browser: "SampleBrowser") -> None:
        browser.thumbnails_wanted.connect(self._on_thumbnails_wanted)
        browser.relabelled.connect(self._on_relabelled)
        browser.deleted.connect(self._on_deleted)
        browser.undone.connect(self._on_undone)
        browser.import_requested.connect(self._on_import)
        browser.export_lines_requested.connect(self._on_export_lines)
        browser.export_folder_requested.connect(self._on_export_folder)
        browser.read_requested.connect(self._on_read_requested)
        browser.stop_requested.connect(self._on_stop_requested)
        browser.opened.connect(self._on_opened)

    def _on_thumbnails_wanted(self, numbers: list[int]) -> None:
        def failed(error: DigitpadError) -> None:
            self.browser.show_thumbnails({})
            self._on_failed(error)

        work = partial(_rendered, self._store, numbers, self.browser.look())
        self._painting.run(work, self.browser.show_thumbnails, failed)

    def _on_relabelled(self, numbers: list[int], digit: int) -> None:
        def done(old: dict[int, int]) -> None:
            changed = {number: label for number, label in old.items() if label != digit}
            undo = partial(self._store.relabel, changed) if changed else None
            self._changed(Outcome(f"{drawings(len(changed))} now labelled {digit}.", undo))

        self._run(partial(self._store.relabel, dict.fromkeys(numbers, digit)), done)

    def _on_deleted(self, numbers: list[int]) -> None:
        def done(removed: dict[int, Sample]) -> None:
            text = f"{drawings(len(removed))} deleted."
            self._changed(Outcome(text, partial(self._store.restore, removed)))

        self._run(partial(self._store.remove, numbers), done)

    def _on_import(self, paths: list[str]) -> None:
        self._begin(importing(self._store, paths))

    def _on_export_lines(self, numbers: list[int], path: str) -> None:
        self._begin(exporting_lines(self._store, numbers, path))

    def _on_export_folder(self, numbers: list[int], folder: str) -> None:
        self._begin(exporting_folder(self._store, numbers, folder))

    def _begin(self, transfer: Transfer) -> None:
        """Do what takes long, unless something else does."""
        if self._refuses_another():
            return
        errand = self._going_on = Errand(self)
        title, total = transfer.title, transfer.total

        def progressed(so_far: int) -> None:
            of_total = f"{count(so_far)} of {count(total)}" if total else drawings(so_far)
            self.browser.show_busy(f"{title}: {of_total}", so_far / total if total else None)

        def over() -> None:
            errand.deleteLater()
            self._end()

        def done(outcome: Outcome) -> None:
            over()
            self._changed(outcome)

        def failed(error: DigitpadError) -> None:
            over()
            if isinstance(error, StoppedError):
                self.browser.show_message(transfer.stopped(errand.done))
            else:
                self._on_failed(error)

        errand.progressed.connect(progressed)
        self.browser.show_busy(f"{title}\u2026")
        self._background.run(partial(transfer.work, errand.note), done, failed)

    def _refuses_another(self) -> bool:
        """Tell whether something long is going on already, and if so tell the person too."""
        if self._going_on is not None:
            self.browser.show_message(_BUSY)
        return self._going_on is not None

    def _end(self) -> None:
        self._going_on = None
        self.browser.show_busy("")

    def _on_opened(self, number: int) -> None:
        def done(samples: dict[int, Sample]) -> None:
            for sample in samples.values():
                drawing = sample.drawing
                self._window.set_drawing(
                    with_pen(drawing) if isinstance(drawing, Ink) else drawing, "opening"
                )
                self._window.activateWindow()

        self._run(partial(self._store.samples, [number]), done)

    def _on_read_requested(self, numbers: list[int]) -> None:
        if self._refuses_another():
            return
        reading = ReadingAgain(self._store, numbers, self._model(), self._background, self)
        reading.progressed.connect(self._on_reading_progressed)
        reading.ended.connect(self._on_reading_ended)
        reading.failed.connect(self._on_reading_failed)
        self._going_on = reading
        self.browser.show_busy(f"Recognising {drawings(len(numbers))}\u2026")
        reading.begin()

    def _on_reading_progressed(self, done: int, total: int, seconds: float) -> None:
        text = f"Recognising: {count(done)} of {count(total)}, {duration(seconds)} left"
        self.browser.show_busy(text, done / total)

    def _on_reading_ended(self, before: dict[int, Prediction | None], model: str) -> None:
        def done(captions: dict[int, Caption]) -> None:
            wrong = sum(captions[number].misread for number in before if number in captions)
            text = f"\u201c{model}\u201d recognised {drawings(len(before))}"
            its = "its label" if wrong == 1 else "their labels"
            text += f", {count(wrong)} differently from {its}." if wrong else "."
            self._changed(Outcome(text, self._answering(before)))

        self._end()
        self._run(self._store.captions, done)

    def _on_reading_failed(
        self, before: dict[int, Prediction | None], reason: str, details: str
    ) -> None:
        self._end()
        undo = self._answering(before)
        self._changed(Outcome(reason, undo, details, MessageKind.ERROR))

    def _answering(self, before: dict[int, Prediction | None]) -> Undo | None:
        return partial(self._store.answer, before) if before else None

    def _on_stop_requested(self) -> None:
        if self._going_on is not None:
            self._going_on.stop()

    def _on_undone(self) -> None:
        if self._undos:
            self._take_back(self._undos[-1])

    def _changed(self, outcome: Outcome) -> None:
        """Tell of a change, and list what is there now."""
        offer = None
        if outcome.undo is not None:
            self._undos = [*self._undos, outcome.undo][-_MOST_UNDOS:]
            offer = self._offer(outcome.undo)
        self.browser.show_message(outcome.text, outcome.details, outcome.kind, offer)
        self.refresh()

    def _offer(self, undo: Undo) -> Offer:
        return Offer("Undo", partial(self._take_back, undo))

    def _take_back(self, undo: Undo) -> None:
        """Take a change back; where that fails, it can be tried again in its turn."""
        place = self._undos.index(undo)

        def failed(error: DigitpadError) -> None:
            self._undos.insert(place, undo)
            self._on_failed(error, self._offer(undo))

        del self._undos[place]
        self.browser.messages.dismiss()
        self._background.run(undo, lambda _: self.refresh(), failed)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._background.run(work, done, self._on_failed)

    def _on_failed(self, error: DigitpadError, offer: Offer | None = None) -> None:
        self.browser.show_message(str(error), error.details, MessageKind.ERROR, offer)


def _rendered(store: SampleStore, numbers: Iterable[int], look: Look) -> dict[int, QImage]:
    return {n: render(sample.drawing, look) for n, sample in store.samples(numbers).items()}
