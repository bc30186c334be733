"""签发流程: the chain of the own body's texts, step by step, with A角 and B角; one button gives the district's back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.chain_views import ChainLine, ChainView, chain_view, choose_chain
from ui import theme
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.widgets.parts import button, called, label


class ChainDialog(QDialog):
    """As many lines as a chain may have steps; an empty line is none."""

    def __init__(self, context: Context, view: ChainView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("chainDialog")
        self.setWindowTitle(self.tr("签发流程"))
        self._context, self._view = context, view
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("{body}的签发流程").format(body=view.body_name), "title", wrap=True))
        said = self.tr("本单位自定的流程。") if view.own else self.tr("现在用全区的流程；在这里可以改成本单位的。")
        page.addWidget(label(said, "quiet", wrap=True))
        words = self.tr("从上到下依次办理，最后一步是签发。不指定人的，由有权的人办；会签写明由哪个单位。")
        page.addWidget(label(words, "quiet", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        heads = (self.tr("步骤"), self.tr("A角"), self.tr("B角"), self.tr("会签单位"))
        for column, head in enumerate(heads, 1):
            grid.addWidget(label(head, "small"), 0, column)
            grid.setColumnStretch(column, 1)
        self.rows: list[tuple[QComboBox, QComboBox, QComboBox, QComboBox]] = []
        for at in range(view.longest):
            grid.addWidget(label(str(at + 1), "small"), at + 1, 0)
            row = tuple(
                self._box(f"{name}{at + 1}", self.tr("第{n}步：{what}").format(n=at + 1, what=head), choices)
                for name, head, choices in zip(
                    ("step", "first", "deputy", "cosigner"), heads, (view.codes, view.people, view.people, view.bodies),
                    strict=True,
                )
            )  # fmt: skip
            self.rows.append((row[0], row[1], row[2], row[3]))
            for column, box in enumerate(row, 1):
                grid.addWidget(box, at + 1, column)
            row[0].currentIndexChanged.connect(lambda _i, at=at: self._fit(at))
        page.addLayout(grid)
        self.reason = QLineEdit()
        self.reason.setObjectName("chainReason")
        self.reason.setMinimumHeight(theme.TARGET)
        self.reason.setAccessibleName(self.tr("理由"))
        self.reason.setPlaceholderText(self.tr("理由：依据什么文件或谁的决定"))
        page.addWidget(self.reason)
        self.wrong = label("" if view.may_change else self.tr("只有管理员可以改签发流程。"), "wrong", wrap=True)
        page.addWidget(self.wrong)
        ends = QHBoxLayout()
        self.district = button(self.tr("改回全区的流程(&R)"), lambda: self._save([]), name="chainDistrict")
        self.district.setEnabled(view.may_change and view.own)
        ends.addWidget(self.district)
        ends.addStretch(1)
        ends.addWidget(button(self.tr("取消"), self.reject, name="chainCancel"))
        self.ok = button(self.tr("保存(&S)"), lambda: self._save(self.lines()), kind="primary", name="chainSave")
        self.ok.setDefault(True)
        self.ok.setEnabled(view.may_change)
        ends.addWidget(self.ok)
        page.addLayout(ends)
        self.resize(880, 420)
        for at, line in enumerate(view.lines[: view.longest]):
            for box, value in zip(self.rows[at], (line.code, line.first, line.deputy, line.body), strict=True):
                box.setCurrentIndex(max(0, box.findData(value)))
        for at in range(view.longest):
            self._fit(at)

    def lines(self) -> list[ChainLine]:
        """Return the steps as they are chosen."""
        return [
            ChainLine(code=str(step.currentData()), first=str(first.currentData() or ""),
                      deputy=str(deputy.currentData() or ""), body=str(body.currentData() or ""))
            for step, first, deputy, body in self.rows
            if step.currentData()
        ]  # fmt: skip

    def _box(self, name: str, words: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setMinimumHeight(theme.TARGET)
        called(box, words)
        box.addItem("—", "")
        for value, said in choices:
            box.addItem(said, value)
        box.setEnabled(self._view.may_change)
        return box

    def _fit(self, at: int) -> None:
        """A step of another body has no person of this one."""
        step, first, deputy, body = self.rows[at]
        code = step.currentData()
        for box in (first, deputy):
            box.setEnabled(self._view.may_change and bool(code) and code != "cosign")
        body.setEnabled(self._view.may_change and code == "cosign")

    def _save(self, lines: list[ChainLine]) -> None:
        desk, reason = self._context.desk, self.reason.text().strip()
        self.ok.setEnabled(False)

        def done(_n: None) -> None:
            self._context.notify(self.tr("签发流程已改，从现在起照此办理。"))
            self.accept()

        def refused(error: BaseException) -> None:
            self.ok.setEnabled(True)
            words, _field = refusal_line(error, self._context.lang)
            if words:
                self.wrong.setText(words)
            else:
                self._context.show_error(error, self)

        self._context.bridge.run(lambda: choose_chain(desk, lines, reason), done, refused, self)


def show_chain(context: Context, parent: QWidget) -> None:
    """Read the chain of the own body and show it."""
    desk = context.desk
    context.bridge.read(
        lambda: chain_view(desk), lambda view: ChainDialog(context, view, parent).open(), owner=parent, key="chain"
    )
