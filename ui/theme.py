"""How the window looks: one palette in light and dark, one style sheet, the bundled Chinese font, one zoom for all of it."""

import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import as_file, files
from string import Template

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

FAMILY = "Workbench Sans SC"
#: 8 px grid
GRID = 8
#: height of the words in pixels at 100 %
_BODY = 13
#: what of the style sheet grows with the words; margins and borders stay
_GROWS = re.compile(r"(font-size|min-height|(?<=[{ ])width|(?<=[{ ])height): (1[1-9]|20)px")


@dataclass(frozen=True, slots=True)
class Colours:
    """The roles that widgets, lights and charts paint with."""

    ground: str
    card: str
    side: str
    line: str
    ink: str
    second: str
    accent: str
    on_accent: str
    soft: str
    hover: str
    red: str
    orange: str
    yellow: str
    deep: str
    pale: str
    title_row: str
    header_row: str
    total_row: str
    bad_cell: str
    odd_cell: str


THEMES = {
    "light": Colours(
        "#F7F7F4", "#FFFFFF", "#FCFCFA", "#E3E3DD", "#1F2328", "#5F6972", "#1F4E79", "#FFFFFF", "#E6EDF5", "#F1F1EC",
        "#C0392B", "#D9822B", "#C9A400", "#557A9E", "#A9BACB", "#F1F1EC", "#DCE6F1", "#F3EFDC", "#F8E1DD", "#FBEBD6",
    ),
    "dark": Colours(
        "#1A1C1E", "#222528", "#1E2022", "#363A3F", "#E8E8E4", "#A0A9B1", "#8DBBE6", "#10202F", "#2A3B4C", "#2B2F33",
        "#E5705F", "#E89C52", "#DDBF3C", "#6E9AC4", "#41566B", "#1C1E20", "#2A3B4C", "#38352A", "#4A2B28", "#463624",
    ),
}  # fmt: skip

