"""What the window shows at a time: one or two evaluations of the same drawings, and parts of it."""

from dataclasses import dataclass

from digitpad.core.evaluation.comparison import Comparison
from digitpad.core.evaluation.evaluation import BINS, Evaluation, Integers
from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.ui.evaluation.wording import recognised
from digitpad.ui.set_names import set_name
from digitpad.ui.wording import shortened


@dataclass(frozen=True, eq=False, slots=True)
class Exhibit:
    """``evaluations``, one or two, and the ``names`` by which the person tells them apart."""

    names: tuple[str, ...]
    evaluations: tuple[Evaluation, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the names as they are shown, the long ones with dots in their middle."""
        return tuple(map(shortened, self.names))

    @property
    def data(self) -> str:
        """Return what the drawings are called."""
        return ", ".join(map(set_name, self.evaluations[0].data.split(", ")))

    def comparison(self) -> Comparison | None:
        """Return how the two differ; None where there is only one."""
        if len(self.evaluations) < 2:
            return None
        return Comparison.of(*self.evaluations)


@dataclass(frozen=True, eq=False, slots=True)
class Selection:
    """Some drawings in an order; ``index`` says which evaluation of the exhibit is looked at."""

    title: str
    index: int
    rows: Integers


def standing(exhibit: Exhibit) -> list[Selection]:
    """Return the selections that every exhibit offers."""
    found = []
    comparison = exhibit.comparison()
    if comparison is not None:
        first, second = exhibit.titles
        a, b = exhibit.evaluations
        found = [
            Selection(f"Only {second} is right", 0, a.hardest_where(comparison.second)),
            Selection(f"Only {first} is right", 1, b.hardest_where(comparison.first)),
        ]
    hardest = []
    for index, evaluation in enumerate(exhibit.evaluations):
        of = _of(exhibit, index, " for {}")
        hardest.append(Selection(f"Hardest first{of}", index, evaluation.hardest))
        wrong = evaluation.hardest_where(~evaluation.right)
        found.append(Selection(f"Misread{_of(exhibit, index, ' by {}')}", index, wrong))
        refused = evaluation.hardest_where(evaluation.answers == NOT_A_DIGIT)
        found.append(Selection(f"Refused{_of(exhibit, index, ' by {}')}", index, refused))
    return hardest + found


def cell(exhibit: Exhibit, index: int, label: int, answer: int) -> Selection:
    """Return the drawings of one cell of the confusion matrix."""
    title = f"{label} {recognised(answer)}{_of(exhibit, index, ' by {}')}"
    return Selection(title, index, exhibit.evaluations[index].in_cell(label, answer))


def of_digit(exhibit: Exhibit, digit: int) -> Selection:
    """Return the drawings labelled ``digit``, as the last evaluation finds them hard."""
    index = len(exhibit.evaluations) - 1
    evaluation = exhibit.evaluations[index]
    return Selection(
        f"All labelled {digit}", index, evaluation.hardest_where(evaluation.labels == digit)
    )


def in_bin(exhibit: Exhibit, index: int, number: int) -> Selection:
    """Return the drawings in one bin of the reliability plot."""
    evaluation = exhibit.evaluations[index]
    low, high = (f"{100 * edge / BINS:.0f}" for edge in (number, number + 1))
    title = f"{low}\N{EN DASH}{high}\u202f% sure{_of(exhibit, index, ', {}')}"
    return Selection(title, index, evaluation.hardest_where(evaluation.bins == number))


def _of(exhibit: Exhibit, index: int, words: str) -> str:
    return words.format(exhibit.titles[index]) if len(exhibit.evaluations) > 1 else ""
