"""What is said about drawings, to the eye and to a screen reader."""

from PySide6.QtCore import QDateTime, QLocale

from digitpad.core.samples.sample import Caption
from digitpad.ui.wording import percent


def answer(caption: Caption) -> str:
    """Say in a few characters what the network made of it."""
    if caption.answer is None:
        return "no answer yet"
    if not caption.misread:
        return percent(caption.answer.confidence)
    return "not a digit" if caption.answer.digit is None else f"misread as {caption.answer.digit}"


def summary(caption: Caption) -> str:
    """Return all that is known, in two lines."""
    if caption.answer is None:
        answered = "no answer yet"
    elif caption.answer.digit is None:
        answered = "recognised as not a digit"
    else:
        answered = f"recognised as {caption.answer.digit}, {percent(caption.answer.confidence)}"
    moment = QDateTime.fromSecsSinceEpoch(round(caption.created.timestamp()))
    day = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    writer = f", drawn by {caption.writer}" if caption.writer else ""
    return f"Labelled {caption.label}, {answered}\n{day}{writer}"
