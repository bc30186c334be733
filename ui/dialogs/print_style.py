"""打印设置 of one kind of paper: stock, offset for 红头纸, parts of a slip, copies, both sides; remembered for each kind."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from liaison_app.domain.papers import PrintStyle
from ui import theme
from ui.context import Context
from ui.widgets.parts import button, called, label

KEY = "print.kinds"
"""The setting that holds the print settings of every kind."""
STEP = 0.5
"""Millimetres by which the offset is changed (OFFICE B13)."""
AREA = QRectF(28, 37, 156, 225)
"""The type area of the standard on A4, in millimetres."""


def remembered(context: Context, kind: str) -> dict[str, Any]:
    """Return what was chosen for a kind of paper: stock, dx, dy, parts, copies, duplex."""
    usual = {"stock": "plain", "dx": 0.0, "dy": 0.0, "parts": "sheet", "copies": 1, "duplex": False}
    return usual | dict(context.settings.get(KEY).get(kind, {}))


def remember(context: Context, kind: str, **changes: Any) -> None:
    """Keep what was chosen for a kind of paper."""
    every = dict(context.settings.get(KEY))
    every[kind] = remembered(context, kind) | changes
    context.settings.put(KEY, every)


def style_of(context: Context, kind: str, copy_for: str = "") -> PrintStyle | None:
    """Return how a kind is drawn; None for the plain way."""
    said = remembered(context, kind)
    style = PrintStyle(
        stock=said["stock"], dx=float(said["dx"]), dy=float(said["dy"]), parts=said["parts"], copy_for=copy_for
    )
    return None if style == PrintStyle() else style


def paint_test(printer: QPrinter, dx: float, dy: float) -> bool:
    """Paint 测试页: the corners of the type area and a scale, moved as a paper would be; False without a printer."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    per = printer.resolution() / 25.4
    painter.setPen(QPen(painter.pen().color(), 0.2 * per))
    painter.translate(dx * per, -dy * per)
    area = QRectF(AREA.x() * per, AREA.y() * per, AREA.width() * per, AREA.height() * per)
    for corner in (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight()):
        painter.drawLine(QLineF(corner - QPointF(8 * per, 0), corner + QPointF(8 * per, 0)))
        painter.drawLine(QLineF(corner - QPointF(0, 8 * per), corner + QPointF(0, 8 * per)))
    for n in range(101):
        long = 5 if n % 10 == 0 else 2
        across, down = area.left() + n * per, area.top() + n * per
        painter.drawLine(QLineF(across, area.top(), across, area.top() + long * per))
        painter.drawLine(QLineF(area.left(), down, area.left() + long * per, down))
    painter.end()
    return True


class PrintStyleDialog(QDialog):
    """Asks how a kind of paper is printed; ``done`` hears of it when something was kept."""

    def __init__(
        self, context: Context, kind: str, name: str, done: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._kind, self._done = context, kind, done
        self._printer: QPrinter | None = None
        self.setObjectName("printStyle")
        self.setWindowTitle(self.tr("打印设置：{0}").format(name))
        said = remembered(context, kind)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.addWidget(label(self.tr("只对“{0}”有效，以后都这样打印。").format(name), "quiet", wrap=True))
        form = QFormLayout()
        self.stock = self._choice(
            (
                ("plain", self.tr("白纸，全部印出")), ("preprinted", self.tr("红头纸套打：红色部分不印")),
                ("fax", self.tr("传真版：全黑，二维码加大")),
            ),
            said["stock"], "printStock",
        )  # fmt: skip
        called(self.stock, self.tr("用纸"))
        form.addRow(self.tr("用纸"), self.stock)
        self.dx, self.dy = (self._offset(said[name], f"print_{name}") for name in ("dx", "dy"))
        form.addRow(self.tr("向右移（毫米）"), self.dx)
        form.addRow(self.tr("向上移（毫米）"), self.dy)
        self.parts = self._choice(
            (
                ("sheet", self.tr("三联印在一张A4纸上")), ("pages", self.tr("三联各印一张")),
                ("ply", self.tr("241毫米三联压感纸")),
            ),
            said["parts"], "printParts",
        )  # fmt: skip
        if kind == "slip":
            called(self.parts, self.tr("三联"))
            form.addRow(self.tr("三联"), self.parts)
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self.copies.setValue(int(said["copies"]))
        self.copies.setMinimumHeight(theme.TARGET)
        self.copies.setObjectName("printCopies")
        form.addRow(self.tr("份数"), self.copies)
        self.duplex = QCheckBox(self.tr("双面打印"))
        self.duplex.setChecked(bool(said["duplex"]))
        self.duplex.setMinimumHeight(theme.TARGET)
        form.addRow("", self.duplex)
        page.addLayout(form)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("打印测试页(&T)…"), self._ask_test, name="printTest"))
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject))
        row.addWidget(button(self.tr("记住"), self.keep, kind="primary", name="keepStyle"))
        page.addLayout(row)
        self.stock.currentIndexChanged.connect(self._stock_changed)
        self._stock_changed()

    def _choice(self, choices: tuple[tuple[str, str], ...], said: str, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setMinimumHeight(theme.TARGET)
        for code, words in choices:
            box.addItem(words, code)
        box.setCurrentIndex(max(0, box.findData(said)))
        return box

    def _offset(self, said: float, name: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setObjectName(name)
        box.setRange(-20, 20)
        box.setSingleStep(STEP)
        box.setDecimals(1)
        box.setValue(float(said))
        box.setMinimumHeight(theme.TARGET)
        return box

    def _stock_changed(self) -> None:
        moved = self.stock.currentData() != "fax"
        self.dx.setEnabled(moved)
        self.dy.setEnabled(moved)

    def _ask_test(self) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self)
        dialog.accepted.connect(lambda: self.print_test(self._printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_test(self, printer: QPrinter | None) -> None:
        """打印测试页: laid over a sheet of 红头纸 it shows how far the offset must be changed."""
        if printer is not None and not paint_test(printer, self.dx.value(), self.dy.value()):
            self._context.show_error(OSError(), self)

    def keep(self) -> None:
        """记住: from now on this kind is printed so."""
        moved = self.stock.currentData() != "fax"
        remember(
            self._context, self._kind, stock=self.stock.currentData(), dx=self.dx.value() if moved else 0.0,
            dy=self.dy.value() if moved else 0.0, parts=self.parts.currentData(), copies=self.copies.value(),
            duplex=self.duplex.isChecked(),
        )  # fmt: skip
        self._done()
        self.accept()
