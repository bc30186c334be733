"""Colours, type and icons of the window: a light and a dark palette of our own, set for the whole application.

Contrast of text on its ground is at least 4.5:1 in both (``PAIRS``, tested); nothing is said by colour alone (a chip always
has words, an urgent row also an icon). Colours are read when something is painted or built: ask ``theme.INK`` then, never keep it.
"""

from functools import lru_cache
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

NORMAL_PT = 10.5
LARGE_PT = 16.0
TARGET = 32
"""Least side of anything that is clicked, in pixels (OFFICE C12)."""

GROUND = "#f3f4f1"
SURFACE = "#ffffff"
RAISED = "#fafbf9"
LINE = "#d9ddd6"
EDGE = "#7f8a92"
INK = "#1b2630"
QUIET = "#52606c"
HINT = "#6b7680"
FADED = "#7f8a92"
ACCENT = "#17507a"
ACCENT_DEEP = "#103a5a"
ACCENT_SOFT = "#e4eef6"
OFF = "#6f8798"
GRIP = "#b9c1c6"
RAIL = "#16344c"
RAIL_TEXT = "#e8eff5"
RAIL_QUIET = "#a9c0d2"
RAIL_ON = "#265577"
RAIL_OVER = "#1d425f"
RAIL_CHOSEN = "#ffffff"
RAIL_FOCUS = "#f0b95c"
COUNT = "#0f2639"
COUNT_ALARM = "#b93a2a"
CALL = "#d9a441"
CALL_OVER = "#e6b75c"
CALL_INK = "#1d1608"
RED = "#a8231b"
RED_SOFT = "#fbe7e4"
AMBER = "#7d4b00"
AMBER_SOFT = "#fcf0d8"
GREEN = "#1c6340"
GREEN_SOFT = "#e2f1e8"
FOCUS = "#b8730a"

LIGHT = {key: value for key, value in globals().items() if isinstance(value, str) and value.startswith("#")}
DARK = LIGHT | {
    "GROUND": "#14191d", "SURFACE": "#1c2329", "RAISED": "#222a31", "LINE": "#36414a", "EDGE": "#76848f",
    "INK": "#e6ebef", "QUIET": "#a9b6c1", "HINT": "#94a1ac", "FADED": "#76848f", "ACCENT": "#7fb9e6", "ACCENT_DEEP": "#b5d8f3",
    "ACCENT_SOFT": "#24384a", "OFF": "#5d7180", "GRIP": "#4b5863", "RAIL": "#0d1a26", "RAIL_ON": "#21496a", "RAIL_OVER": "#173247",
    "COUNT": "#1d3a52", "RED": "#ff9c92", "RED_SOFT": "#46211f", "AMBER": "#f0c074", "AMBER_SOFT": "#40301a",
    "GREEN": "#86d3a6", "GREEN_SOFT": "#1b3a2a", "FOCUS": "#e3a549",
}  # fmt: skip

PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("INK", "QUIET", "ACCENT", "ACCENT_DEEP", "RED") for ground in ("SURFACE", "RAISED", "GROUND")),
    *(("INK", soft) for soft in ("ACCENT_SOFT", "RED_SOFT", "AMBER_SOFT", "GREEN_SOFT")),
    ("HINT", "SURFACE"), ("QUIET", "ACCENT_SOFT"), ("QUIET", "RED_SOFT"), ("ACCENT_DEEP", "RED_SOFT"), ("ACCENT", "ACCENT_SOFT"), ("ACCENT_DEEP", "ACCENT_SOFT"), ("RED", "RED_SOFT"),
    ("AMBER", "AMBER_SOFT"), ("GREEN", "GREEN_SOFT"), ("AMBER", "SURFACE"), ("GREEN", "SURFACE"), ("SURFACE", "INK"), ("SURFACE", "RED"),
    ("SURFACE", "ACCENT"), ("SURFACE", "ACCENT_DEEP"), ("RAIL_TEXT", "RAIL"), ("RAIL_TEXT", "RAIL_OVER"), ("RAIL_TEXT", "RAIL_ON"),
    ("RAIL_QUIET", "RAIL"), ("RAIL_CHOSEN", "RAIL_ON"), ("RAIL_TEXT", "COUNT"), ("RAIL_CHOSEN", "COUNT_ALARM"),
    ("CALL_INK", "CALL"), ("CALL_INK", "CALL_OVER"),
)  # fmt: skip
"""Every ink that stands on a ground somewhere in the window; a test reads the style sheet and the painters for further ones."""
MARKS: tuple[tuple[str, str], ...] = (
    ("EDGE", "SURFACE"), ("EDGE", "GROUND"), ("FOCUS", "SURFACE"), ("FOCUS", "GROUND"), ("RAIL_FOCUS", "RAIL"), ("RAIL_FOCUS", "RAIL_ON"),
)  # fmt: skip
"""Edges of fields and marks of focus on their ground: 3:1."""

