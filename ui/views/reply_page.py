"""回复: the letter to write beside the facts of its case; kept as one types, versions compared, submitted, sent."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.reply_views import LetterView, ReplyView
from liaison_app.desk.views import DraftView, Outcome
from liaison_app.domain.differences import differences
from liaison_app.domain.filling import open_places
from liaison_app.domain.proofreading import Doubt, doubts
from liaison_app.domain.remarks import remarks
from ui import theme
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.views.page import Page
from ui.widgets.chain_card import ChainCard
from ui.widgets.checked_text import CheckedText, CheckList, as_html
from ui.widgets.layouts import Column, Flow
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, Chip, button, called, clear, label
from ui.widgets.word_trip import WordTrip
from ui.widgets.writing import Writing

AUTOSAVE_MS = 1_000
"""Typing is kept after this time (milliseconds): with the writing itself never more than two seconds are lost."""
CHECK_MS = 300
TO_CITIZEN = frozenset({"formal", "preliminary"})
"""Kinds of replies that speak to the complainant; the others go to bodies."""


class ReplyPage(Page):
    """The reply of one matter. What was sent never changes: then the page begins a new one."""

    def __init__(self, context: Context, ref: str, matter: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("replyPage")
        self._ref, self._matter = ref, matter
        self.reply: ReplyView | None = None
        self._draft_id, self._drafted = str(uuid.uuid4()), False
        self._dirty = self._filling = self._working = False
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(12)
        self._facts = Column(self.tr("案情"))
        self._facts.setMinimumWidth(300)
        page.addWidget(self._facts, 2)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("回复稿、各版本和信函预览"))
        self.tabs.addTab(self._writing(), self.tr("正文"))
        self.tabs.addTab(self._comparing(), self.tr("各版本"))
        self.tabs.addTab(self._previewing(), self.tr("信函预览"))
        self.tabs.currentChanged.connect(self._tab_changed)
        page.addWidget(self.tabs, 5)
        self._autosave = self._timer(AUTOSAVE_MS, self._save_draft)
        self._check = self._timer(CHECK_MS, self._check_now)

    # -- parts ----------------------------------------------------------------------------------

    def _writing(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        row = Flow()
        self.kind = self._box("replyKind", self.tr("回复类别"))
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.template = self._box("replyTemplate", self.tr("范文"))
        self.use = button(self.tr("套用范文(&U)"), self.use_template, name="useTemplate")
        self.state = Chip("", "accent")
        row.addWidget(self.kind)
        row.addWidget(self.template)
        row.addWidget(self.use)
        row.addWidget(self.state)
        column.addLayout(row)
        self.text = CheckedText(self.tr("回复正文"))
        self.text.setObjectName("replyText")
        self.text.textChanged.connect(self._changed)
        column.addWidget(self.text, 1)
        self.checks = CheckList(self.text.select)
        self.checks.setFixedHeight(theme.row_height() * 4)
        column.addWidget(self.checks)
        ends = QHBoxLayout()
        self.kept = label("", "quiet")
        self.wrong = label("", "wrong", wrap=True)
        ends.addWidget(self.kept)
        ends.addWidget(self.wrong, 1)
        self.keep = button(self.tr("存为一版(&K)"), self.keep_version, name="keepVersion")
        self.go = button("", self.do_next, kind="primary", name="replyGo")
        ends.addWidget(self.keep)
        ends.addWidget(self.go)
        column.addLayout(ends)
        return made

    def _comparing(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        row = QHBoxLayout()
        column.addLayout(row, 1)
        self.wps = WordTrip(self.context, self._written, self._came_back, self._refused)
        column.addWidget(self.wps)
        self.versions = QListWidget()
        self.versions.setObjectName("replyVersions")
        self.versions.setAccessibleName(self.tr("各版本"))
        self.versions.setWordWrap(True)
        self.versions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.versions.currentRowChanged.connect(self._show_version)
        self.compared = QTextEdit()
        self.compared.setObjectName("replyCompared")
        self.compared.setAccessibleName(self.tr("与上一版的不同：＋增加，－删去"))
        self.compared.setReadOnly(True)
        self.compared.setTabChangesFocus(True)
        row.addWidget(self.versions, 2)
        row.addWidget(self.compared, 5)
        return made

    def _previewing(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        self.plain = Writing()
        self.plain.setObjectName("replyLetter")
        self.plain.setAccessibleName(self.tr("信函预览"))
        self.plain.setReadOnly(True)
        self.plain.setTabChangesFocus(True)
        self.printed = QPdfView(made)
        self.printed.setAccessibleName(self.tr("信函预览"))
        self.printed.setPageMode(QPdfView.PageMode.MultiPage)
        self.printed.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._document, self._buffer = QPdfDocument(self), QBuffer(self)
        self.printed.setDocument(self._document)
        self.printed.hide()
        column.addWidget(self.plain, 1)
        column.addWidget(self.printed, 1)
        return made

    @staticmethod
    def _box(name: str, words: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        called(box, words)
        box.setMinimumHeight(theme.TARGET)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _timer(self, after: int, what: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(what)
        return timer

    # -- the page -------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return what is written, on which case."""
        return self.tr("回复　{number}").format(number=self.reply.case.number) if self.reply else self.tr("回复")

    def case_in_sight(self) -> str:
        """Return the case."""
        return self._ref

    def works_by_keys(self) -> bool:
        """办理下一步 submits or sends."""
        return True

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """Return what the keys of a reply do now."""
        if self.reply is None:
            return {}
        if not self._writes():
            chain = self._facts.findChild(ChainCard)
            return {"ask_cosign": chain.ask} if chain is not None and self.reply.state == "submitted" else {}
        found = {"keep_version": self.keep_version, "submit_reply": self.do_next}
        return found if self.kind.currentData() != "feedback" else {"submit_reply": self.do_next}

    def activated(self) -> None:
        """The text takes the keyboard."""
        self.text.setFocus()

    def refresh(self) -> None:
        """Read the case and its versions again; what is being typed stays."""
        desk, ref, matter = self.context.desk, self._ref, self._matter

        def read() -> tuple[ReplyView, DraftView | None]:
            view = desk.reply(ref, matter)
            mine = (d for d in desk.drafts() if d.kind == "reply" and d.case_id == view.case.case_id)
            return view, next((d for d in mine if d.fields.get("matter") == matter), None)

        self.context.bridge.read(read, self._take, self._missing, owner=self, key=f"reply-{id(self)}")

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Read again when this case changed."""
        if not case_ids or (self.reply is not None and self.reply.case.case_id in case_ids):
            self.refresh()

    def leave(self) -> None:
        """Keep what was typed when the page is left, the person changes or the window closes."""
        self._save_draft()

    def do_next(self) -> None:
        """送审, 发出 or 反馈: what the first button says."""
        if self.reply is None or self._working or not self.go.isEnabled():
            return
        if not self._writes():
            self._dialog("send-reply", {"kind": self.reply.kind})
        elif self._whole():
            if self.kind.currentData() == "feedback":
                self._dialog("feedback", {"text": self.text.toPlainText()})
            else:
                self._save(submit=True)

    def keep_version(self) -> None:
        """存为一版: the text as it stands becomes the next version."""
        if self.reply is not None and self._writes() and not self._working and self.text.toPlainText().strip():
            self._save(submit=False)

    def use_template(self) -> None:
        """套用范文: put the filled template into the text; Ctrl+Z takes it back."""
        view, chosen = self.reply, self.template.currentData()
        found = next((t for t in view.templates if t.id == chosen), None) if view else None
        if found is not None and self._writes():
            self.text.put(found.text)
            self.text.setFocus()

    # -- what happens ---------------------------------------------------------------------------

    def _missing(self, error: BaseException) -> None:
        self.context.show_error(error, self)
        self.context.back()

    def _writes(self) -> bool:
        view = self.reply
        return view is not None and view.can_write and view.state not in {"submitted", "approved"}

    def _take(self, found: tuple[ReplyView, DraftView | None]) -> None:
        before, (view, draft) = self.reply, found
        self.reply, self._ref = view, view.case.case_id
        begins = before is None or (before.reply, before.state) != (view.reply, view.state)
        self._fill_facts(view)
        if begins:
            self._fill_choices(view, str(draft.fields.get("kind", "")) if draft and self._writes() else "")
            self._fill_text(view, draft)
        self._fill_versions(view)
        self._fill_state(view)
        self.heading_changed.emit()

    def _fill_facts(self, view: ReplyView) -> None:
        clear(self._facts.cards)
        card = Card(self.tr("案情"))
        for caption, words in view.facts:
            card.body.addWidget(label(caption, "small"))
            card.body.addWidget(label(words, wrap=True, select=True))
        self._facts.cards.addWidget(card)
        if view.chain:
            self._facts.cards.addWidget(ChainCard(self.context, self._ref, view.matter, view.chain, self.refresh, self))
        due = [c for c in view.case.deadlines if c.state == "open" and c.due and c.matter == view.matter]
        if due:
            dates = Card(self.tr("期限"))
            for clock in due:
                dates.body.addWidget(
                    label(self.tr("{caption}：{words}").format(caption=clock.label, words=clock.countdown), wrap=True)
                )
            self._facts.cards.addWidget(dates)
        for caption, words in reversed(view.earlier):
            sent = Card(self.tr("已发出：{what}").format(what=caption))
            sent.body.addWidget(label(words, "quiet", wrap=True, select=True))
            self._facts.cards.addWidget(sent)
        self._facts.cards.addStretch(1)

    def _fill_choices(self, view: ReplyView, wanted: str) -> None:
        self._filling = True
        self.kind.clear()
        for code, words in view.kinds:
            self.kind.addItem(words, code)
        at = self.kind.findData(wanted or view.kind)
        self.kind.setCurrentIndex(max(0, at))
        self._filling = False
        self._fill_templates()

    def _fill_templates(self) -> None:
        self.template.clear()
        for one in self.reply.templates if self.reply else ():
            if one.kind == self.kind.currentData():
                self.template.addItem(one.name, one.id)

    def _fill_text(self, view: ReplyView, draft: DraftView | None) -> None:
        self._filling = True
        text = view.text
        if draft is not None:
            self._draft_id, self._drafted = draft.id, True
            if self._writes():
                text = str(draft.fields.get("text", "")) or text
                when = short_moment(draft.saved_at)
                self.kept.setText(self.tr("已恢复 {0} 的草稿").format(when))
        elif self._writes() and not text:
            text = next((t.text for t in view.templates if t.kind == self.kind.currentData()), "")
        if text != self.text.toPlainText():
            self.text.put(text)
        self._filling = self._dirty = False
        self._check_now()

    def _fill_versions(self, view: ReplyView) -> None:
        row, had = self.versions.currentRow(), self.versions.count()
        self.versions.clear()
        fates = {
            "submitted": self.tr("已送审"), "approved": self.tr("已签发"), "returned": self.tr("被退回"), "sent": self.tr("已发出"),
        }  # fmt: skip
        for one in view.versions:
            words = self.tr("第{n}版　{when}　{who}").format(n=one.n, when=short_moment(one.at), who=one.person)
            self.versions.addItem(f"{words}\n{fates[one.fate]}" if one.fate else words)
        count = self.versions.count()
        self.versions.setCurrentRow(row if count == had and row >= 0 else count - 1)

    def _fill_state(self, view: ReplyView) -> None:
        writes = self._writes()
        words = {
            "submitted": self.tr("已送审，等待签发"), "approved": self.tr("已签发，文字不能改动"),
            "returned": self.tr("被退回，请修改"), "drafted": self.tr("拟稿中"),
        }.get(view.state, self.tr("新的回复"))  # fmt: skip
        awaited = next((step for step, said in view.chain if not said), "")
        if view.state == "submitted" and awaited:
            words = self.tr("已送审，待办：{step}").format(step=awaited)
        self.state.setText(words)
        self.text.setReadOnly(not writes)
        for part in (self.kind, self.template, self.use, self.keep):
            part.setEnabled(writes)
        self.wps.set_writable(writes and self.kind.currentData() != "feedback")
        feedback = writes and self.kind.currentData() == "feedback"
        self.keep.setVisible(not feedback)
        self.go.setText(
            self.tr("反馈(&E)…") if feedback else self.tr("送审(&E)") if writes else self.tr("发出回复(&E)…")
        )
        self.go.setAccessibleName(self.go.text().split("(")[0])
        self.go.setEnabled(writes or view.can_send)

    def _kind_changed(self) -> None:
        if self._filling or self.reply is None:
            return
        untouched = self.text.toPlainText().strip() in {"", *(t.text.strip() for t in self.reply.templates)}
        self._fill_templates()
        if untouched:
            self.use_template()
        self._fill_state(self.reply)
        self.heading_changed.emit()
        self._changed()

    def _changed(self) -> None:
        if self._filling:
            return
        self._dirty = True
        self.wrong.setText("")
        self.kept.setText("")
        if not self._autosave.isActive():
            self._autosave.start()
        self._check.start()

    def _save_draft(self) -> None:
        if not self._dirty or self._working or self.reply is None:
            return
        self._dirty, self._drafted = False, True
        fields = {"matter": self._matter, "kind": self.kind.currentData(), "text": self.text.toPlainText(),
                  "object": self.reply.case.object}  # fmt: skip
        desk, case, draft = self.context.desk, self.reply.case.case_id, self._draft_id
        self.context.bridge.run(
            lambda: desk.save_draft("reply", case, fields, draft),
            lambda _id: self.kept.setText(self.tr("草稿已自动保存")), owner=self,
        )  # fmt: skip

    def _drop_draft(self) -> None:
        if self._drafted:
            desk, draft = self.context.desk, self._draft_id
            self.context.bridge.run(lambda: desk.drop_draft(draft))
        self._draft_id, self._drafted, self._dirty = str(uuid.uuid4()), False, False

    def _check_now(self) -> None:
        view, text = self.reply, self.text.toPlainText()
        if view is None:
            return
        remarked, grounds = remarks(view.comment), view.grounds
        if self.kind.currentData() not in TO_CITIZEN:
            grounds = replace(grounds, addressee="")

        def show(found: tuple[Doubt, ...]) -> None:
            if text == self.text.toPlainText():
                self.text.mark(self.checks.show_all(text, found, remarked))

        self.context.bridge.work(lambda: doubts(text, grounds), show, owner=self, key=f"doubts-{id(self)}")

    def _whole(self) -> bool:
        """Say whether nothing is left to fill; a letter with a gap goes to nobody."""
        text = self.text.toPlainText()
        places = open_places(text)
        if not text.strip():
            self.wrong.setText(self.tr("还没有正文"))
        elif places:
            self.wrong.setText(self.tr("还有 {n} 处待填").format(n=len(places)))
            self.text.select(places[0][0], places[0][1])
        return bool(text.strip()) and not places

    def _save(self, *, submit: bool) -> None:
        self._working = True
        desk, ref, matter = self.context.desk, self._ref, self._matter
        kind, text = str(self.kind.currentData()), self.text.toPlainText()

        def done(_outcome: Outcome) -> None:
            self._working = False
            if text == self.text.toPlainText():
                self._drop_draft()
            self.context.notify(self.tr("已送审，等待领导签发") if submit else self.tr("已存为一版"))
            self.refresh()

        self.context.bridge.run(
            lambda: desk.save_version(ref, matter, kind, text, submit=submit), done, self._refused, self
        )

    def _written(self) -> tuple[str, int, str, str]:
        kind = str(self.kind.currentData() or (self.reply.kind if self.reply else ""))
        return self._ref, self._matter, kind, self.text.toPlainText()

    def _came_back(self, text: str) -> None:
        """Take a text that came back from WPS as the next version."""
        if self._writes() and not self._working:
            self.text.put(text)
            self._save(submit=False)

    def _refused(self, error: BaseException) -> None:
        self._working = False
        said, _field = refusal_line(error, self.context.lang)
        if said:
            self.wrong.setText(said)
        else:
            self.context.show_error(error, self)

    def _dialog(self, action: str, filled: dict[str, Any]) -> None:
        from ui.dialogs.act import ActDialog

        view = self.reply
        offered = [a for a in view.case.actions if a.action == action and a.matter == view.matter] if view else []
        kind = filled.get("kind")
        fits = [a for a in offered if not kind or any(f.name == "kind" and kind in dict(f.choices) for f in a.fields)]
        if view is None or not fits:
            return
        dialog = ActDialog(self.context, view.case, fits[0], self, filled=filled)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.done_act.connect(lambda _outcome: self._gone())
        dialog.open()

    def _gone(self) -> None:
        self._drop_draft()
        self.context.back()

    def _show_version(self, row: int) -> None:
        found = self.reply.versions if self.reply else ()
        if 0 <= row < len(found):
            before = found[row - 1].text if row else found[row].text
            comment = found[row].comment
            said = self.tr("退回意见：{comment}").format(comment=comment) if comment else ""
            head = f'<p style="color:{theme.RED}">{said}</p>'.replace("\n", "<br>") if said else ""
            self.compared.setHtml(head + as_html(differences(before, found[row].text)))

    def _tab_changed(self, at: int) -> None:
        view = self.reply
        if at != 2 or view is None:
            return
        desk, ref, kind, text = (
            self.context.desk,
            self._ref,
            str(self.kind.currentData() or view.kind),
            self.text.toPlainText(),
        )
        self.context.bridge.read(
            lambda: desk.letter(ref, kind, text, view.matter), self._show_letter, owner=self, key=f"letter-{id(self)}"
        )

    def _show_letter(self, letter: LetterView) -> None:
        self.plain.setPlainText(letter.text)
        self.plain.setVisible(not letter.pdf)
        self.printed.setVisible(bool(letter.pdf))
        if letter.pdf:
            self._buffer.close()
            self._buffer.setData(QByteArray(letter.pdf))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._document.load(self._buffer)
