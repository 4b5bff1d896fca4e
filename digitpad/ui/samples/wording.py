"""What is said about drawings, to the eye and to a screen reader."""

from PySide6.QtCore import QDateTime, QLocale

from digitpad.core.samples.sample import Caption
from digitpad.ui.wording import percent


def answer(caption: Caption) -> str:
    """Say in a few characters what the network made of it."""
    if caption.answer is None:
        return "not read"
    if not caption.misread:
        return percent(caption.answer.confidence)
    return "no digit" if caption.answer.digit is None else f"read as {caption.answer.digit}"


def summary(caption: Caption) -> str:
    """Return all that is known, in two lines."""
    if caption.answer is None:
        read = "not read by the network"
    elif caption.answer.digit is None:
        read = "read as not a digit"
    else:
        read = f"read as {caption.answer.digit}, {percent(caption.answer.confidence)}"
    moment = QDateTime.fromSecsSinceEpoch(round(caption.created.timestamp()))
    day = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    writer = f", drawn by {caption.writer}" if caption.writer else ""
    return f"Labelled {caption.label}, {read}\n{day}{writer}"
