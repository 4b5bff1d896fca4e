"""The evaluation of a model as the window sees it: a child that recognises labelled drawings."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.children.job_run import JobRun
from digitpad.core.evaluation.events import Assessed, Assessing, from_json


class AssessmentRun(JobRun):
    """One run of ``python -m train assess``; once ``finished``, the evaluation is at ``out``.

    Signal, besides those of a JobRun: ``progressed(int done, int total)``.
    """

    progressed = Signal(int, int)

    def __init__(
        self,
        model: Path,
        data: Sequence[str],
        out: Path,
        name: str,
        parent: QObject | None = None,
    ) -> None:
        options = ["--data", *data, "--out", str(out), "--name", name, "--json"]
        arguments = ["assess", str(model), *options]
        super().__init__(arguments, from_json, Assessed, "evaluation", parent)

    def _tell(self, event: object) -> None:
        if isinstance(event, Assessing):
            self.progressed.emit(event.done, event.total)
