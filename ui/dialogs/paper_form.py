"""填写: the places of a paper that people fill, each in the form of what it holds: dates, amounts, choices, lists, text."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QDate, QDateTime
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from liaison_app.desk.paper_views import BlankView
from ui import theme
from ui.context import Context
from ui.widgets.parts import button, label

NEVER = QDate(2000, 1, 1)
"""The day that stands for none."""
DAY, MINUTE = "yyyy-MM-dd", "yyyy-MM-ddTHH:mm"


class PaperFormDialog(QDialog):
    """A field a place; what is left empty stays a place for the pen."""

    def __init__(
        self, context: Context, kind: str, ref: str, blanks: Sequence[BlankView], done: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._kind, self._ref, self._done = context, kind, ref, done
        self.setObjectName("paperForm")
        self.setWindowTitle(self.tr("填写文书"))
        self.resize(560, min(640, 150 + 52 * len(blanks)))
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.addWidget(label(self.tr("没有填的，纸上留空，用笔填写。"), "quiet", wrap=True))
        area = QScrollArea()
        area.setWidgetResizable(True)
        inside = QWidget()
        form = QFormLayout(inside)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.fields: dict[str, QWidget] = {}
        self._read: dict[str, Callable[[], str]] = {}
        for blank in blanks:
            field, said = _field(blank)
            field.setObjectName(f"blank_{blank.name}")
            field.setAccessibleName(blank.label)
            field.setMinimumHeight(theme.TARGET)
            form.addRow(blank.label, field)
            self.fields[blank.name], self._read[blank.name] = field, said
        area.setWidget(inside)
        page.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject))
        row.addWidget(button(self.tr("填好"), self.submit, kind="primary", name="keepPaperForm"))
        page.addLayout(row)

    def values(self) -> dict[str, str]:
        """Return what was filled in: days and moments as ISO, '' where nothing was."""
        return {name: said() for name, said in self._read.items()}

    def submit(self) -> None:
        """填好: keep the words with the paper."""
        desk, kind, ref, values = self._context.desk, self._kind, self._ref, self.values()
        self._context.bridge.run(
            lambda: desk.fill_paper(kind, ref, values), self._kept, partial(self._refused), owner=self
        )

    def _kept(self, _outcome: object) -> None:
        self._done()
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self._context.show_error(error, self)


def _field(blank: BlankView) -> tuple[QWidget, Callable[[], str]]:
    """Return the field for a place, and what reads it."""
    match blank.type:
        case "date":
            day = QDateEdit()
            day.setDisplayFormat(DAY)
            _dated(day)
            day.setDate(QDate.fromString(blank.value, DAY) if blank.value else NEVER)
            return day, lambda: "" if day.date() == NEVER else day.date().toString(DAY)
        case "moment":
            at = QDateTimeEdit()
            at.setDisplayFormat("yyyy-MM-dd HH:mm")
            _dated(at)
            none = QDateTime(NEVER, at.minimumTime())
            at.setDateTime(QDateTime.fromString(blank.value[:16], MINUTE) if blank.value else none)
            return at, lambda: "" if at.date() == NEVER else at.dateTime().toString(MINUTE)
        case "int":
            count = QSpinBox()
            count.setRange(0, 1_000_000)
            count.setSpecialValueText(" ")
            count.setValue(int(blank.value or 0))
            return count, lambda: str(count.value() or "")
        case "money":
            amount = QDoubleSpinBox()
            amount.setRange(0, 1e9)
            amount.setDecimals(2)
            amount.setSuffix(" 元")
            amount.setSpecialValueText(" ")
            amount.setValue(float(blank.value or 0))
            return amount, lambda: f"{amount.value():.2f}" if amount.value() else ""
        case "choice":
            box = QComboBox()
            box.addItems(["", *blank.choices])
            box.setCurrentText(blank.value)
            return box, box.currentText
        case "text" | "list":
            text = QPlainTextEdit(blank.value)
            text.setMinimumHeight(90)
            text.setTabChangesFocus(True)
            return text, lambda: text.toPlainText().strip()
    line = QLineEdit(blank.value)
    return line, lambda: line.text().strip()


def _dated(field: QDateTimeEdit) -> None:
    field.setCalendarPopup(True)
    field.setMinimumDate(NEVER)
    field.setSpecialValueText(" ")
