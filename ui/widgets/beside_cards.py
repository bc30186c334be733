"""The cards 争议 and 可能是同一件事 of a case page: both sides' reasons, and the cases that are like it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from liaison_app.desk.alike_views import BesideView, DisputeView, PositionView
from ui import theme
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, Chip, IconChip, button, label, line


def dispute_card(dispute: DisputeView, *, several: bool) -> Card:
    """Both sides beside one another, in order of time; the decisions under them."""
    words = QCoreApplication.translate("BesideCards", "争议和指定")
    if several:
        words = QCoreApplication.translate("BesideCards", "争议和指定（事项{n}）").format(n=dispute.matter)
    card = Card(words)
    card.setObjectName(f"dispute{dispute.matter}")
    top = QHBoxLayout()
    state = (
        QCoreApplication.translate("BesideCards", "待决定")
        if dispute.open
        else QCoreApplication.translate("BesideCards", "已有结果")
    )
    top.addWidget(Chip(state, "amber" if dispute.open else "green"))
    if dispute.countdown:
        ink, ground, icon = theme.level_look(dispute.level)
        top.addWidget(IconChip(dispute.countdown, ink, ground, icon))
    top.addStretch(1)
    card.body.addLayout(top)
    across = QHBoxLayout()
    across.setSpacing(20)
    columns = QVBoxLayout(), QVBoxLayout()
    sides = list(dict.fromkeys(one.body for one in dispute.positions))
    for one in dispute.positions:
        columns[min(sides.index(one.body), 1)].addLayout(_position(one))
    for column in columns:
        column.setSpacing(10)
        column.addStretch(1)
        across.addLayout(column, 1)
    card.body.addLayout(across)
    for one in dispute.decisions:
        card.body.addWidget(line())
        card.body.addLayout(_position(one))
    return card


def _position(one: PositionView) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(label(one.body, "lead", wrap=True))
    column.addWidget(label(f"{one.role}　{short_moment(one.at)}", "small", wrap=True))
    if one.proposed:
        column.addWidget(label(f"→ {one.proposed}", wrap=True))
    if one.reasons:
        column.addWidget(label(one.reasons, wrap=True, select=True))
    if one.clause:
        words = QCoreApplication.translate("BesideCards", "依据：{clause}").format(clause=one.clause)
        column.addWidget(label(words, "quiet", wrap=True, select=True))
    return column


def alike_card(found: BesideView, show: Callable[[str], object], merge: Callable[[str], object]) -> Card:
    """Open cases of the same telephone, place or object, each with 打开 and, where it may be, 并入这件."""
    card = Card(QCoreApplication.translate("BesideCards", "可能是同一件事"))
    card.setObjectName("alikeCard")
    for at, row in enumerate(found.alike):
        if at:
            card.body.addWidget(line())
        card.body.addWidget(label(f"{row.number}　{row.title or row.place}", wrap=True, select=True))
        words = QCoreApplication.translate("BesideCards", "{state}　{when}　{who}")
        said = words.format(state=row.state_name, when=short_moment(row.registered_at), who=row.first_receiver_name)
        card.body.addWidget(label(said, "small", wrap=True))
        ends = QHBoxLayout()
        words = QCoreApplication.translate("BesideCards", "打开")
        ends.addWidget(button(words, partial(show, row.case_id), icon="next", name=f"alike_{row.case_id}"))
        if found.can_merge:
            words = QCoreApplication.translate("BesideCards", "并入这件…")
            ends.addWidget(button(words, partial(merge, row.number), name=f"merge_{row.case_id}"))
        ends.addStretch(1)
        card.body.addLayout(ends)
    return card
