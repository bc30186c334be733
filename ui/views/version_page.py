"""新版本草稿: rows of the mechanism's tables changed in the program, checked while they are typed, published as a whole."""

import uuid
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSplitter, QTabBar, QVBoxLayout, QWidget

from liaison_app.desk.comparing import EDITED, Rows, cell, composed, draft_view, read_draft, said_of
from liaison_app.desk.describing_views import DraftOfVersion, FindingView
from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.views import DraftView, VersionView
from liaison_app.words.profile_words import FIELDS, KEYS
from ui import theme
from ui.context import Context
from ui.dialogs.paper import PdfDialog
from ui.views.page import Page
from ui.widgets.layouts import Column, Flow
from ui.widgets.parts import button, label
from ui.widgets.row_form import RowForm
from ui.widgets.sheet import Sheet

CHECK_MS = 400
"""Pause in typing (milliseconds) after which the draft is checked."""
KEEP_MS = 1_500
"""What was typed is kept so soon (milliseconds)."""
DRAFT = "profile"


class VersionPage(Page):
    """Tables on the left, the row chosen on the right, what is wrong under them."""

    def __init__(self, context: Context, draft: DraftView | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("versionPage")
        self._draft_id = draft.id if draft else str(uuid.uuid4())
        self._draft = draft
        self._kept = draft is not None
        self._against = self._begun = ""
        self.parts: dict[str, Rows] = {}
        self.view: DraftOfVersion | None = None
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 10)
        page.setSpacing(6)
        page.addLayout(self._head())
        self.bar = QTabBar()
        self.bar.setObjectName("versionParts")
        self.bar.setAccessibleName(self.tr("要改的表"))
        self.bar.setMinimumHeight(theme.TARGET + 4)
        self.bar.setUsesScrollButtons(False)
        for words in (
            self.tr("部门"),
            self.tr("移送决定表"),
            self.tr("时限"),
            self.tr("设置"),
            self.tr("待办"),
            self.tr("文书"),
        ):
            self.bar.addTab(words)
        self.bar.setCurrentIndex(1)
        self.bar.currentChanged.connect(lambda _at: self._fill(0))
        page.addWidget(self.bar)
        self.rest = label(
            self.tr(
                "这些表在这里改。状态、步骤和其他部分随文件改：先“导出为文件”，改好后“从文件导入”，同样要经过检查。"
            ),
            "quiet",
            wrap=True,
        )
        self.rest.setObjectName("versionRest")
        page.addWidget(self.rest)
        page.addWidget(self._middle(), 1)
        self.wrong = label(self.tr("正在读取…"), "quiet", wrap=True, select=True)
        self.wrong.setObjectName("versionWrong")
        page.addWidget(self.wrong)
        page.addLayout(self._foot())
        self._check = self._timer(CHECK_MS, self._look)
        self._keep = self._timer(KEEP_MS, self._save)
        desk, text = context.desk, str(draft.fields.get("text") or "") if draft else ""
        context.bridge.work(lambda: read_draft(desk, text), self._take, owner=self)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("新版本草稿")

    def leave(self) -> None:
        """Keep what was typed."""
        if self._keep.isActive():
            self._save()

    # parts of the page

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        fields = self._draft.fields if self._draft else {}
        self.version = self._line("version", self.tr("版本号"), str(fields.get("version") or ""), row, 1)
        self.day = self._line("valid_from", self.tr("施行日期"), str(fields.get("valid_from") or ""), row, 1)
        self.day.setPlaceholderText("2026-10-01")
        self.reason = self._line("reason", self.tr("理由"), str(fields.get("reason") or ""), row, 3)
        self.reason.setPlaceholderText(self.tr("依据什么文件或谁的决定"))
        return row

    def _line(self, name: str, words: str, value: str, row: QHBoxLayout, share: int) -> QLineEdit:
        made = QLineEdit(value)
        made.setObjectName(f"version_{name}")
        made.setAccessibleName(words)
        made.setMinimumHeight(theme.TARGET)
        made.textEdited.connect(lambda _said: self._touched())
        row.addWidget(label(words))
        row.addWidget(made, share)
        return made

    def _middle(self) -> QSplitter:
        split = QSplitter(Qt.Orientation.Horizontal)
        columns = [(self.tr("行"), 1.6), (self.tr("内容"), 5.0), (self.tr("有误"), 2.2)]
        self.sheet = Sheet(self.tr("表中各行"), columns)
        self.sheet.setObjectName("versionSheet")
        self.sheet.currentCellChanged.connect(lambda at, *_: self._choose(at))
        split.addWidget(self.sheet)
        self.form = RowForm(self.context.lang)
        self.form.changed.connect(self._changed)
        area = Column(self.tr("选中的行"))
        area.cards.addWidget(self.form)
        split.addWidget(area)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([760, 480])
        split.setChildrenCollapsible(False)
        return split

    def _foot(self) -> Flow:
        row = Flow(8)
        for words, pressed, name in (
            (self.tr("加一行(&I)"), self.add_row, "rowAdd"), (self.tr("删去(&D)"), self.remove_row, "rowRemove"),
            (self.tr("上移(&U)"), lambda: self.move_row(-1), "rowUp"), (self.tr("下移(&W)"), lambda: self.move_row(1), "rowDown"),
        ):  # fmt: skip
            row.addWidget(button(words, pressed, name=name))
        row.addWidget(button(self.tr("从文件导入(&O)…"), self._ask_file, name="versionImport"))
        row.addWidget(button(self.tr("导出为文件(&E)…"), self._ask_target, name="versionExport"))
        row.addWidget(button(self.tr("看改动(&V)"), self.show_changes, name="versionChanges"))
        self.preview_button = button(self.tr("预览文书(&R)"), self.preview, icon="paper", name="versionPreview")
        row.addWidget(self.preview_button)
        self.publish_button = button(self.tr("发布(&P)…"), self.publish, kind="primary", name="versionPublish")
        self.publish_button.setEnabled(False)
        row.addWidget(self.publish_button)
        return row

    def _timer(self, pause: int, then: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(then)
        return timer

    # reading and showing

    def _take(self, found: tuple[str, str, dict[str, Rows], str]) -> None:
        self._against, self._begun, self.parts, version = found
        if not self.version.text():
            self.version.setText(version)
        self._fill(0)
        self._check.start()

    def _part(self) -> str:
        return EDITED[self.bar.currentIndex()]

    def _fill(self, at: int) -> None:
        part = self._part()
        rows = self.parts.get(part, [])
        self.preview_button.setEnabled(part == "documents")
        self.form.sources = _sources(self.parts.get("documents", []))
        self.sheet.fill([(*_summary(part, row), "") for row in rows])
        if rows:
            at = min(max(at, 0), len(rows) - 1)
            self.sheet.setCurrentCell(at, 0)
            self._choose(at)
        self._mark()

    def _choose(self, at: int) -> None:
        rows = self.parts.get(self._part(), [])
        if 0 <= at < len(rows):
            self.form.show_row(self._part(), rows[at])

    def _mark(self) -> None:
        told: dict[int, list[str]] = {}
        for finding in self.view.findings if self.view else ():
            if finding.part == self._part() and finding.row >= 0:
                told.setdefault(finding.row, []).append(finding.expected)
        for at in range(self.sheet.rowCount()):
            item = self.sheet.item(at, 2)
            if item is not None:
                item.setText("\n".join(told.get(at, ())))
            self.sheet.mark(at, "unknown" if at in told else "")
        self.sheet.shape_rows()

    # changing

    def _touched(self) -> None:
        self.publish_button.setEnabled(False)
        self._check.start()
        self._keep.start()

    def _changed(self, row: dict[str, Any]) -> None:
        at, part = self.sheet.currentRow(), self._part()
        self.parts[part] = [row if i == at else old for i, old in enumerate(self.parts[part])]
        for column, words in enumerate(_summary(part, row)):
            item = self.sheet.item(at, column)
            if item is not None:
                item.setText(words)
        self._touched()

    def add_row(self) -> None:
        """Add a row like the chosen one below it; its key is still to be changed."""
        part, at = self._part(), self.sheet.currentRow()
        rows = list(self.parts.get(part, []))
        rows.insert(at + 1, dict(rows[at]) if 0 <= at < len(rows) else {})
        self._set(part, rows, at + 1)
        field = self.form.fields.get(KEYS[part][0])
        if field is not None:
            field.setFocus()
            field.selectAll()

    def preview(self) -> None:
        """预览文书: the chosen paper as the draft has it, its fields filled with their captions; nothing is published."""
        at, desk = self.sheet.currentRow(), self.context.desk
        if self._part() == "documents" and 0 <= at < len(self.parts["documents"]):
            row = self.parts["documents"][at]
            self.context.bridge.read(lambda: desk.specimen(row), self._show_specimen, self._no_specimen, self)

    def _show_specimen(self, paper: PaperView) -> None:
        dialog = PdfDialog(paper.name, self.context.show_error, self)
        dialog.show_pdf(paper.pdf, self.tr("样张：{0}").format(paper.name))
        dialog.save_button.hide()
        dialog.print_button.hide()
        dialog.open()

    def _no_specimen(self, error: BaseException) -> None:
        self.context.show_error(error, self)

    def remove_row(self) -> None:
        """Take the chosen row out."""
        part, at = self._part(), self.sheet.currentRow()
        self._set(part, [row for i, row in enumerate(self.parts.get(part, [])) if i != at], at)

    def move_row(self, step: int) -> None:
        """Move the chosen row up or down: the first row that holds decides."""
        part, at = self._part(), self.sheet.currentRow()
        rows = list(self.parts.get(part, []))
        if 0 <= at < len(rows) and 0 <= at + step < len(rows):
            rows.insert(at + step, rows.pop(at))
            self._set(part, rows, at + step)

    def _set(self, part: str, rows: Rows, at: int) -> None:
        self.parts[part] = rows
        self.view = None
        self._fill(at)
        self._touched()

    def _look(self) -> None:
        if not self._begun:
            return
        job = partial(
            draft_view, self._begun, dict(self.parts), self.version.text().strip(), self._against, self.context.lang
        )
        self.context.bridge.work(job, self._looked, owner=self, key="version-draft")

    def _looked(self, view: DraftOfVersion) -> None:
        self.view = view
        self._mark()
        self.wrong.setText(self._said(view.findings))
        self.publish_button.setEnabled(not view.findings and bool(view.changes) and not self._check.isActive())

    def _said(self, findings: tuple[FindingView, ...]) -> str:
        if not findings:
            return self.tr("检查过了，没有错误。")
        first = findings[0]
        return self.tr("有 {count} 处错误，改正后才能发布。第一处在{place}：{expected}").format(
            count=len(findings), place=first.name, expected=first.expected
        )

    def _save(self) -> None:
        if not self._begun:
            return
        self._keep.stop()
        self._kept = True
        version, desk, draft = self.version.text().strip(), self.context.desk, self._draft_id
        begun, parts = self._begun, dict(self.parts)
        fields = {"version": version, "valid_from": self.day.text(), "reason": self.reason.text(),
                  "object": f"{self.heading()} {version}"}  # fmt: skip

        def job() -> None:
            desk.save_draft(DRAFT, None, {**fields, "text": composed(begun, parts, version)}, draft)

        self.context.bridge.run(job)

    # files

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("从文件导入"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("YAML (*.yaml *.yml *.json)")
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, name: str) -> None:
        """Go on from the text of a file; what cannot be read as a profile at all is told and nothing changes."""
        desk = self.context.desk
        job = partial(_read_file, desk, Path(name))
        self.context.bridge.work(job, self._imported, owner=self)

    def _imported(self, found: tuple[str, str, dict[str, Rows], str]) -> None:
        self.version.setText("")
        self._take(found)
        self._touched()

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, self.tr("导出为文件"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{self.version.text().strip() or 'profile'}.yaml")
        dialog.fileSelected.connect(self.write_file)
        dialog.open()

    def write_file(self, name: str) -> None:
        """Write the draft as it stands into a file."""
        begun, parts, version = self._begun, dict(self.parts), self.version.text().strip()

        def job() -> None:
            Path(name).write_text(composed(begun, parts, version), encoding="utf-8", newline="")

        self.context.bridge.work(job, lambda _none: self.context.notify(self.tr("已导出。")), owner=self)

    # publishing

    def show_changes(self) -> None:
        """Show what the draft changes."""
        self._open_changes(publish=False)

    def publish(self) -> None:
        """Show what changes and ask once more; then publish."""
        if not self.day.text().strip() or not self.reason.text().strip():
            field = self.reason if self.day.text().strip() else self.day
            self.wrong.setText(self.tr("请填写施行日期和理由。"))
            field.setFocus()
            return
        self._open_changes(publish=True)

    def _open_changes(self, *, publish: bool) -> None:
        if self.view is None:
            return
        from ui.dialogs.publish import PublishDialog

        words = self.tr("版本 {version}，自 {day} 起施行。理由：{reason}").format(
            version=self.version.text().strip(),
            day=self.day.text().strip() or "…",
            reason=self.reason.text().strip() or "…",
        )
        dialog = PublishDialog(words, self.view.changes, self._publish if publish else None, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _publish(self) -> None:
        assert self.view is not None
        self._keep.stop()
        desk, text, draft = self.context.desk, self.view.text.encode(), self._draft_id
        day, reason, kept = self.day.text().strip(), self.reason.text().strip(), self._kept

        def job() -> VersionView:
            done = desk.publish_version(text, day, reason)
            if kept:
                desk.drop_draft(draft)
            return done

        self.context.bridge.run(job, self._published, owner=self)

    def _published(self, version: VersionView) -> None:
        self.context.notify(
            self.tr("已发布 {name}，自 {day} 起施行。").format(name=version.name, day=version.valid_from)
        )
        self.context.back()


def _summary(part: str, row: dict[str, Any]) -> tuple[str, str]:
    """Return the key of a row and the rest of it in one line."""
    keys = KEYS[part]
    shown = [n for n in FIELDS[part] if n not in keys and row.get(n) not in (None, "", [], {})]
    if part == "documents":
        shown = [n for n in ("name", "title", "fields") if n in shown]
    rest = [said_of(name, row[name]) for name in shown]
    return "\n".join(cell(row.get(k)) for k in keys if row.get(k)), "　".join(rest)


def _sources(documents: Rows) -> dict[str, str]:
    """Return the sources that the papers of a profile name, each with what the first of them calls it."""
    found: dict[str, str] = {}
    for field in (f for d in documents for f in d.get("fields") or [] if f.get("source")):
        found.setdefault(str(field["source"]), str(field.get("zh", "")))
    return dict(sorted(found.items()))


def _read_file(desk: Any, path: Path) -> tuple[str, str, dict[str, Rows], str]:
    return read_draft(desk, path.read_bytes().decode("utf-8-sig", errors="replace"))
