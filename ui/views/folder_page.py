"""签批夹: each paper whole, one key to agree and see the next, remarks at the place, the pen and the telephone."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.reply_views import PaperToSign
from liaison_app.desk.views import CaseView
from liaison_app.domain.remarks import Remark, quoted, said
from ui import theme
from ui.context import Context
from ui.dialogs.cosign import ask_cosign
from ui.dialogs.errors import refusal_line
from ui.views.page import Page
from ui.widgets.layouts import Flow, Giving
from ui.widgets.paper_pane import PaperPane
from ui.widgets.parts import Card, IconChip, button, clear, label, listed

BESIDE, CAPTION, LONGEST = 24, 6, 320
"""Signs of a fact that stands beside others, of its caption, and signs shown of one at the most, a Han sign counting double."""
WIDEST = "锦江区工商分局-20260930-0000"
"""As wide as the number of a case gets: the list of papers never leaves out a part of one."""
ON_SCREEN = frozenset({"own_desk", "switched"})


class FolderPage(Page):
    """What waits for a signature. Nothing is signed before it was shown."""

    def __init__(self, context: Context, ref: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("folderPage")
        self.papers: tuple[PaperToSign, ...] = ()
        self.opened: set[str] = set()
        self.done = 0
        self._wanted, self._shown, self._working = ref, "", False
        self._remarks: list[Remark] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        left = QVBoxLayout()
        self.count = label("", "quiet", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("folderList")
        self.list.setAccessibleName(self.tr("等待签批的文件"))
        self.list.setWordWrap(True)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._chosen)
        left.addWidget(self.count)
        left.addWidget(self.list, 1)
        icon = self.list.style().pixelMetric(QStyle.PixelMetric.PM_ListViewIconSize)
        self.list.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST) + icon + 56)
        row.addLayout(left, 2)
        right = QVBoxLayout()
        self._card = Card()
        self._facts = Flow(14)
        self._head = QVBoxLayout()
        self._card.body.addLayout(self._head)
        self._card.body.addLayout(self._facts)
        self._long = QVBoxLayout()
        self._card.body.addLayout(self._long)
        over = Giving(self.tr("案情"))
        over.cards.addWidget(self._card)
        right.addWidget(over)
        self.pane = PaperPane(self.tr("文件全文"), self.tr("文书预览"))
        self.text, self.printed = self.pane.text, self.pane.printed
        right.addWidget(self.pane, 1)
        right.addWidget(self._returning())
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        right.addWidget(self.wrong)
        right.addLayout(self._buttons())
        row.addLayout(right, 5)

    # -- parts ----------------------------------------------------------------------------------

    def _returning(self) -> QWidget:
        self.panel = Card(self.tr("退回：写明要改什么"))
        self.said = label("", wrap=True)
        self.quote = label("", "quiet", wrap=True)
        row = QHBoxLayout()
        self.comment = QLineEdit()
        self.comment.setObjectName("returnComment")
        self.comment.setAccessibleName(self.tr("修改意见"))
        self.comment.setMinimumHeight(theme.TARGET)
        self.comment.returnPressed.connect(self.send_back)
        row.addWidget(self.comment, 1)
        row.addWidget(button(self.tr("再写一条(&M)"), self.add_remark, name="addRemark"))
        self.back_button = button(self.tr("退回(&B)"), self.send_back, kind="danger", name="sendBack")
        row.addWidget(self.back_button)
        row.addWidget(button(self.tr("取消"), self._close_panel, name="cancelReturn"))
        for one in (self.said, self.quote):
            self.panel.body.addWidget(one)
        self.panel.body.addLayout(row)
        self.panel.hide()
        return self.panel

    def _buttons(self) -> Flow:
        row = Flow()
        self.agree_button = button(
            self.tr("同意并看下一件(&A)"), self.agree, kind="primary", icon="approve", name="agreeNext"
        )
        self.return_button = button(self.tr("退回并写意见(&T)"), self.open_panel, icon="back", name="returnPaper")
        self.pen_button = button(
            self.tr("已在纸上签(&Z)…"), partial(self._dialog, "paper"), icon="sign", name="signedOnPaper"
        )
        self.phone_button = button(
            self.tr("电话请示(&D)…"), partial(self._dialog, "telephone"), icon="phone", name="agreedByPhone"
        )
        self.kind_button = button(self.tr("同类全部同意(&Y)"), self.agree_kind, name="agreeKind")
        self.skip_button = button(self.tr("跳过这一步(&K)…"), self.ask_skip, name="skipStep")
        self.case_button = button(self.tr("看案件(&O)"), self._open_case, name="folderCase")
        self._ends = (
            self.agree_button,
            self.return_button,
            self.pen_button,
            self.phone_button,
            self.kind_button,
            self.skip_button,
            self.case_button,
        )
        for one in self._ends:
            row.addWidget(one)
        return row

    # -- the page -------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return the name of the page."""
        return self.tr("签批夹")

    def case_in_sight(self) -> str:
        """Return the case of the paper that is shown."""
        paper = self.paper()
        return paper.case_id if paper else ""

    def works_by_keys(self) -> bool:
        """办理下一步 agrees."""
        return True

    def do_next(self) -> None:
        """办理下一步: agree and see the next."""
        self.agree()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """Return what the keys do with the paper that is shown."""
        paper = self.paper()
        if paper is None or self._shown != paper.id:
            return {}
        found: dict[str, Callable[[], None]] = {}
        if self._agreeable(paper):
            found["agree_next"] = self.agree
        if paper.returns or paper.kind == "proxy":
            found["return_paper"] = self.open_panel
        if "paper" in paper.roads:
            found["signed_on_paper"] = partial(self._dialog, "paper")
        if "telephone" in paper.roads:
            found["agreed_by_phone"] = partial(self._dialog, "telephone")
        alike = [p for p in self.papers if p.kind == paper.kind]
        if (
            self._agreeable(paper)
            and paper.kind != "record"
            and len(alike) > 1
            and {p.id for p in alike} <= self.opened
        ):
            found["agree_kind"] = self.agree_kind
        if paper.action == "pass-reply" and paper.step == "cosign":
            found["ask_cosign"] = partial(ask_cosign, self.context, paper.case_id, paper.matter, self, self.refresh)
        return found

    def activated(self) -> None:
        """The list takes the keyboard."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Read what waits; the paper in sight stays."""
        desk = self.context.desk
        self.context.bridge.read(desk.folder, self._take, owner=self, key=f"folder-{id(self)}")

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Read again: what waits may have changed."""
        self.refresh()

    def paper(self) -> PaperToSign | None:
        """Return the paper in sight."""
        row = self.list.currentRow()
        return self.papers[row] if 0 <= row < len(self.papers) else None

    # -- what is done ---------------------------------------------------------------------------

    def agree(self) -> None:
        """同意并看下一件."""
        paper = self.paper()
        if paper is None or "agree_next" not in self.offers() or self._working:
            return
        if paper.kind == "record":
            self.context.open_record(paper.record_id)
            return
        self._do(lambda: self._sign(paper), self.tr("已同意：{0}").format(paper.number))

    def agree_kind(self) -> None:
        """同类全部同意: those of one kind that were each opened."""
        paper = self.paper()
        if paper is None or "agree_kind" not in self.offers() or self._working:
            return
        alike = [p for p in self.papers if p.kind == paper.kind and p.id in self.opened]

        def all_of_them() -> None:
            for one in alike:
                self._sign(one)

        self._do(all_of_them, self.tr("已同意 {n} 件").format(n=len(alike)), len(alike))

    def open_panel(self) -> None:
        """退回并写意见: at the passage that is selected."""
        if "return_paper" not in self.offers():
            return
        self.quote.setText("")
        passage = quoted(self.text.passage()) if self.text.isVisible() else ""
        if passage:
            self.quote.setText(self.tr("对“{quote}”：").format(quote=passage))
        self.quote.setProperty("passage", passage)
        self.quote.setVisible(bool(passage))
        self._show_remarks()
        self.panel.show()
        self.comment.setFocus()

    def add_remark(self) -> None:
        """再写一条: keep this remark, choose the next passage."""
        if self._keep_remark():
            self.text.setFocus()

    def send_back(self) -> None:
        """退回: with every remark, each at its place."""
        paper = self.paper()
        self._keep_remark()
        if paper is None or self._working:
            return
        if not self._remarks:
            self._complain(self.tr("请写明要改什么"))
            self.comment.setFocus()
            return
        comment, desk = said(self._remarks), self.context.desk
        if paper.kind == "proxy":
            data = {"approval": paper.approval, "agrees": False, "remark": comment, "matter": paper.matter}
            self._do(
                lambda: desk.act_from(paper.case_id, paper.action, data),
                self.tr("已记下有异议：{0}").format(paper.number),
            )
        else:
            data = {"comment": comment, "matter": paper.matter}
            self._do(
                (lambda: desk.step_record(paper.record_id, paper.returns, {paper.words: comment}))
                if paper.kind == "cosign"
                else (lambda: desk.act_from(paper.case_id, paper.returns, data)),
                self.tr("已退回：{0}").format(paper.number),
            )

    def _sign(self, paper: PaperToSign) -> None:
        desk = self.context.desk
        if paper.kind == "cosign":
            desk.step_record(paper.record_id, paper.action, {})
        elif paper.kind == "proxy":
            desk.act_from(
                paper.case_id, paper.action, {"approval": paper.approval, "agrees": True, "matter": paper.matter}
            )
        else:
            data = {"road": desk.own_road(), "matter": paper.matter} | ({"step": paper.step} if paper.step else {})
            desk.act_from(paper.case_id, paper.action, data)

    def _agreeable(self, paper: PaperToSign) -> bool:
        return paper.kind in {"proxy", "record", "cosign"} or bool(ON_SCREEN & set(paper.roads))

    def _do(self, job: Callable[[], object], words: str, count: int = 1) -> None:
        self._working = True

        def then(_done: object) -> None:
            self._working = False
            self.done += count
            self._close_panel()
            self.context.notify(words)
            self.refresh()

        def failed(error: BaseException) -> None:
            self._working = False
            line, _field = refusal_line(error, self.context.lang)
            self._complain(line) if line else self.context.show_error(error, self)
            self.refresh()

        self.context.bridge.run(job, then, failed, self)

    def _dialog(self, road: str) -> None:
        paper, desk = self.paper(), self.context.desk
        if paper is None or road not in paper.roads:
            return
        self.context.bridge.read(
            lambda: desk.case(paper.case_id), lambda case: self._open_dialog(case, paper, road), owner=self
        )

    def _open_dialog(self, case: CaseView, paper: PaperToSign, road: str) -> None:
        from ui.dialogs.act import ActDialog

        offered = [a for a in case.actions if a.action == paper.action and a.matter == paper.matter]
        fits = [a for a in offered if any(f.name == "road" and road in dict(f.choices) for f in a.fields)]
        if not fits:
            self.refresh()
            return
        leader = next((f.choices[0][0] for f in fits[0].fields if f.name == "leader" and f.choices), "")
        mine = self.context.desk.person
        filled = {"road": road, "leader": mine.id if "leader" in mine.roles else leader, "step": paper.step}
        offered_act = replace(fits[0], label=paper.kind_name) if paper.step else fits[0]
        dialog = ActDialog(self.context, case, offered_act, self, filled=filled)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.done_act.connect(lambda _outcome: self._signed_elsewhere())
        dialog.open()

    def _signed_elsewhere(self) -> None:
        self.done += 1
        self.refresh()

    def ask_skip(self) -> None:
        """跳过这一步: ask for the reason."""
        dialog = QInputDialog(self)
        dialog.setObjectName("skipDialog")
        dialog.setWindowTitle(self.tr("跳过这一步"))
        dialog.setLabelText(self.tr("跳过的理由（记入发文稿纸）："))
        dialog.setMinimumWidth(420)
        dialog.textValueSelected.connect(self.skip)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def skip(self, reason: str) -> None:
        """Skip the step of the chain that the paper in sight waits for."""
        paper, desk = self.paper(), self.context.desk
        if paper is None or paper.action != "pass-reply" or self._working:
            return
        if not reason.strip():
            self._complain(self.tr("请写明跳过的理由"))
            return
        data = {"step": paper.step, "skipped": reason, "matter": paper.matter}
        self._do(lambda: desk.act_from(paper.case_id, paper.action, data), self.tr("已跳过：{0}").format(paper.number))

    def _open_case(self) -> None:
        paper = self.paper()
        if paper is not None:
            self.context.open_record(paper.record_id) if paper.record_id else self.context.open_case(paper.case_id)

    # -- what is shown --------------------------------------------------------------------------

    def _take(self, papers: tuple[PaperToSign, ...]) -> None:
        coming = self.papers[max(0, self.list.currentRow()) :]  # the one in sight, and what comes after it
        self.papers = papers
        ids = [p.id for p in papers]
        at = next((ids.index(p.id) for p in coming if p.id in ids), 0)
        if self._wanted and papers:
            here = [n for n, p in enumerate(papers) if p.case_id == self._wanted]
            at = next((n for n in here if papers[n].kind == "reply"), here[0] if here else at)
            self._wanted = ""
        self.list.blockSignals(True)
        self.list.clear()
        for paper in papers:
            self._item(paper)
        self.list.setCurrentRow(at if papers else -1)
        self.list.blockSignals(False)
        self._chosen(self.list.currentRow())

    def _item(self, paper: PaperToSign) -> None:
        words = f"{paper.kind_name}　{paper.title}\n{paper.number}\n{paper.countdown}".rstrip()
        seen = paper.id in self.opened
        item = QListWidgetItem(theme.icon("done" if seen else "paper"), words, self.list)
        state = self.tr("已看") if seen else self.tr("未看")
        item.setToolTip(f"{words}\n{state}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words} {state}")

    def _chosen(self, _row: int) -> None:
        paper = self.paper()
        self._count()
        same = paper is not None and self._shown == paper.id
        if not same:
            self._close_panel()
            self.wrong.hide()
            self._shown = ""
            self._show_head(paper)
            self.text.setPlainText(paper.text if paper else "")
            self.text.setVisible(bool(paper and paper.text) or paper is None or not paper.paper)
            self.printed.hide()
            if paper is not None and paper.paper:
                desk, kind, ref = self.context.desk, paper.paper, paper.case_id
                show, plain = partial(self._show_printed, paper.id), partial(self._show_plain, paper.id)
                self.context.bridge.read(
                    lambda: desk.paper(kind, (ref,)), show, plain, owner=self, key=f"folder-paper-{id(self)}"
                )
            elif paper is not None:
                self._seen(paper.id)
        self._enable()

    def _show_printed(self, paper_id: str, view: PaperView) -> None:
        self.pane.show_pdf(view.pdf)
        self._seen(paper_id)

    def _show_plain(self, paper_id: str, _error: BaseException) -> None:
        self.text.show()  # a paper that cannot be drawn is read as text
        self._seen(paper_id)

    def _seen(self, paper_id: str) -> None:
        paper = self.paper()
        if paper is None or paper.id != paper_id:
            return
        self._shown = paper_id
        self.opened.add(paper_id)
        item = self.list.currentItem()
        if item is not None:
            item.setIcon(theme.icon("done"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()} {self.tr('已看')}")
        self._count()
        self._enable()

    def _show_head(self, paper: PaperToSign | None) -> None:
        clear(self._head)
        clear(self._facts)
        clear(self._long)
        if paper is None:
            self._head.addWidget(label(self.tr("没有等待签批的文件。"), "quiet"))
            return
        self._head.addWidget(label(f"{paper.kind_name}　{paper.title}", "lead", wrap=True))
        told = paper.number
        if paper.by:
            told += self.tr("　经办：{who}").format(who=paper.by)
        if paper.kind == "proxy":
            told += self.tr("　以您的名义录入，请确认是否属实")
        self._head.addWidget(label(told, "quiet", wrap=True))
        if paper.countdown:
            ink, ground, icon = theme.level_look(paper.level)
            self._facts.addWidget(IconChip(paper.countdown, ink, ground, icon))
        for caption, words in paper.facts:
            flat = words.replace("\n", "；")
            longest = LONGEST - sum(not sign.isascii() for sign in flat[:LONGEST]) // 2
            short = flat if len(flat) <= longest else f"{flat[:longest]}…"  # the whole: 看案件
            said_ = self.tr("{caption}：{words}").format(caption=caption, words=short)
            if len(said_) > BESIDE + CAPTION:
                made = label(said_, wrap=True, select=True)
                made.setToolTip(words if short != flat else "")
                self._long.addWidget(made)
            else:
                self._facts.addWidget(label(said_))

    def _count(self) -> None:
        kinds = Counter(p.kind_name for p in self.papers)
        each = listed(f"{kind} {count}" for kind, count in kinds.items())
        seen = sum(1 for p in self.papers if p.id in self.opened)
        words = (
            self.tr("待签批 {n} 件（{each}）；已看 {seen}，已办 {done}")
            if each
            else self.tr("待签批 {n} 件；已办 {done}")
        )
        self.count.setText(words.format(n=len(self.papers), each=each, seen=seen, done=self.done))

    def _enable(self) -> None:
        offered, paper = self.offers(), self.paper()
        proxy = paper is not None and paper.kind == "proxy"
        self.agree_button.setText(
            self.tr("属实，看下一件(&A)")
            if proxy
            else self.tr("打开办理(&A)…")
            if paper and paper.kind == "record"
            else self.tr("同意并看下一件(&A)")
        )
        self.return_button.setText(self.tr("有异议(&T)") if proxy else self.tr("退回并写意见(&T)"))
        for one in (self.agree_button, self.return_button):
            one.setAccessibleName(one.text().split("(")[0])
        names = ("agree_next", "return_paper", "signed_on_paper", "agreed_by_phone", "agree_kind")
        for one, name in zip(self._ends, names, strict=False):
            one.setEnabled(name in offered)
        chained = paper is not None and paper.action == "pass-reply"
        self.skip_button.setVisible(chained)
        self.skip_button.setEnabled(chained)
        self.case_button.setEnabled(paper is not None)
        self.heading_changed.emit()

    def _keep_remark(self) -> bool:
        words = self.comment.text().strip()
        if not words:
            return False
        self._remarks.append(Remark(str(self.quote.property("passage") or ""), words))
        self.comment.clear()
        self.quote.hide()
        self.quote.setProperty("passage", "")
        self._show_remarks()
        return True

    def _show_remarks(self) -> None:
        self.said.setText(said(self._remarks))
        self.said.setVisible(bool(self._remarks))
        self.back_button.setEnabled(True)

    def _close_panel(self) -> None:
        held = self.panel.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._remarks.clear()
        self.comment.clear()
        self.panel.hide()
        if held:
            self.list.setFocus()

    def _complain(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()