_SHEET = Template("""
* { font-family: "$family"; font-size: 13px; }
QMainWindow, QDialog, QWidget[role="ground"] { background: $ground; }
QWidget { color: $ink; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: 4px; }
QLabel[role="title"] { font-size: 18px; font-weight: 600; }
QLabel[role="hint"], QLabel[role="second"] { color: $second; }
QLabel[role="heading"] { font-size: 14px; font-weight: 600; }
Figure { border: 1px solid transparent; }
Figure:focus { border: 1px solid $accent; border-radius: 3px; }
QLabel[role="figure"]:hover { color: $accent; text-decoration: underline; }
QLabel[role="red"] { color: $red; }
QLabel[role="alarm_heading"] { font-size: 14px; font-weight: 600; color: $red; }
QLabel[role="todo"] { color: $accent; }
QLabel[role="book"] { font-weight: 600; font-size: 14px; }
QLabel[role="banner"] { background: $soft; border: 1px solid $line; border-radius: 4px; padding: 8px; }
QLabel[role="alarm"] { background: $card; border: 1px solid $red; border-radius: 4px; padding: 8px; color: $red; }
QLabel[role="chip"] { border: 1px solid $line; border-radius: 8px; padding: 1px 8px; color: $second; background: $ground; }
QLabel[role="alarm_chip"] { border: 1px solid $red; border-radius: 8px; padding: 1px 8px; color: $red; background: $card; }
QLabel[role="chip"]:hover, QLabel[role="chip"]:focus { border-color: $accent; color: $accent; }
QLabel[role="alarm_chip"]:hover, QLabel[role="alarm_chip"]:focus { border-color: $ink; }
QLabel[role="big"] { font-size: 15px; font-weight: 600; color: $accent; }
QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: 4px; }
QFrame[role="light"] { background: $card; border: 1px solid $line; border-radius: 4px; }
QFrame[role="light"]:focus { border: 1px solid $accent; background: $soft; }
QFrame[role="side"] { background: $side; border: none; border-right: 1px solid $line; }
QFrame[role="top"] { background: $card; border: none; border-bottom: 1px solid $line; }
QFrame[role="drop"] { background: $card; border: 2px dashed $line; border-radius: 6px; }
QFrame[role="drop"][over="true"] { border-color: $accent; background: $soft; }
QFrame[role="notice"] { background: $ink; border-radius: 4px; }
QFrame[role="notice"] QLabel { color: $ground; background: transparent; }
QFrame[role="notice"] QPushButton { color: $ground; background: transparent; border: 1px solid $second; }
QPushButton { background: $card; border: 1px solid $line; border-radius: 4px; padding: 4px 12px; min-height: 20px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $second; background: $ground; }
QPushButton:checked { background: $soft; border-color: $accent; color: $accent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; padding: 3px 11px; }
QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $second; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 2px 4px;
    text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="act"] { padding: 1px 8px; min-height: 18px; }
QPushButton[role="act"]:focus { background: $soft; color: $accent; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent; text-align: left; padding: 1px 8px;
    border-radius: 4px; min-height: 14px; }
QPushButton[role="nav"]:hover { background: $hover; }
QPushButton[role="nav"]:checked { background: $soft; color: $accent; font-weight: 600; }
QPushButton[role="nav"]:focus { border: 1px solid $accent; }
QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit { background: $card; border: 1px solid $line;
    border-radius: 4px; padding: 3px 8px; min-height: 20px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QPlainTextEdit:focus { border: 1px solid $accent; }
QLineEdit[role="search"] { background: $ground; }
QLineEdit[role="missing"] { border: 1px solid $red; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $second; border-radius: 7px; background: $card; }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
    fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.55 $accent, stop: 0.6 $card); }
QRadioButton:focus { color: $accent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $second; border-radius: 3px; background: $card; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($icons/check-$name.svg); }
QCheckBox:focus { color: $accent; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 22px; }
QComboBox::down-arrow, QDateEdit::down-arrow, QSpinBox::down-arrow { image: url($icons/down-$name.svg); width: 11px;
    height: 11px; }
QSpinBox::up-arrow { image: url($icons/up-$name.svg); width: 11px; height: 11px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: 22px; background: transparent; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $line; selection-background-color: $soft;
    selection-color: $ink; }
QTableView, QListWidget { background: $card; border: 1px solid $line; border-radius: 4px; gridline-color: $line;
    alternate-background-color: $card; selection-background-color: $soft; selection-color: $ink; outline: none; }
QTableView[role="bare"], QListWidget[role="bare"] { border: none; }
QTableView::item { border: none; border-bottom: 1px solid $line; padding: 0 8px; }
QTableView::item:selected { background: $soft; }
QTableView:focus, QListWidget:focus { border: 1px solid $accent; }
QTableView[role="bare"]:focus, QListWidget[role="bare"]:focus { border: none; }
QTableView::item:focus { border: 1px solid $accent; padding: 0 7px; }
QTableView[role="grid"]::item { border: none; padding: 0 6px; }
QTableView[role="grid"]::item:selected { border: 2px solid $accent; padding: 0 4px; }
QTableView[role="grid"] QHeaderView::section { border-right: 1px solid $line; padding: 2px 6px; background: $ground; }
QTableView[role="grid"] QTableCornerButton::section { background: $ground; border: none; border-bottom: 1px solid $line; }
QListWidget::item { padding: 5px 8px; border-bottom: 1px solid $line; }
QListWidget::item:selected { background: $soft; color: $ink; }
QHeaderView { background: $card; }
QHeaderView::section { background: $card; color: $second; border: none; border-bottom: 1px solid $line;
    padding: 4px 11px; }
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; padding: 5px 12px; border: none; border-bottom: 2px solid transparent;
    color: $second; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; border-bottom: 2px solid $ink; }
QProgressBar { background: $card; border: 1px solid $line; border-radius: 4px; text-align: center; min-height: 16px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="flow"] { background: transparent; }
QSplitter::handle { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $second; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
    width: 0; height: 0; }
""")


