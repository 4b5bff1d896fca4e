import numpy as np
import pytest

from digitpad.core.event_lines import Aborted, Fetching, to_json
from digitpad.core.survey import (
    OTHERS,
    Event,
    Reading,
    SetRead,
    SetRefused,
    Surveyed,
    class_of,
    from_json,
    packed,
)


@pytest.mark.parametrize(
    "event",
    [
        Fetching("text"),
        Reading("a.csv", 1, 3),
        SetRead("a", "/data/a.csv", [0] * 11, ["x"], "AAAA"),
        SetRefused("a.csv, row 2", "why"),
        Surveyed(2),
        Aborted("no"),
    ],
)
def test_events_come_back(event: Event) -> None:
    assert from_json(to_json(event)) == event


def test_images_come_back() -> None:
    images = np.arange(2 * 28 * 28).reshape(2, 28, 28).astype(np.uint8)
    event = from_json(to_json(SetRead("a", "a.csv", [2] + [0] * 10, ["0", "0"], packed(images))))
    assert isinstance(event, SetRead)
    assert (event.pixels() == images).all()


@pytest.mark.parametrize(
    ("label", "number"),
    [("0", 0), ("9", 9), ("A", OTHERS), ("", OTHERS), ("12", OTHERS), ("\u0663", OTHERS)],
)
def test_only_the_ten_digits_are_digits(label: str, number: int) -> None:
    assert class_of(label) == number


@pytest.mark.parametrize("line", ["", "[]", '{"event": "Started"}', '{"event": "Reading"}'])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"not an event|Expecting"):
        from_json(line)
