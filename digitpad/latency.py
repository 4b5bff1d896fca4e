"""The time from pen to bars: from a change of the drawing to the repaint that shows its answer."""

from collections import deque
from collections.abc import Callable
from time import perf_counter


class PenToBars:
    """Matches changes, answers and repaints by their request numbers.

    A change whose own answer was skipped for a newer one counts until that newer one is seen.
    """

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._changes: deque[tuple[int, float]] = deque()
        self._shown = 0

    def now(self) -> float:
        """Return the time, in seconds, on the clock that ``changed`` takes."""
        return self._clock()

    def changed(self, request: int, at: float) -> None:
        """Note that the drawing changed at time ``at`` and is asked about by ``request``."""
        self._changes.append((request, at))

    def shown(self, request: int) -> None:
        """Note that the next repaint shows the answer to ``request``."""
        self._shown = request

    def forget(self) -> None:
        """Drop the changes that will get no answer."""
        self._changes.clear()

    def painted(self) -> list[float]:
        """Return the milliseconds that each change took which this repaint is the first to show."""
        now = self._clock()
        times = []
        while self._changes and self._changes[0][0] <= self._shown:
            times.append((now - self._changes.popleft()[1]) * 1000)
        return times
