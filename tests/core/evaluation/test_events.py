import pytest

from digitpad.core.evaluation.events import Assessed, Assessing, Event, from_json
from digitpad.core.event_lines import Aborted, Fetching, to_json


@pytest.mark.parametrize(
    "event",
    [Fetching("text"), Assessing(3, 10), Assessed("a.npz", "mine", 10, 0.9), Aborted("no", "why")],
)
def test_events_come_back(event: Event) -> None:
    assert from_json(to_json(event)) == event


def test_what_the_command_line_says_on_failure_is_understood() -> None:
    assert from_json(to_json(Aborted("no"))) == Aborted("no")


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"event": "Started"}', '{"event": "Assessing"}'])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"not an event|Expecting"):
        from_json(line)