def load_fonts() -> None:
    """Register the bundled Chinese font with Qt, so that every machine shows the same glyphs."""
    if QFontDatabase.hasFamily(FAMILY):
        return
    for weight in ("Regular", "Bold"):
        with as_file(files("resources") / "fonts" / f"WorkbenchSansSC-{weight}.otf") as path:
            QFontDatabase.addApplicationFont(str(path))


def zoom() -> int:
    """How large words are, in percent."""
    app = QApplication.instance()
    return int((app.property("zoom") if app else None) or 100)


def px(pixels: float) -> int:
    """What is as large as `pixels` at 100 %, as the window is zoomed now."""
    return round(pixels * zoom() / 100)


def apply(app: QApplication, name: str, percent: int = 100) -> None:
    """Take a theme, 'light' or 'dark' (anything else counts as light), with words of this size, for what is made from now on.

    The style sheet is not the application's: Qt would match it anew against every widget each time one is moved into
    another, which makes a page three to six times as slow to build. Each window wears it: `dress`.
    """
    if app.property("theme") is None:  # the first time; the style is the same in every theme
        app.setStyle("Fusion")
    worn = app.property("theme")
    app.setProperty("theme", name if name in THEMES else "light")
    if app.property("theme") != worn:
        app.setPalette(_palette(colours()))
    set_zoom(app, percent)


def set_zoom(app: QApplication, percent: int) -> None:
    """Take another size for what is made from now on; what there is keeps its own until it is dressed."""
    app.setProperty("zoom", percent)
    font = QFont(FAMILY)
    font.setPixelSize(px(_BODY))
    app.setFont(font)


def dress(widget: QWidget) -> None:
    """Give a widget, with all that stands in it, the style of the theme with words as large as the zoom asks.

    A window is dressed before anything stands in it. What stands in something dressed the same is left alone.
    """
    wanted = f"{_theme()} {zoom()}"
    wearer: QWidget | None = widget
    while wearer is not None and wearer.property("dressed") is None:
        wearer = wearer.parentWidget()
    if wearer is None or wearer.property("dressed") != wanted:
        widget.setProperty("dressed", wanted)
        widget.setStyleSheet(_sheet_of(_theme(), zoom()))


def _theme() -> str:
    app = QApplication.instance()
    name = app.property("theme") if app else None
    return name if name in THEMES else "light"


@cache
def _sheet_of(name: str, percent: int) -> str:
    with as_file(files("resources") / "icons") as icons:
        words = _SHEET.substitute(asdict(THEMES[name]), family=FAMILY, icons=icons.as_posix(), name=name)
    return _GROWS.sub(lambda size: f"{size[1]}: {round(int(size[2]) * percent / 100)}px", words)


def colours() -> Colours:
    """The colours of the theme in force."""
    return THEMES[_theme()]


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.ground,
        QPalette.ColorRole.WindowText: c.ink,
        QPalette.ColorRole.Base: c.card,
        QPalette.ColorRole.AlternateBase: c.ground,
        QPalette.ColorRole.Text: c.ink,
        QPalette.ColorRole.Button: c.card,
        QPalette.ColorRole.ButtonText: c.ink,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.PlaceholderText: c.second,
        QPalette.ColorRole.ToolTipBase: c.card,
        QPalette.ColorRole.ToolTipText: c.ink,
        QPalette.ColorRole.Link: c.accent,
        QPalette.ColorRole.Accent: c.accent,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.second))
    return palette


def light_icon(light: str | None) -> QIcon:
    """The shape of a light, 14 px: red a square, orange a disc, yellow a triangle; None is empty."""
    size, scale = 14, 3
    pixmap = QPixmap(size * scale, size * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    c = colours()
    colour = {"red": c.red, "orange": c.orange, "yellow": c.yellow}.get(light or "", c.second)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    if light == "red":
        painter.drawRoundedRect(QRectF(2, 2, 10, 10), 1.5, 1.5)
    elif light == "orange":
        painter.drawEllipse(QRectF(1.5, 1.5, 11, 11))
    elif light == "yellow":
        painter.drawPolygon(QPolygonF([QPointF(7, 1.5), QPointF(13, 12.5), QPointF(1, 12.5)]))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
