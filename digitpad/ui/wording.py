"""How numbers and answers are said, to the eye and to a screen reader."""

import math
import re
from collections.abc import Sequence

from digitpad.core.prediction import Prediction

_SURE = 0.95
_FAIRLY_SURE = 0.7
_POSSIBLE = 0.1
_MENTIONED = 0.01
_LONGEST = 24
_LONGEST_IN_MENU = 48
_ACCESS_KEY = re.compile("&(.)")


def percent(share: float) -> str:
    """Return a whole percentage, rounded down like the exact one; only what is nothing is 0."""
    whole = math.floor(share * 1000) // 10
    return f"{max(whole, 1) if share > 0 else 0}\u202f%"


def exact_percent(share: float) -> str:
    """Return a percentage with one decimal, rounded down so that 100 means certain."""
    return f"{math.floor(share * 1000) / 10:.1f}\u202f%"


def fine_percent(share: float) -> str:
    """Return a percentage with two decimals, as figures of models are compared by."""
    return f"{share:.2%}".replace("%", "\u202f%")


def count(value: int) -> str:
    """Return a number with its thousands apart."""
    return f"{value:,}"


def drawings(value: int) -> str:
    """Return "1 drawing", "2 drawings"."""
    return f"{count(value)} drawing{'' if value == 1 else 's'}"


def shortened(name: str, longest: int = _LONGEST) -> str:
    """Return ``name`` with dots for the middle of a long one: two may begin or end alike."""
    ends = longest // 2
    return name if len(name) <= longest else f"{name[:ends]}\N{HORIZONTAL ELLIPSIS}{name[-ends:]}"


def in_menu(name: str) -> str:
    """Return ``name``, which may be any, as a menu shows it."""
    return shortened(name, _LONGEST_IN_MENU).replace("&", "&&")


def without_marks(text: str) -> str:
    """Return what the ``text`` of an action says, without access key and dots."""
    return _ACCESS_KEY.sub(r"\1", text).rstrip("\N{HORIZONTAL ELLIPSIS}")


def spoken_list(probabilities: Sequence[float]) -> str:
    """Return the probabilities worth mentioning as a list of words."""
    named = (f"{d}: {percent(p)}" for d, p in enumerate(probabilities) if p >= _MENTIONED)
    return ", ".join(named)


def verdict(prediction: Prediction) -> str:
    """Say how sure the answer is, and where it is not, what else it could be."""
    if prediction.confidence >= _SURE:
        return "Sure"
    if prediction.confidence >= _FAIRLY_SURE:
        return "Fairly sure"
    first, second = _likeliest(prediction)
    return f"Unsure, maybe {second if first == prediction.digit else first}"


def refusal(prediction: Prediction) -> tuple[str, str]:
    """Say in two lines that this is not a digit or, while the pen is down, not yet."""
    first, second = _likeliest(prediction)
    possible = prediction.probabilities[first] >= _POSSIBLE
    if prediction.pen_down:
        could_be = f"Perhaps {first} or {second}" if possible else "Nothing like one so far"
        return "Not a digit yet", could_be
    return "Not a digit", f"Closest to {first}" if possible else "It matches none of the ten"


def _likeliest(prediction: Prediction) -> tuple[int, int]:
    """Return the two likeliest digits."""
    probabilities = prediction.probabilities
    first, second, *_ = sorted(range(len(probabilities)), key=lambda d: -probabilities[d])
    return first, second


def is_blank(prediction: Prediction | None) -> bool:
    """Tell a blank sheet from something that is not a digit."""
    return prediction is None or not any(prediction.probabilities)


def spoken(prediction: Prediction | None) -> str:
    """Return the answer as a sentence."""
    if prediction is None or is_blank(prediction):
        return "Nothing drawn yet"
    if prediction.digit is None:
        return "Not a digit yet" if prediction.pen_down else "This is not a digit"
    return f"{prediction.digit}, {exact_percent(prediction.confidence)} sure"


def duration(seconds: float) -> str:
    """Return a time that is left, no finer than it can be known."""
    if seconds < 60:
        return f"{max(math.ceil(seconds), 1)}\u202fs"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 10:
        return f"{minutes}\u202fmin {rest}\u202fs"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}\u202fh {minutes}\u202fmin" if hours else f"{minutes}\u202fmin"


def memory_size(count: int) -> str:
    """Return a number of bytes in MB or GB."""
    if count <= 0:
        return "\N{EN DASH}"
    megabytes = count / 2**20
    return f"{megabytes:,.0f}\u202fMB" if megabytes < 1000 else f"{megabytes / 1024:.1f}\u202fGB"
