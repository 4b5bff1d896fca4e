import pytest

from digitpad.core.evaluation.verdict import Outcome, figure_rows, headline_accuracy, verdict


def figures(accuracy: float, drawings: float = 10_000.0) -> dict[str, dict[str, float]]:
    return {
        "validation: train": {"accuracy": 0.5, "drawings": drawings},
        "t10k": {"accuracy": accuracy, "kept": 1.0, "drawings": drawings},
        "t10k, as pictures": {"accuracy": 0.1, "kept": 1.0, "drawings": drawings},
        "t10k, fog": {"as_it_is": 0.2, "as_a_picture": 0.3, "drawings": drawings},
        "doodles": {"refused": accuracy, "drawings": 100.0},
    }


@pytest.mark.parametrize(
    ("new", "current", "outcome"),
    [
        (0.99, 0.98, Outcome.BETTER),
        (0.98, 0.99, Outcome.WORSE),
        (0.990, 0.9901, Outcome.SAME),
        (1.0, 1.0, Outcome.SAME),
        (0.9985, 0.9972, Outcome.SAME),  # 15 and 28 missed
        (0.9985, 0.9969, Outcome.BETTER),  # 15 and 31
    ],
)
def test_judges_by_the_test_sets_alone(new: float, current: float, outcome: Outcome) -> None:
    judged = verdict(figures(new), figures(current))
    assert (judged.outcome, judged.new, judged.current) == (outcome, new, current)
    assert judged.drawings == 10_000


def test_the_same_difference_on_few_drawings_may_be_chance() -> None:
    assert verdict(figures(0.98, 100), figures(0.99, 100)).outcome is Outcome.SAME


def test_does_not_judge_across_different_drawings() -> None:
    assert verdict(figures(0.9), {}).outcome is Outcome.UNKNOWN
    assert verdict(figures(0.9), figures(0.99, 5000)).outcome is Outcome.UNKNOWN
    validation = {"validation: train": {"accuracy": 0.9, "drawings": 100.0}}
    assert verdict(validation, validation).outcome is Outcome.UNKNOWN


def test_rows_hold_both_models_where_they_read_the_same_drawings_and_test_sets_first() -> None:
    rows = figure_rows(figures(0.99), {**figures(0.97), "validation: train": {"accuracy": 0.9}})
    assert [row.name for row in rows] == [
        "t10k",
        "t10k, as pictures",
        "doodles",
        "validation: train",
    ]
    assert [row.measure for row in rows] == ["accuracy", "accuracy", "refused", "accuracy"]
    shown = {row.name: (row.new, row.current) for row in rows}
    assert shown["t10k"] == shown["doodles"] == (0.99, 0.97)
    assert shown["validation: train"] == (0.5, None)
    assert [row.drawings for row in rows] == [10_000, 10_000, 100, 10_000]


def test_the_accuracy_that_stands_for_all() -> None:
    assert headline_accuracy(figures(0.991)) == 0.991
    assert headline_accuracy({"validation: train": {"accuracy": 0.9}}) is None
