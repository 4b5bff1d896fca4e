"""While a run goes on: its curves, how far it is, and the two ways to end it early."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.core.training.events import EpochEnded, Preparing, Progress, Started
from digitpad.ui.set_names import set_name
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.curves import Curves
from digitpad.ui.widgets.labels import Tile, heading, quiet, quiet_line
from digitpad.ui.widgets.progress_line import ProgressLine
from digitpad.ui.wording import count, duration, memory_size

KEEP_BEST = "&Stop and keep the best so far"
DISCARD, RESUME_LATER = "&Discard this run", "Stop and &resume later"


class RunningPage(QWidget):
    """Shows how far a run is, its curves and its notices.

    Signals: ``stop_requested()`` (and keep the best so far), ``cancel_requested()``.
    """

    stop_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading()
        self.step = quiet()
        self.notice = quiet_line()
        self._notices: list[str] = []
        self._done = 0
        self.progress = ProgressLine("Training progress")
        self.speed = Tile("Images per second")
        self.left = Tile("Time left")
        self.device = Tile("Device")
        self.memory = Tile("Memory")
        self.curves = Curves()
        self.cancel = Button(DISCARD)
        self.cancel.clicked.connect(self.cancel_requested)
        self.stop = Button(KEEP_BEST)
        self.stop.clicked.connect(self.stop_requested)
        self._lay_out()

    def show_run(self, name: str, epochs: Sequence[EpochEnded], planned: int) -> None:
        """Begin with a run that has ended ``epochs`` before, none for a new one."""
        self._done = epochs[-1].epoch if epochs else 0
        self.cancel.setText(RESUME_LATER if self.was_resumed else DISCARD)
        self.title.setText(f"Training \u201c{name}\u201d")
        self.step.setText("Loading and preparing the data\u2026")
        self._notices.clear()
        self.notice.setText("")
        self.notice.setToolTip("")
        self.progress.show_share(None)
        for tile in (self.speed, self.left, self.device, self.memory):
            tile.show_figure("\N{EN DASH}")
        self.curves.show_epochs(epochs, planned, live=True)
        self.stop.setEnabled(False)
        self.cancel.setEnabled(True)

    @property
    def was_resumed(self) -> bool:
        """Tell whether the run has whole epochs from before: these are kept, however it ends."""
        return self._done > 0

    def show_preparing(self, preparing: Preparing) -> None:
        self.progress.show_share(preparing.share)
        share = f"{preparing.share:.0%}".replace("%", "\u202f%")
        left = duration(preparing.seconds_left)
        self.step.setText(f"Generating training images: {share} done, {left} left")

    def show_started(self, started: Started) -> None:
        images = f"{count(started.images)} images per epoch"
        self.step.setText(f"Epoch {self._done + 1} of {started.epochs}, {images}")
        self.device.show_figure(_device(started.device))
        self.progress.show_share(self._done / started.epochs)
        self.stop.setEnabled(True)

    def show_progress(self, progress: Progress) -> None:
        if not self.stop.isEnabled():
            return  # it came on its way to the end
        self.progress.show_share((progress.epoch - 1 + progress.share) / progress.epochs)
        share = f"{progress.share:.0%}".replace("%", "\u202f%")
        self.step.setText(f"Epoch {progress.epoch} of {progress.epochs}, {share} done")
        self.speed.show_figure(count(round(progress.images_per_second)))
        self.left.show_figure(duration(progress.seconds_left))
        self.memory.show_figure(memory_size(progress.memory_bytes))
        self.curves.add_progress(progress)

    def add_epoch(self, epoch: EpochEnded) -> None:
        self.curves.add_epoch(epoch)
        self.speed.show_figure(count(round(epoch.images_per_second)))
        if epoch.epoch == epoch.epochs:
            self.show_finishing()
        elif self.stop.isEnabled():
            self.progress.show_share(epoch.epoch / epoch.epochs)
            self.step.setText(f"Epoch {epoch.epoch + 1} of {epoch.epochs}")

    def show_notice(self, text: str) -> None:
        """Show a notice on one line; all of them are in its tool tip."""
        name, colon, rest = text.partition(": ")
        self._notices.append(f"{set_name(name)}{colon}{rest}")
        self.notice.setText(self._notices[-1])
        self.notice.setToolTip("\n".join(self._notices))

    def show_finishing(self) -> None:
        """Say that training is over, and that the rest will take a moment all the same."""
        self.step.setText("Finishing: calibrating, evaluating and saving the model\u2026")
        self.left.show_figure("a moment")
        self.progress.show_share(None)
        self.stop.setEnabled(False)

    def _lay_out(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(32)
        for tile in (self.speed, self.left, self.memory):
            tiles.addWidget(tile, 1)
        tiles.addWidget(self.device, 2)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.step)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.notice, 1)
        buttons.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addLayout(tiles)
        column.addWidget(self.curves, 1)
        column.addLayout(buttons)


def _device(key: str) -> str:
    return "CPU" if key == "cpu" else key.replace("cuda", "GPU").replace("mps", "Apple GPU")
