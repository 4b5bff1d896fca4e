"""The browser of the person's drawings, joined to the store: every change can be taken back."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from digitpad.core.errors import DigitpadError
from digitpad.core.ink import Ink
from digitpad.core.models.record import Model
from digitpad.core.prediction import Prediction
from digitpad.core.samples.files import Found, Note
from digitpad.core.samples.sample import Caption, Sample
from digitpad.core.samples.store import SampleStore
from digitpad.ui.icons import Icons
from digitpad.ui.samples.thumbnails import Look, render
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.window.main_window import MainWindow
from digitpad.ui.wording import count, drawings, duration
from digitpad.workflows import exchange
from digitpad.workflows.background import Background
from digitpad.workflows.documents import with_pen
from digitpad.workflows.errand import Errand, StoppedError
from digitpad.workflows.reading_again import ReadingAgain

if TYPE_CHECKING:
    from digitpad.ui.samples.browser import SampleBrowser

T = TypeVar("T")
_Undo = Callable[[], object]

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
        self._reading: ReadingAgain | None = None
        self._errand: Errand | None = None
        self._window, self._icons, self._store = window, icons, store
        self._background, self._painting = Background(self), Background(self)
        self._undos: list[_Undo] = []
        window.commands.samples.triggered.connect(self.open)

    @cached_property
    def browser(self) -> "SampleBrowser":
        """The browser's window, made when it is first needed."""
        from digitpad.ui.samples.browser import SampleBrowser

        browser = SampleBrowser(self._icons, self._window)
        self._join(browser)
        return browser

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
        if self._errand is not None:
            self._errand.stop()
        for reading in self.findChildren(ReadingAgain):
            reading.stop()
            reading.wait()
        if self._is_made():
            self.browser.close()
            self.browser.blockSignals(True)
        self._background.close()
        self._painting.close()

    def on_samples_changed(self) -> None:
        """Follow a change that was made elsewhere."""
        if self._is_made() and self.browser.isVisible():
            self.refresh()

    def _is_made(self) -> bool:
        return "browser" in vars(self)

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
        def failed(error: Exception) -> None:
            self.browser.show_thumbnails({})
            self._on_failed(error)

        work = partial(_rendered, self._store, numbers, self.browser.look())
        self._painting.run(work, self.browser.show_thumbnails, failed)

    def _on_relabelled(self, numbers: list[int], digit: int) -> None:
        def done(old: dict[int, int]) -> None:
            changed = {number: label for number, label in old.items() if label != digit}
            text = f"{drawings(len(changed))} now labelled {digit}."
            self._changed(text, partial(self._store.relabel, changed) if changed else None)

        self._run(partial(self._store.relabel, dict.fromkeys(numbers, digit)), done)

    def _on_deleted(self, numbers: list[int]) -> None:
        def done(removed: dict[int, Sample]) -> None:
            text = f"{drawings(len(removed))} deleted."
            self._changed(text, partial(self._store.restore, removed))

        self._run(partial(self._store.remove, numbers), done)

    def _on_import(self, paths: list[str]) -> None:
        def done(result: tuple[Found, list[int]]) -> None:
            found, added = result
            undo = partial(self._store.remove, added) if added else None
            kind = MessageKind.ERROR if found.faults else MessageKind.NOTICE
            self._changed(
                exchange.imported(found, len(added)), undo, exchange.left_out(found), kind
            )

        def stopped(_: int) -> None:
            self.browser.show_message("The import was stopped: nothing was taken in.")

        name = Path(paths[0]).name if len(paths) == 1 else f"{len(paths)} files"
        work = partial(exchange.import_files, self._store, paths)
        self._begin(f"Importing {name}", None, work, done, stopped)

    def _on_export_lines(self, numbers: list[int], path: str) -> None:
        name = Path(path).name

        def done(written: int) -> None:
            text = f"{drawings(written)} exported to {name}."
            if left_out := len(numbers) - written:
                text += f" {left_out} left out: pictures are no ink."
            self.browser.show_message(text)

        def stopped(_: int) -> None:
            self.browser.show_message("The export was stopped: nothing was written.")

        work = partial(exchange.export_lines, self._store, numbers, path)
        self._begin(f"Exporting to {name}", len(numbers), work, done, stopped)

    def _on_export_folder(self, numbers: list[int], folder: str) -> None:
        name = Path(folder).name

        def done(written: int) -> None:
            self.browser.show_message(f"{drawings(written)} exported to {name}.")

        def stopped(written: int) -> None:
            self.browser.show_message(f"Stopped: {drawings(written)} exported to {name}.")

        work = partial(exchange.export_folder, self._store, numbers, folder)
        self._begin(f"Exporting to {name}", len(numbers), work, done, stopped)

    def _begin(
        self,
        text: str,
        total: int | None,
        work: Callable[[Note], T],
        done: Callable[[T], None],
        stopped: Callable[[int], None],
    ) -> None:
        """Do what takes long, unless something else does; ``stopped`` gets how much was done."""
        if self._errand is not None or self._reading is not None:
            self.browser.show_message("Something else is going on: wait for its end, or stop it.")
            return
        errand = self._errand = Errand(self)

        def progressed(so_far: int) -> None:
            of_total = f"{count(so_far)} of {count(total)}" if total else drawings(so_far)
            share = so_far / total if total else None
            self.browser.show_busy(f"{text}: {of_total}", share, stoppable=True)

        def ended(result: T) -> None:
            self._end_errand(errand)
            done(result)

        def failed(error: Exception) -> None:
            self._end_errand(errand)
            if isinstance(error, StoppedError):
                stopped(errand.done)
            else:
                self._on_failed(error)

        errand.progressed.connect(progressed)
        self.browser.show_busy(f"{text}\u2026", stoppable=True)
        self._background.run(partial(work, errand.note), ended, failed)

    def _end_errand(self, errand: Errand) -> None:
        self._errand = None
        errand.deleteLater()
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
        if self._reading is None and self._errand is None:
            reading = ReadingAgain(self._store, numbers, self._model(), self._background, self)
            reading.progressed.connect(self._on_reading_progressed)
            reading.ended.connect(self._on_reading_ended)
            reading.failed.connect(self._on_reading_failed)
            self._reading = reading
            self.browser.show_busy(f"Reading {drawings(len(numbers))}\u2026", stoppable=True)
            reading.begin()

    def _on_reading_progressed(self, done: int, total: int, seconds: float) -> None:
        text = f"Reading: {count(done)} of {count(total)}, {duration(seconds)} left"
        self.browser.show_busy(text, done / total, stoppable=True)

    def _on_reading_ended(self, before: dict[int, Prediction | None], model: str) -> None:
        def done(captions: dict[int, Caption]) -> None:
            wrong = sum(captions[number].misread for number in before if number in captions)
            text = f"{drawings(len(before))} read by \u201c{model}\u201d"
            text += f", {count(wrong)} not as labelled." if wrong else "."
            self._changed(text, self._answering(before))

        self._end_reading()
        self._run(self._store.captions, done)

    def _on_reading_failed(
        self, before: dict[int, Prediction | None], reason: str, details: str
    ) -> None:
        self._end_reading()
        self._changed(reason, self._answering(before), details, MessageKind.ERROR)

    def _answering(self, before: dict[int, Prediction | None]) -> _Undo | None:
        return partial(self._store.answer, before) if before else None

    def _end_reading(self) -> None:
        self._reading = None
        self.browser.show_busy("")

    def _on_stop_requested(self) -> None:
        for going_on in (self._reading, self._errand):
            if going_on is not None:
                going_on.stop()

    def _on_undone(self) -> None:
        if self._undos:
            self._take_back(self._undos[-1])

    def _changed(
        self,
        text: str,
        undo: _Undo | None,
        details: str = "",
        kind: MessageKind = MessageKind.NOTICE,
    ) -> None:
        """Tell of a change, and list what is there now."""
        offer = None
        if undo is not None:
            self._undos = [*self._undos[-_MOST_UNDOS:], undo]
            offer = self._offer(undo)
        self.browser.show_message(text, details, kind, offer)
        self.refresh()

    def _offer(self, undo: _Undo) -> Offer:
        return Offer("Undo", partial(self._take_back, undo))

    def _take_back(self, undo: _Undo) -> None:
        """Take a change back; where that fails, it can be tried again in its turn."""
        place = self._undos.index(undo)

        def failed(error: Exception) -> None:
            self._undos.insert(place, undo)
            self._on_failed(error, self._offer(undo))

        del self._undos[place]
        self.browser.messages.dismiss()
        self._background.run(undo, lambda _: self.refresh(), failed)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._background.run(work, done, self._on_failed)

    def _on_failed(self, error: Exception, offer: Offer | None = None) -> None:
        if not isinstance(error, DigitpadError):
            raise error
        self.browser.show_message(str(error), error.details, MessageKind.ERROR, offer)


def _rendered(store: SampleStore, numbers: Iterable[int], look: Look) -> dict[int, QImage]:
    return {n: render(sample.drawing, look) for n, sample in store.samples(numbers).items()}