_LEVELS = {
    "late": ("RED", "overdue"), "passed": ("AMBER", "overdue"), "missed": ("RED", "overdue"), "today": ("AMBER", "soon"),
    "warn": ("AMBER", "soon"), "met": ("GREEN", "ok"),
}  # fmt: skip
"""Ink and icon of a clock's level."""

SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "Noto Sans SC",
)


def level_look(level: str) -> tuple[str, str, str]:
    """Return (ink, ground, icon name) for a clock's level; an unknown level is shown calmly."""
    ink, sign = _LEVELS.get(level, ("", "clock"))
    return (colour(ink), colour(f"{ink}_SOFT"), sign) if ink else (QUIET, GROUND, sign)


def colour(name: str) -> str:
    """Return a colour of the palette in use by its name."""
    return str(globals()[name])


def use(*, dark: bool) -> None:
    """Take the dark or the light palette; what is painted or built from now on has its colours."""
    globals().update(DARK if dark else LIGHT)


def is_dark() -> bool:
    """Return whether the dark palette is in use."""
    return DARK["GROUND"] == GROUND


def icon(name: str, ink: str = "") -> QIcon:
    """Return a drawn icon of ``resources/icons`` in one colour (that of text unless said), sharp at 1x to 3x."""
    return _icon(
        name, ink or INK, SURFACE if ink == SURFACE else FADED
    )  # white words stay white where they cannot be pressed


