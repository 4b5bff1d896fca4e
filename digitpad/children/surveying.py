"""A look into data sets as the window sees it: a child that reads them and brings back samples."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from digitpad.children.job_run import JobRun
from digitpad.core.survey import Reading, SetRead, SetRefused, Surveyed, from_json


class SurveyRun(JobRun):
    """One run of ``python -m train survey``.

    Signals, besides those of a JobRun: ``progressed(str name, int done, int total)``: a data set is
    being read; ``set_read(SetRead)``; ``set_refused(str reason, str details)``.
    """

    progressed = Signal(str, int, int)
    set_read = Signal(object)
    set_refused = Signal(str, str)

    def __init__(self, data: Sequence[str], parent: QObject | None = None) -> None:
        arguments = ["survey", "--json", "--data", *data]
        super().__init__(arguments, from_json, Surveyed, "reading", parent)

    def _tell(self, event: object) -> None:
        match event:
            case Reading():
                self.progressed.emit(event.name, event.done, event.total)
            case SetRead():
                self.set_read.emit(event)
            case SetRefused():
                self.set_refused.emit(event.message, event.details)
