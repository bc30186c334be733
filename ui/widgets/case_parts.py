"""The cards of a case page: head, complainant, matters, transfers, clocks, timeline."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.views import CaseView, DueView, LinkView, MatterView, TransferView
from liaison_app.words import labels
from ui import theme
from ui.widgets.layouts import Flow
from ui.widgets.moments import full_moment, short_moment
from ui.widgets.parts import Card, Chip, IconChip, Unfold, button, label, line, listed, pair


def head_card(case: CaseView, lang: str) -> Card:
    """Number, state, object and place, who received it and how urgent it is in both senses."""
    card = Card()
    top = QHBoxLayout()
    title = label(
        case.object or QCoreApplication.translate("CasePage", "（对象不明）"), "title", wrap=True, select=True
    )
    top.addWidget(title, 1)
    top.addWidget(Chip(case.state_name, "amber" if case.missing else "accent"), 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(top)
    card.body.addLayout(_marks(case, lang))
    if case.left:
        gone = QCoreApplication.translate("CasePage", "不再属于本单位")
        card.body.addWidget(IconChip(gone, theme.AMBER, theme.AMBER_SOFT, "back"))
        since = label(case.left, wrap=True, select=True)
        since.setObjectName("caseLeft")
        card.body.addWidget(since)
    if case.missing and not case.left:
        items = listed(labels.label_of("field", one, lang) for one in case.missing)
        lacking = QCoreApplication.translate("CasePage", "还缺：{items}").format(items=items)
        card.body.addWidget(IconChip(lacking, theme.AMBER, theme.AMBER_SOFT, "note"))
    for one in case.next:
        said = one.line
        if len(case.matters) > 1:
            said = QCoreApplication.translate("CasePage", "事项{n}：{line}").format(n=one.matter, line=said)
        row = QCoreApplication.translate("CasePage", "下一步：{line}").format(line=said)
        made = label(row, wrap=True, select=True)
        made.setObjectName(f"caseNext{one.matter}")
        made.setToolTip(one.why or listed(one.persons))
        card.body.addWidget(made)
    facts = (
        (QCoreApplication.translate("CasePage", "地点"), case.place),
        (QCoreApplication.translate("CasePage", "所属镇街"), case.town),
        (QCoreApplication.translate("CasePage", "首接单位"), case.first_receiver_name),
        (QCoreApplication.translate("CasePage", "本单位经办"), case.in_charge),
        (QCoreApplication.translate("CasePage", "来源"), case.channel),
        (QCoreApplication.translate("CasePage", "来电时间"), full_moment(case.received_at)),
        (QCoreApplication.translate("CasePage", "登记时间"), full_moment(case.registered_at)),
        (QCoreApplication.translate("CasePage", "人数"), str(case.headcount or "")),
        (QCoreApplication.translate("CasePage", "外部编号"), case.external_no),
    )
    card.body.addLayout(grid_of(facts, 3))
    return card


def _marks(case: CaseView, lang: str) -> Flow:
    row = Flow()
    number = label(case.number, "quiet", select=True)
    number.setContentsMargins(0, 4, 0, 4)
    row.addWidget(number)
    running = [clock for clock in case.deadlines if clock.state == "open" and clock.due]
    if running:
        first = min(running, key=lambda clock: clock.due or "")
        ink, ground, icon = theme.level_look(first.level)
        words = QCoreApplication.translate("CasePage", "{what}：{left}")
        chip = IconChip(words.format(what=first.label, left=first.countdown), ink, ground, icon)
        chip.setToolTip(first.why)
        row.addWidget(chip)
    urgent = "immediate" in case.flags
    words = QCoreApplication.translate("CasePage", "办理：{how}").format(how=case.handling)
    row.addWidget(_urgency(words, urgent))
    words = QCoreApplication.translate("CasePage", "移送：{how}").format(how=case.transfer_urgency)
    row.addWidget(_urgency(words, "urgent" in case.flags))
    if case.confidential != "none":
        grade = labels.choice("confidential", case.confidential, lang)
        words = QCoreApplication.translate("CasePage", "保密：{grade}").format(grade=grade)
        row.addWidget(IconChip(words, theme.AMBER, theme.AMBER_SOFT, "secret"))
    return row


def _urgency(words: str, urgent: bool) -> IconChip:
    if urgent:
        return IconChip(words, theme.RED, theme.RED_SOFT, "urgent")
    return IconChip(words, theme.QUIET, theme.GROUND, "clock")


def grid_of(facts: Sequence[tuple[str, str]], across: int) -> QGridLayout:
    """Lay captions over values in columns, leaving out what is empty."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(10)
    shown = [(caption, value) for caption, value in facts if value]
    for at, (caption, value) in enumerate(shown):
        grid.addWidget(pair(caption, value), at // across, at % across, Qt.AlignmentFlag.AlignTop)
    for column in range(across):
        grid.setColumnStretch(column, 1)
    return grid


def complainant_card(case: CaseView) -> Card:
    """Who complains and in which words; a line in place of it when this person may not see it."""
    card = Card(QCoreApplication.translate("CasePage", "投诉人和内容"))
    if case.masked:
        words = QCoreApplication.translate("CasePage", "投诉人信息不对本单位显示；查看会留下记录。")
        card.body.addWidget(IconChip(words, theme.AMBER, theme.AMBER_SOFT, "secret"))
        return card
    if case.erased:
        card.body.addWidget(label(case.erased, "quiet", wrap=True))
        return card
    name = f"{case.complainant_name} {case.salutation}".strip()
    facts = (
        (QCoreApplication.translate("CasePage", "姓名"), name),
        (QCoreApplication.translate("CasePage", "联系方式"), case.contact),
        (QCoreApplication.translate("CasePage", "地址"), case.complainant_address),
    )
    card.body.addLayout(grid_of(facts, 3))
    if case.content:
        card.body.addWidget(label(case.content, wrap=True, select=True))
    if case.record and case.record != case.content:
        words = QCoreApplication.translate("CasePage", "来电记录原文")
        card.body.addWidget(Unfold(words, label(case.record, wrap=True, select=True)))
    return card


def matters_card(matters: Sequence[MatterView]) -> Card:
    """Each matter: who leads, why, who assists, and the facts behind it."""
    card = Card(QCoreApplication.translate("CasePage", "责任单位和依据"))
    for at, matter in enumerate(matters):
        if at:
            card.body.addWidget(line())
        row = QHBoxLayout()
        prefix = f"{matter.n}. " if len(matters) > 1 else ""
        row.addWidget(label(prefix + matter.lead_name, "lead", wrap=True), 1)
        row.addWidget(Chip(matter.state_name))
        card.body.addLayout(row)
        card.body.addWidget(label(matter.why, wrap=True, select=True))
        facts = [(words, value) for _name, words, value in matter.facts]
        if matter.supporting:
            facts.insert(0, (QCoreApplication.translate("CasePage", "配合单位"), listed(matter.supporting)))
        if matter.accept_no:
            facts.insert(0, (QCoreApplication.translate("CasePage", "受理编号"), matter.accept_no))
        if facts:
            inside = QWidget()
            inside.setLayout(grid_of(facts, 2))
            card.body.addWidget(Unfold(QCoreApplication.translate("CasePage", "已知情况"), inside))
    return card


def links_card(links: Sequence[LinkView], show: Callable[[str], object]) -> Card:
    """The other cases that belong to this one, each with a button that opens it."""
    card = Card(QCoreApplication.translate("CasePage", "关联案件"))
    for at, one in enumerate(links):
        words = f"{one.label} {one.number}"
        card.body.addWidget(
            button(words, partial(show, one.case_id), icon="next", name=f"link{at}_{one.kind}"),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
    return card


def transfers_card(transfers: Sequence[TransferView], preview: Callable[[], object]) -> Card:
    """Each transfer with the state of its slip and a button that shows it."""
    card = Card(QCoreApplication.translate("CasePage", "移送"))
    for at, one in enumerate(transfers):
        if at:
            card.body.addWidget(line())
        row = QHBoxLayout()
        row.addWidget(label(f"{one.from_name} → {listed(one.to_names)}", "lead", wrap=True), 1)
        row.addWidget(
            button(QCoreApplication.translate("CasePage", "移送单"), preview, icon="paper", name=f"slip_{one.id}")
        )
        card.body.addLayout(row)
        approval = " · ".join(part for part in (one.approved_by, one.road) if part)
        contact = f"{one.contact_person} {one.contact_number}".strip()
        facts = (
            (QCoreApplication.translate("CasePage", "移送单编号"), one.slip_no),
            (QCoreApplication.translate("CasePage", "拟移送人"), one.proposer),
            (QCoreApplication.translate("CasePage", "审批"), approval),
            (QCoreApplication.translate("CasePage", "移送方式"), one.method),
            (QCoreApplication.translate("CasePage", "移送时间"), full_moment(one.sent_at or "")),
            (QCoreApplication.translate("CasePage", "送达时间"), full_moment(one.delivered_at or "")),
            (QCoreApplication.translate("CasePage", "签收人"), one.signed_by),
            (QCoreApplication.translate("CasePage", "对方联系人"), contact),
            (QCoreApplication.translate("CasePage", "改派理由"), one.reason),
        )
        card.body.addLayout(grid_of(facts, 3))
    return card


def tell_card(case: CaseView, copy: Callable[[str], None]) -> Card:
    """The sentence to read aloud to the complainant and the short message, each with 复制."""
    card = Card(QCoreApplication.translate("CasePage", "告知投诉人"))
    for caption, words in (
        (QCoreApplication.translate("CasePage", "电话里这样说"), case.tell_complainant),
        (QCoreApplication.translate("CasePage", "短信"), case.short_message),
    ):
        if words:
            row = QHBoxLayout()
            row.addWidget(pair(caption, words), 1)
            take = button(QCoreApplication.translate("CasePage", "复制"), _copier(copy, words), icon="copy")
            take.setAccessibleName(QCoreApplication.translate("CasePage", "复制：{what}").format(what=caption))
            row.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(row)
    return card


def _copier(copy: Callable[[str], None], words: str) -> Callable[[], None]:
    return lambda: copy(words)


def clocks_card(clocks: Sequence[DueView]) -> Card:
    """All clocks, the open ones first, each with how it was counted."""
    card = Card(QCoreApplication.translate("CasePage", "期限"))
    running = [one for one in clocks if one.state == "open"]
    over = [one for one in clocks if one.state != "open"]
    for at, one in enumerate(sorted(running, key=lambda clock: clock.due or "9999")):
        if at:
            card.body.addWidget(line())
        card.body.addWidget(clock_of(one))
    if not running:
        card.body.addWidget(label(QCoreApplication.translate("CasePage", "没有正在计算的期限。"), "quiet"))
    if over:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for one in over:
            column.addWidget(clock_of(one))
        words = QCoreApplication.translate("CasePage", "已完成的期限 {count}").format(count=len(over))
        card.body.addWidget(Unfold(words, inside))
    return card


def clock_of(clock: DueView) -> QWidget:
    """One clock: what, how it stands, until when, how counted."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(4)
    column.addWidget(label(clock.label, wrap=True))
    ink, ground, icon = theme.level_look(clock.level)
    chip = IconChip(clock.countdown, ink, ground, icon)
    chip.setToolTip(clock.why)
    column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
    until = full_moment(clock.due or "")
    if until:
        words = QCoreApplication.translate("CasePage", "到期 {time}，{owner}").format(time=until, owner=clock.owner)
        if clock.status == "provisional":
            words += QCoreApplication.translate("CasePage", "（暂定）")
        column.addWidget(label(words, "small", wrap=True))
    column.addWidget(Unfold(QCoreApplication.translate("CasePage", "怎样计算的"), counting(clock)))
    return made


def counting(clock: DueView) -> QWidget:
    """The steps of the count: start, every rest day left out, every make-up workday, the end (plain days unsaid)."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(10, 0, 0, 4)
    column.setSpacing(6)
    column.addWidget(label(clock.why, "small", wrap=True, select=True))
    for old, until in clock.was:
        words = QCoreApplication.translate("CasePage", "原为 {old}，{until} 录入放假安排后重算").format(
            old=full_moment(old), until=full_moment(until)
        )
        column.addWidget(label(words, "small", wrap=True, select=True))
    steps = "\n".join(_step(step) for step in clock.counted if step.get("what") != "counted")
    if steps:
        column.addWidget(label(steps, "small", select=True))
    return made


def _step(step: dict[str, Any]) -> str:
    words = {
        "start": QCoreApplication.translate("CasePage", "起算"),
        "skipped": QCoreApplication.translate("CasePage", "不计"),
        "make_up": QCoreApplication.translate("CasePage", "计入"),
        "due": QCoreApplication.translate("CasePage", "到期"),
        "rest_day_end": QCoreApplication.translate("CasePage", "末日"),
    }
    what = str(step.get("what", ""))
    return f"{short_moment(str(step.get('date', '')))}  {words.get(what, what)}  {step.get('note', '')}".rstrip()