@lru_cache(maxsize=512)
def _icon(name: str, ink: str, faded: str) -> QIcon:
    found = QIcon()
    source = (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    sides = (16, 20, 24, 32, 48, 64)
    for mode, tint, drawn in ((QIcon.Mode.Normal, ink, sides), (QIcon.Mode.Disabled, faded, sides[2:5:2])):
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", tint).encode()))
        for side in drawn:
            pixmap = QPixmap(QSize(side, side))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
            found.addPixmap(pixmap, mode)
    return found


def load_fonts() -> str:
    """Return the family for text: a known Chinese screen font of the system, else the one that comes with us."""
    installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    for family in SYSTEM_FAMILIES:
        if family in installed:
            return family
    source = resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"
    with resources.as_file(source) as path:
        number = QFontDatabase.addApplicationFont(str(Path(path)))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else QApplication.font().family()


def faint(ink: str) -> str:
    """Return a colour for the thin edge of a chip, as a style sheet reads it."""
    edge = QColor(ink)
    return f"rgba({edge.red()}, {edge.green()}, {edge.blue()}, 70)"


def palette() -> QPalette:
    """Return the palette in use as Qt asks for it."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, said in (
        (role.Window, GROUND),
        (role.Base, SURFACE),
        (role.AlternateBase, RAISED),
        (role.Button, SURFACE),
        (role.WindowText, INK),
        (role.Text, INK),
        (role.ButtonText, INK),
        (role.BrightText, SURFACE),
        (role.ToolTipBase, INK),
        (role.ToolTipText, SURFACE),
        (role.PlaceholderText, HINT),
        (role.Highlight, ACCENT),
        (role.HighlightedText, SURFACE),
        (role.Link, ACCENT),
        (role.LinkVisited, ACCENT),
        (role.Light, SURFACE),
        (role.Midlight, RAISED),
        (role.Mid, LINE),
        (role.Dark, EDGE),
        (role.Shadow, QUIET),
    ):
        made.setColor(which, QColor(said))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(FADED))
    return made


def apply(app: QApplication, family: str, *, large: bool, dark: bool = False) -> None:
    """Dress the application: style, palette, font and the few rules of the sheet. ``large`` is 大字 (16 pt)."""
    use(dark=dark)
    size = LARGE_PT if large else NORMAL_PT
    font = QFont(family)
    font.setPointSizeF(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    wanted = sheet(size)
    if app.styleSheet() == wanted and app.font() == font:
        return  # 换人 between two who like the same look: dressing every widget anew costs half a second
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(font)
    app.setStyleSheet(wanted)


def spread(window: QWidget, width: int, height: int) -> None:
    """Size a window that was thought for the normal type; in 大字 it grows with the type, as far as the screen goes."""
    large, room = QApplication.font().pointSizeF() / NORMAL_PT, window.screen().availableGeometry()
    window.resize(
        max(width, min(round(width * large), room.width() - 40)),
        max(height, min(round(height * large), room.height() - 80)),
    )


def icon_side() -> int:
    """Return the side of an icon beside text of the font in use, in pixels."""
    return max(18, round(QApplication.font().pointSizeF() * 1.6))


def row_height(size: float | None = None) -> int:
    """Return the height of a table row in pixels for the font in use."""
    points = size if size is not None else QApplication.font().pointSizeF()
    return max(TARGET + 8, round(points * 3.7))


def sheet(size: float) -> str:
    """Return the style sheet for a base size in points."""
    names = {key: colour(key) for key in LIGHT}
    names |= {
        "small": f"{size * 0.88:.1f}pt",
        "base": f"{size:.1f}pt",
        "lead": f"{size * 1.14:.1f}pt",
        "title": f"{size * 1.5:.1f}pt",
        "box": str(box := max(18, round(size * 1.6))),
        "round": str(box // 2 + 1),
        "dot": str(box // 3),
        "hole": str(box + 2 - 2 * (box // 3)),  # so that a chosen one is as large as the others
        "target": str(TARGET),
        "arrow": _picture("down"),
        "raise": _picture("up"),
        "tick": _picture("tick"),
    }
    text = _SHEET
    for key in sorted(names, key=len, reverse=True):
        text = text.replace(f"@{key}@", names[key])
    return text


def _picture(name: str) -> str:
    """Return the path of a picture that the style sheet names, in the tint of the palette in use."""
    path: str = (resources.files("resources") / "icons" / f"{name}{'_dark' if is_dark() else ''}.svg").as_posix()  # type: ignore[attr-defined]
    return path


_SHEET = """
QToolTip { color: @SURFACE@; background: @INK@; border: 0; padding: 6px 8px; font-size: @small@; }
QMainWindow, QDialog { background: @GROUND@; }
QMenuBar { background: @SURFACE@; border-bottom: 1px solid @LINE@; padding: 0 6px; }
QMenuBar::item { padding: 8px 12px; background: transparent; min-height: 18px; }
QMenuBar::item:selected { background: @ACCENT_SOFT@; color: @ACCENT_DEEP@; }
QMenu { background: @SURFACE@; border: 1px solid @EDGE@; padding: 4px; }
QMenu::item { padding: 8px 28px 8px 12px; min-height: 18px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @ACCENT_SOFT@; color: @ACCENT_DEEP@; }
QMenu::item:disabled { color: @FADED@; }
QMenu::separator { height: 1px; background: @LINE@; margin: 4px 8px; }

QPushButton, QToolButton { background: @SURFACE@; border: 1px solid @EDGE@; border-radius: 5px; padding: 5px 14px;
  min-height: 22px; color: @INK@; }
QToolButton { padding: 5px 10px; }
QPushButton:hover, QToolButton:hover { background: @ACCENT_SOFT@; border-color: @ACCENT@; }
QPushButton:pressed, QToolButton:pressed { background: @ACCENT_SOFT@; border-color: @ACCENT_DEEP@; }
QPushButton:disabled, QToolButton:disabled { color: @FADED@; border-color: @LINE@; background: @RAISED@; }
QPushButton:focus, QToolButton:focus { border: 2px solid @FOCUS@; padding: 4px 13px; }
QToolButton:focus { padding: 4px 9px; }
QPushButton[kind="primary"], QToolButton[kind="primary"] { background: @ACCENT@; border-color: @ACCENT@;
  color: @SURFACE@; }
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover { background: @ACCENT_DEEP@; }
QPushButton[kind="primary"]:disabled { background: @OFF@; border-color: @OFF@; color: @SURFACE@; }
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus { border-color: @FOCUS@; }
QPushButton[kind="danger"] { color: @RED@; border-color: @RED@; }
QPushButton[kind="danger"]:focus { border-color: @FOCUS@; }
QPushButton[kind="danger"]:disabled { color: @FADED@; border-color: @LINE@; }
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent; border-color: transparent; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { background: @ACCENT_SOFT@; }
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { border: 2px solid @FOCUS@; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @ACCENT@; padding: 5px 6px;
  text-align: left; }
QPushButton[kind="link"]:hover { background: @ACCENT_SOFT@; }
QPushButton[kind="link"]:focus { border: 2px solid @FOCUS@; padding: 4px 5px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateTimeEdit, QDateEdit, QSpinBox, QDoubleSpinBox { background: @SURFACE@;
  border: 1px solid @EDGE@; border-radius: 5px; padding: 5px 8px; min-height: 22px;
  selection-background-color: @ACCENT@; selection-color: @SURFACE@; }
QPlainTextEdit, QTextEdit { min-height: 58px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateTimeEdit:focus,
QDateEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 2px solid @FOCUS@; padding: 4px 7px; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: @RAISED@; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid @RED@; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down { border: 0; width: 26px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 26px; }
QAbstractSpinBox::up-arrow { image: url(@raise@); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url(@arrow@); width: 12px; height: 12px; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow { image: url(@arrow@); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @SURFACE@; border: 1px solid @EDGE@; padding: 4px;
  selection-background-color: @ACCENT_SOFT@; selection-color: @ACCENT_DEEP@; outline: 0; }
QComboBox QAbstractItemView::item { min-height: @target@px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: @target@px; border: 2px solid transparent; border-radius: 5px;
  padding: 0 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: @FOCUS@; }
QCheckBox::indicator, QRadioButton::indicator { width: @box@px; height: @box@px; }
QCheckBox::indicator, QListView::indicator, QTableView::indicator { border: 1px solid @EDGE@; border-radius: 3px;
  background: @SURFACE@; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked { border-color: @ACCENT@;
  background: @ACCENT@; image: url(@tick@); }
QCheckBox::indicator:disabled { border-color: @LINE@; background: @RAISED@; }
QCheckBox::indicator:checked:disabled { background: @OFF@; }
QRadioButton::indicator { border: 1px solid @EDGE@; border-radius: @round@px; background: @SURFACE@; }
QRadioButton::indicator:checked { border: @dot@px solid @ACCENT@; width: @hole@px; height: @hole@px; }
QRadioButton::indicator:disabled { border-color: @LINE@; }
QGroupBox { background: @SURFACE@; border: 1px solid @LINE@; border-radius: 8px; margin-top: 1.3em;
  padding: 10px 12px 12px 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 12px; padding: 0 4px; color: @QUIET@; }

QFrame[card="true"] { background: @SURFACE@; border: 1px solid @LINE@; border-radius: 8px; }
QFrame[line="true"] { background: @LINE@; border: 0; max-height: 1px; min-height: 1px; }
QLabel[role="title"] { font-size: @title@; font-weight: 600; color: @INK@; }
QLabel[role="lead"] { font-size: @lead@; font-weight: 600; color: @INK@; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="quiet"] { color: @QUIET@; }
QLabel[role="small"] { color: @QUIET@; font-size: @small@; }
QLabel[role="caption"] { color: @QUIET@; font-size: @small@; font-weight: 600; }
QLabel[role="wrong"] { color: @RED@; }
QLabel[role="demo"] { color: @RED@; background: @RED_SOFT@; border: 1px solid @RED@; border-radius: 4px;
  padding: 2px 8px; font-weight: 600; }
QLabel[role="notice"] { color: @SURFACE@; background: @INK@; border-radius: 6px; padding: 9px 16px; }
QLabel[role="key"] { color: @QUIET@; background: @GROUND@; border: 1px solid @LINE@; border-radius: 4px;
  padding: 2px 8px; font-size: @small@; }

QTableView, QListView, QTreeView { background: @SURFACE@; border: 1px solid @LINE@; border-radius: 8px; outline: 0;
  padding: 1px; gridline-color: @LINE@; alternate-background-color: @RAISED@; selection-background-color: @ACCENT_SOFT@;
  selection-color: @INK@; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid @FOCUS@; padding: 0; }
QHeaderView { background: @SURFACE@; border: 0; }
QHeaderView::section { background: @SURFACE@; color: @QUIET@; border: 0; border-bottom: 1px solid @LINE@;
  padding: 8px 10px; font-size: @small@; font-weight: 600; min-height: 20px; }
QHeaderView[role="weekdays"]::section { padding: 3px 0px; min-height: 16px; }
QTableCornerButton::section { background: @SURFACE@; border: 0; }
QListView::item { min-height: @target@px; padding: 2px 8px; border-radius: 4px; }
QListView::item:selected { background: @ACCENT_SOFT@; color: @INK@; }

QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 2px; }
QScrollBar::handle { background: @GRIP@; border-radius: 5px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: @EDGE@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QTabWidget::pane { border: 0; }
QTabBar::tab { padding: 7px 16px; min-height: 20px; border: 0; border-bottom: 3px solid transparent; color: @QUIET@; }
QTabBar::tab:selected { color: @ACCENT_DEEP@; border-bottom-color: @ACCENT@; }
QTabBar::tab:selected:focus { border: 2px solid @FOCUS@; border-radius: 4px; padding: 5px 14px 6px 14px; }
QSlider { border: 2px solid transparent; border-radius: 5px; }
QSlider:focus { border-color: @FOCUS@; }
QProgressBar { border: 1px solid @LINE@; border-radius: 5px; background: @SURFACE@; text-align: center;
  min-height: 18px; color: @INK@; }
QProgressBar::chunk { background: @ACCENT_SOFT@; border: 1px solid @ACCENT@; border-radius: 4px; }

QFrame#titleRow { background: @SURFACE@; border: 0; border-bottom: 1px solid @LINE@; }
QFrame#statusRow { background: @SURFACE@; border: 0; border-top: 1px solid @LINE@; }
QFrame#rail { background: @RAIL@; border: 0; }
QFrame#rail QLabel { color: @RAIL_QUIET@; font-size: @small@; }
QFrame#rail QLabel[role="district"] { color: @RAIL_TEXT@; font-size: @lead@; font-weight: 600; }
QListView#lists { background: transparent; border: 0; padding: 0; color: @RAIL_TEXT@; }
QListView#lists:focus { border: 0; }
QPushButton#railRegister { background: @CALL@; border: 0; color: @CALL_INK@; font-weight: 600; padding: 8px 14px;
  text-align: center; }
QPushButton#railRegister:hover { background: @CALL_OVER@; }
QPushButton#railRegister:focus { border: 2px solid @RAIL_CHOSEN@; padding: 6px 12px; }
QPushButton[kind="rail"] { background: transparent; border: 1px solid transparent; border-radius: 6px; text-align: left;
  padding: 4px 8px 4px 12px; color: @RAIL_TEXT@; }
QPushButton[kind="rail"]:hover { background: @RAIL_ON@; }
QPushButton[kind="rail"]:focus { border: 1px solid @RAIL_FOCUS@; }
QToolButton#person { border-color: @LINE@; background: @RAISED@; font-weight: 600; }
QToolButton#person:focus { border-color: @FOCUS@; }
"""
