"""The few colours of the window, derived from the palette so that they follow every theme."""

from dataclasses import dataclass
from typing import Self

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by their job; ``accent`` is the only one that asks for attention."""

    window: QColor
    paper: QColor
    ink: QColor
    text: QColor
    quiet: QColor
    border: QColor
    track: QColor
    bar: QColor
    accent: QColor
    error: QColor
    ready: QColor

    @classmethod
    def of(cls, palette: QPalette) -> "Colours":
        """Return the colours of ``palette``, kept from the last time, as every painting asks."""
        key = palette.cacheKey(), palette.currentColorGroup()
        if key not in _KEPT:
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.clear()
            _KEPT[key] = cls._made_of(palette)
        return _KEPT[key]

    @classmethod
    def _made_of(cls, palette: QPalette) -> Self:
        window = palette.color(QPalette.ColorRole.Window)
        text = palette.color(QPalette.ColorRole.WindowText)
        dark = is_dark(palette)
        return cls(
            window=window,
            paper=palette.color(QPalette.ColorRole.Base),
            ink=palette.color(QPalette.ColorRole.Text),
            text=text,
            quiet=quiet(window, text),
            border=mix(window, text, 0.17),
            track=mix(window, text, 0.06),
            bar=mix(window, text, 0.38),
            accent=palette.color(QPalette.ColorRole.Accent),
            error=QColor("#ff7b72" if dark else "#c62828"),
            ready=QColor("#4cc38a" if dark else "#218358"),
        )


_MOST_KEPT = 64
_KEPT: dict[tuple[int, QPalette.ColorGroup], Colours] = {}


def is_dark(palette: QPalette) -> bool:
    """Tell whether ``palette`` writes light on dark."""
    return (
        palette.color(QPalette.ColorRole.Window).lightness()
        < palette.color(QPalette.ColorRole.WindowText).lightness()
    )


def quiet(ground: QColor, text: QColor) -> QColor:
    """Return the colour of text that explains: it stands back and still has a contrast of 4.5."""
    return mix(ground, text, 0.66)


def mix(under: QColor, over: QColor, share: float) -> QColor:
    """Return the opaque colour of ``over`` painted on ``under`` with opacity ``share``."""
    kept = 1.0 - share
    return QColor.fromRgbF(
        under.redF() * kept + over.redF() * share,
        under.greenF() * kept + over.greenF() * share,
        under.blueF() * kept + over.blueF() * share,
    )
