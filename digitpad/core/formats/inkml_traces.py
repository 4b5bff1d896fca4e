"""The text of InkML's <trace> elements: channels, prefixes and differences (W3C InkML, 3.2)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np

from digitpad.core.ink import MAX_COORDINATE, Points

_VALUE = re.compile(
    r"""\s*+(?P<prefix>[!'"]?)\s*+
    (?P<value>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\#[-+]?[0-9A-Fa-f]+|[*?TF])\s*""",
    re.VERBOSE,
)
_EXPLICIT, _DIFFERENCE = "!", "'"


@dataclass(frozen=True, slots=True)
class Channel:
    """One number of every point: ``sign`` is -1 where the axis runs the other way."""

    name: str
    sign: float = 1.0
    minimum: float = 0.0
    maximum: float | None = None


DEFAULT_CHANNELS = (Channel("X"), Channel("Y"))


def channels_of(trace_format: Element) -> tuple[Channel, ...]:
    """Return the channels of a <traceFormat> in the order in which points give them."""
    return tuple(
        Channel(
            name=element.get("name", "").upper(),
            sign=-1.0 if element.get("orientation") == "-ve" else 1.0,
            minimum=float(element.get("min", 0)),
            maximum=float(element.get("max", "nan")) if "max" in element.attrib else None,
        )
        for element in trace_format.iter()
        if element.tag.rpartition("}")[2] == "channel"
    )


def parse_trace(text: str, channels: Sequence[Channel]) -> "Points | None":
    """Return the points of a trace, None where it has none with both X and Y.

    Raises ValueError for text that is not a trace, and for channels without X and Y.
    """
    names = [channel.name for channel in channels]
    if "X" not in names or "Y" not in names:
        raise ValueError("its trace format has no X and Y channels")
    rows = np.array(list(_rows(text, len(channels))), dtype=np.float64)
    if rows.size == 0:
        return None
    x, y = (rows[:, names.index(n)] * channels[names.index(n)].sign for n in "XY")
    pressure = np.ones(len(rows))
    if "F" in names:
        pressure = _pressure(rows[:, names.index("F")], channels[names.index("F")])
    points = np.column_stack([x, y, pressure])
    known = points[~np.isnan(points[:, :2]).any(axis=1)]
    if not (np.abs(known) <= MAX_COORDINATE).all():
        raise ValueError("a number is too large")
    return known if len(known) else None


def _rows(text: str, columns: int) -> Iterator[list[float]]:
    """Yield absolute values, NaN where a device reported none."""
    states = [_ChannelState() for _ in range(columns)]
    for number, point in enumerate(filter(str.strip, text.split(",")), 1):
        values = list(_values(point, number))
        if len(values) < 2:
            raise ValueError(
                f"point {number} has fewer than two coordinates: {point.strip()[:40]!r}"
            )
        # channels that are missing at the end, or given beyond those declared, are optional ones
        values += [("", "?")] * (columns - len(values))
        yield [state.next(*value) for state, value in zip(states, values, strict=False)]


def _values(point: str, number: int) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(point):
        match = _VALUE.match(point, position)
        if match is None:
            raise ValueError(f"point {number} is not made of numbers: {point.strip()[:40]!r}")
        yield match["prefix"], match["value"]
        position = match.end()


class _ChannelState:
    """Turns differences into absolute values; a prefix holds until the next one."""

    def __init__(self) -> None:
        self._mode = _EXPLICIT
        self._value = float("nan")
        self._velocity = 0.0
        self._acceleration = 0.0

    def next(self, prefix: str, text: str) -> float:
        if text == "?":
            return float("nan")
        self._mode = prefix or self._mode
        same = text == "*"
        number = 0.0 if same else _number(text)
        if self._mode == _EXPLICIT:
            new = self._value if same else number
            self._velocity = new - self._value
        elif self._mode == _DIFFERENCE:
            self._velocity = self._velocity if same else number
            new = self._value + self._velocity
        else:
            self._acceleration = self._acceleration if same else number
            self._velocity += self._acceleration
            new = self._value + self._velocity
        self._value = new
        return new


def _number(text: str) -> float:
    if text.startswith("#"):
        return float(int(text[1:], 16))
    if text in ("T", "F"):
        return float(text == "T")
    return float(text)


def _pressure(raw: Points, channel: Channel) -> Points:
    """Return pressure from 0 to 1, by the channel's limits or else by the hardest press."""
    top = channel.maximum
    if top is None:
        top = max(1.0, float(np.nanmax(raw, initial=1.0)))
    span = top - channel.minimum
    if not span > 0:
        return np.ones(len(raw))
    return np.clip(np.nan_to_num((raw - channel.minimum) / span, nan=1.0), 0, 1)
