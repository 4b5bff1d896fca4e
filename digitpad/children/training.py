"""A training run as the window sees it: a child that tells of its epochs and can be stopped."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.children.child import Ending
from digitpad.children.job_run import JobRun
from digitpad.core.training.events import (
    EpochEnded,
    Finished,
    Notice,
    Preparing,
    Progress,
    Started,
    from_json,
)
from digitpad.core.training.options import FitOptions

_KILLED = (
    "Training was killed or crashed. Perhaps the memory ran out: a smaller batch or less data "
    "needs less."
)


class TrainingRun(JobRun):
    """One run of ``python -m train fit``; ``finished`` carries a Finished.

    Signals, besides those of a JobRun: ``images_drawn(Preparing)``, ``started(Started)``,
    ``progressed(Progress)``, ``epoch_ended(EpochEnded)``, ``noticed(Notice)``.
    """

    images_drawn = Signal(object)
    started = Signal(object)
    progressed = Signal(object)
    epoch_ended = Signal(object)
    noticed = Signal(object)

    def __init__(
        self,
        options: FitOptions,
        out: Path,
        parent: QObject | None = None,
        *,
        resume: bool = False,
    ) -> None:
        arguments = options.arguments(out, resume=resume)
        super().__init__(arguments, from_json, Finished, "training", parent)

    def stop_and_keep(self) -> None:
        """End soon, with the best model so far; ``finished`` tells of it."""
        self._child.ask_to_end()

    def _tell(self, event: object) -> None:
        match event:
            case Preparing():
                self.images_drawn.emit(event)
            case Started():
                self.started.emit(event)
            case Progress():
                self.progressed.emit(event)
            case EpochEnded():
                self.epoch_ended.emit(event)
            case Notice():
                self.noticed.emit(event)

    def _reason(self, ending: Ending) -> str:
        return _KILLED if ending.crashed else super()._reason(ending)
