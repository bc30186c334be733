"""The steps of 新手导览: what the walk for a newcomer shows, in the order of a liaison's first hour."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from liaison_app.desk.views import PageView
from ui.widgets.newcomer import Stop

if TYPE_CHECKING:
    from ui.views.workplace import Workplace


def stops(place: "Workplace") -> tuple[Stop, ...]:
    """Return the steps in the language installed now; each leaves from the lists, so that no pages pile up."""
    said = QCoreApplication.translate
    actions = place.context.actions

    def by(*names: str) -> Callable[[], None]:
        def go() -> None:
            for name in names:
                actions.action(name).trigger()

        return go

    def a_case() -> None:
        place.open_list("all")
        desk = place.context.desk

        def then(found: PageView) -> None:
            if found.items and not place.newcomer.isHidden():
                place.open_case(found.items[0].case_id)
                place.newcomer.frame_again()

        place.context.bridge.read(lambda: desk.page("all", limit=1), then, owner=place, key="tour")

    def page() -> QWidget:
        return place.page()

    return (
        Stop(
            said("Newcomer", "今日待办"),
            said("Newcomer", "一上班先看这里：要本单位办的事，最早到期的在最上面。选一行按回车，就打开那一步的表单。"),
            by("list_1"), page,
        ),
        Stop(
            said("Newcomer", "列表"),
            said("Newcomer", "左边是各个列表和件数：待移送、待签收、逾期……用 Ctrl+1 到 Ctrl+9 直接打开。"),
            by("list_1"), lambda: place.rail,
        ),
        Stop(
            said("Newcomer", "查找和命令"),
            said("Newcomer", "上面的框按姓名、电话、地点、编号查找（Ctrl+F）。记不住命令时按 Ctrl+K，输入几个字就找得到。"),
            by("list_9"), lambda: place.row.search,
        ),
        Stop(
            said("Newcomer", "一件投诉"),
            said("Newcomer", "状态、期限和下一步在最上面，Ctrl+回车办理下一步。按 F1 看期限怎么算的、依据哪一条。没有案件时先看列表。"),
            a_case, page,
        ),
        Stop(
            said("Newcomer", "登记投诉"),
            said("Newcomer", "左边照原话记录，右边填要素；程序说明由谁负责、为什么、到何时，拿不准的会问您。打的字随时自动保存。"),
            by("list_1", "register"), page,
        ),
        Stop(
            said("Newcomer", "签批夹"),
            said("Newcomer", "移送单要领导批准：领导在这里逐件看、逐件签；批准以后有了编号，就可以打印、送出。"),
            by("list_1", "folder"), page,
        ),
        Stop(
            said("Newcomer", "规则在哪里"),
            said("Newcomer", "各部门的职责、移送决定表、时限和依据都在这一页，可以按字查找。"),
            by("list_1", "mechanism"), page,
        ),
        Stop(
            said("Newcomer", "离开也不丢"),
            said("Newcomer", "最下面一行说数据在哪里、同步到什么时候。断网、断电都不丢；换人用右上角的姓名。指南在 Shift+F1。"),
            by("list_1"), lambda: place.status,
        ),
    )  # fmt: skip
