"""Light, dark or as the system is, switched while the window is open."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from digitpad.ui.colours import is_dark, mix, quiet


class ThemeMode(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_SCHEMES = {
    ThemeMode.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeMode.LIGHT: Qt.ColorScheme.Light,
    ThemeMode.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The application's theme; its palette reaches the widgets as a PaletteChange event."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._mode = ThemeMode.SYSTEM
        application.styleHints().colorSchemeChanged.connect(self._apply_palette)
        self._apply_palette()

    @property
    def mode(self) -> ThemeMode:
        return self._mode

    def apply(self, mode: ThemeMode) -> None:
        """Change the whole application to ``mode`` at once."""
        self._mode = mode
        self._application.styleHints().setColorScheme(_SCHEMES[mode])
        self._apply_palette()

    def _apply_palette(self) -> None:
        """Keep the platform's own palette where it follows the scheme, else bring ours."""
        self._application.setPalette(QPalette())
        scheme = self._application.styleHints().colorScheme()
        wanted = _SCHEMES[self._mode]
        if wanted == Qt.ColorScheme.Unknown:
            wanted = scheme
        dark = wanted == Qt.ColorScheme.Dark
        palette = QPalette()
        if scheme == Qt.ColorScheme.Unknown or is_dark(palette) != dark:
            palette = dark_palette() if dark else light_palette()
        role = QPalette.ColorRole  # platforms write hints too faintly for what has to be read
        hint = quiet(palette.color(role.Window), palette.color(role.WindowText))
        palette.setColor(role.PlaceholderText, hint)
        self._application.setPalette(palette)


def light_palette() -> QPalette:
    return _palette(window="#f5f5f7", base="#ffffff", text="#1c1c21", accent="#2563eb")


def dark_palette() -> QPalette:
    return _palette(window="#202124", base="#17181a", text="#ececf0", accent="#79a8ff")


def _palette(*, window: str, base: str, text: str, accent: str) -> QPalette:
    """Make a whole palette of four colours, the disabled group included."""
    back, paper, front, strong = QColor(window), QColor(base), QColor(text), QColor(accent)
    on_accent = QColor("#ffffff") if strong.lightness() < 150 else QColor("#101114")
    role = QPalette.ColorRole
    colours = {
        role.Window: back,
        role.WindowText: front,
        role.Base: paper,
        role.AlternateBase: mix(paper, front, 0.04),
        role.Text: front,
        role.Button: mix(back, front, 0.03),
        role.ButtonText: front,
        role.BrightText: QColor("#ffffff"),
        role.ToolTipBase: mix(paper, front, 0.06),
        role.ToolTipText: front,
        role.Light: mix(back, QColor("#ffffff"), 0.5 if back.lightness() > 128 else 0.09),
        role.Midlight: mix(back, front, 0.05),
        role.Mid: mix(back, front, 0.22),
        role.Dark: mix(back, QColor("#000000"), 0.25),
        role.Shadow: QColor("#000000"),
        role.Highlight: strong,
        role.HighlightedText: on_accent,
        role.Accent: strong,
        role.Link: strong,
        role.LinkVisited: strong,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, mix(back, front, 0.38))
    return palette
