"""The one registry of what can be done in the window: menus, toolbar, palette, shortcut sheet and tests read it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from ui import theme

MENUS = ("file", "go", "case", "view", "help")


@dataclass(frozen=True)
class ActionSpec:
    """One thing that can be done: where it stands, its words and tip, key, icon, whether a case must be open or a page offer it."""

    id: str
    menu: str
    words: str
    tip: str
    shortcut: str = ""
    icon: str = ""
    needs_case: bool = False
    checkable: bool = False
    starts_group: bool = False
    of_page: bool = False


def menu_words() -> dict[str, str]:
    """Return the titles of the menus with their mnemonics."""
    return {
        "file": QCoreApplication.translate("Actions", "文件(&F)"),
        "go": QCoreApplication.translate("Actions", "转到(&G)"),
        "case": QCoreApplication.translate("Actions", "案件(&C)"),
        "view": QCoreApplication.translate("Actions", "视图(&V)"),
        "help": QCoreApplication.translate("Actions", "帮助(&H)"),
    }


def _file_specs() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            "register",
            "file",
            QCoreApplication.translate("Actions", "登记投诉(&N)"),
            QCoreApplication.translate("Actions", "打开登记表，记下来电或来访"),
            "Ctrl+N",
            "register",
        ),
        ActionSpec(
            "import",
            "file",
            QCoreApplication.translate("Actions", "导入表格(&I)…"),
            QCoreApplication.translate("Actions", "从表格文件读入已有的投诉"),
            "Ctrl+I",
            "import",
        ),
        ActionSpec(
            "print",
            "file",
            QCoreApplication.translate("Actions", "打印(&P)…"),
            QCoreApplication.translate("Actions", "预览并打印本页的文书"),
            "Ctrl+P",
            "print",
            starts_group=True,
        ),
        ActionSpec(
            "backup",
            "file",
            QCoreApplication.translate("Actions", "备份本机数据(&B)…"),
            QCoreApplication.translate("Actions", "把本机数据加密存成一个文件"),
            "",
            "backup",
        ),
        ActionSpec(
            "people",
            "file",
            QCoreApplication.translate("Actions", "工作人员(&W)…"),
            QCoreApplication.translate("Actions", "谁可以使用这个工作台：新增、开通、离任"),
            "",
            "person",
        ),
        ActionSpec(
            "switch_person",
            "file",
            QCoreApplication.translate("Actions", "换人(&L)"),
            QCoreApplication.translate("Actions", "换另一位工作人员，正在写的草稿会保留"),
            "Ctrl+Shift+L",
            "switch",
            starts_group=True,
        ),
        ActionSpec(
            "lock",
            "file",
            QCoreApplication.translate("Actions", "锁定(&K)"),
            QCoreApplication.translate("Actions", "离开座位时锁定窗口"),
            "Ctrl+L",
            "lock",
        ),
        ActionSpec(
            "quit",
            "file",
            QCoreApplication.translate("Actions", "退出(&Q)"),
            QCoreApplication.translate("Actions", "关闭工作台，草稿已自动保存"),
            "Ctrl+Q",
            "quit",
            starts_group=True,
        ),
    )


def _go_specs() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            "back",
            "go",
            QCoreApplication.translate("Actions", "返回(&B)"),
            QCoreApplication.translate("Actions", "回到上一页"),
            "Alt+Left",
            "back",
        ),
        ActionSpec(
            "search",
            "go",
            QCoreApplication.translate("Actions", "查找(&S)"),
            QCoreApplication.translate("Actions", "按姓名、电话、地点、编号查找"),
            "Ctrl+F",
            "search",
        ),
        ActionSpec(
            "refresh",
            "go",
            QCoreApplication.translate("Actions", "刷新(&R)"),
            QCoreApplication.translate("Actions", "重新读取本页"),
            "F5",
            "refresh",
        ),
        ActionSpec(
            "list_1",
            "go",
            QCoreApplication.translate("Actions", "今日待办(&1)"),
            QCoreApplication.translate("Actions", "今天要做的事，按先后排列"),
            "Ctrl+1",
            "today",
            starts_group=True,
        ),
        ActionSpec(
            "list_2",
            "go",
            QCoreApplication.translate("Actions", "待补正(&2)"),
            QCoreApplication.translate("Actions", "要素不全件"),
            "Ctrl+2",
        ),
        ActionSpec(
            "list_3",
            "go",
            QCoreApplication.translate("Actions", "待移送(&3)"),
            QCoreApplication.translate("Actions", "已登记、尚未移送的投诉"),
            "Ctrl+3",
        ),
        ActionSpec(
            "list_4",
            "go",
            QCoreApplication.translate("Actions", "待审批(&4)"),
            QCoreApplication.translate("Actions", "等待审批的移送单"),
            "Ctrl+4",
        ),
        ActionSpec(
            "list_5",
            "go",
            QCoreApplication.translate("Actions", "待签收(&5)"),
            QCoreApplication.translate("Actions", "移送到本单位、尚未签收的投诉"),
            "Ctrl+5",
        ),
        ActionSpec(
            "list_6",
            "go",
            QCoreApplication.translate("Actions", "待受理(&6)"),
            QCoreApplication.translate("Actions", "已签收、尚未受理的投诉"),
            "Ctrl+6",
        ),
        ActionSpec(
            "list_7",
            "go",
            QCoreApplication.translate("Actions", "待告知(&7)"),
            QCoreApplication.translate("Actions", "还要告知投诉人的案件"),
            "Ctrl+7",
        ),
        ActionSpec(
            "list_8",
            "go",
            QCoreApplication.translate("Actions", "逾期(&8)"),
            QCoreApplication.translate("Actions", "已经超过期限的案件"),
            "Ctrl+8",
        ),
        ActionSpec(
            "list_9",
            "go",
            QCoreApplication.translate("Actions", "全部案件(&9)"),
            QCoreApplication.translate("Actions", "本机上的全部案件"),
            "Ctrl+9",
        ),
        ActionSpec(
            "folder",
            "go",
            QCoreApplication.translate("Actions", "签批夹(&0)"),
            QCoreApplication.translate("Actions", "等待领导签批的移送单、回复和代录，逐件看、逐件签"),
            "Ctrl+0",
            "approve",
        ),
        ActionSpec(
            "calls",
            "go",
            QCoreApplication.translate("Actions", "回访电话单(&V)"),
            QCoreApplication.translate("Actions", "逐件回访：电话、已作的答复、三项评价，就地记录"),
            "Ctrl+Shift+V",
            "phone",
            starts_group=True,
        ),
        ActionSpec(
            "inquiry",
            "go",
            QCoreApplication.translate("Actions", "查询和催问(&Q)"),
            QCoreApplication.translate("Actions", "来电人问办得怎样：可以告诉的话，记录催问"),
            "Ctrl+Shift+I",
            "phone",
        ),
        ActionSpec(
            "oversee",
            "go",
            QCoreApplication.translate("Actions", "督查总览(&O)"),
            QCoreApplication.translate("Actions", "各单位的未结和逾期，责任单位，催办、督办、挂牌督办"),
            "Ctrl+Shift+O",
            "overdue",
        ),
        ActionSpec(
            "directory",
            "go",
            QCoreApplication.translate("Actions", "通讯录(&P)"),
            QCoreApplication.translate("Actions", "各单位的热线、联络员和领导，可按拼音首字母查找"),
            "Ctrl+Shift+B",
            "person",
        ),
        ActionSpec(
            "ledger",
            "go",
            QCoreApplication.translate("Actions", "台账与会议(&L)"),
            QCoreApplication.translate("Actions", "名册、月报、公示、值班、督查和会议：登记、办理、销号"),
            "Ctrl+Shift+T",
            "ledger",
        ),
        ActionSpec(
            "mechanism",
            "go",
            QCoreApplication.translate("Actions", "机制(&M)"),
            QCoreApplication.translate("Actions", "部门职责、移送决定表、时限、状态、文书和设置"),
            "Ctrl+Shift+M",
            "mechanism",
        ),
        ActionSpec(
            "statistics",
            "go",
            QCoreApplication.translate("Actions", "统计(&F)"),
            QCoreApplication.translate("Actions", "一个月、季度或年度的各项指标，及每个数字背后的案件"),
            "Ctrl+Shift+G",
            "mechanism",
        ),
        ActionSpec(
            "calendar",
            "go",
            QCoreApplication.translate("Actions", "工作日历(&W)"),
            QCoreApplication.translate("Actions", "休息日、补班日，录入一年的放假安排"),
            "Ctrl+Shift+D",
            "calendar",
        ),
        ActionSpec(
            "sync",
            "go",
            QCoreApplication.translate("Actions", "同步与需核对事项(&Y)"),
            QCoreApplication.translate("Actions", "待上传的、和别处对不上的，以及立即同步"),
            "Ctrl+Shift+Y",
            "refresh",
        ),
    )


def _case_specs() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            "next_act",
            "case",
            QCoreApplication.translate("Actions", "办理下一步(&A)"),
            QCoreApplication.translate("Actions", "打开这件案件的下一步"),
            "Ctrl+Return",
            "done",
            needs_case=True,
        ),
        ActionSpec(
            "case_window",
            "case",
            QCoreApplication.translate("Actions", "在新窗口打开(&W)"),
            QCoreApplication.translate("Actions", "把这件案件放进自己的窗口，和别的案件对照"),
            "Ctrl+Shift+W",
            "paper",
            needs_case=True,
        ),
        ActionSpec(
            "undo",
            "case",
            QCoreApplication.translate("Actions", "收回上一步(&U)…"),
            QCoreApplication.translate("Actions", "说明刚才的办理能不能收回；能收回的，另记一条"),
            "Ctrl+Z",
            "back",
        ),
        ActionSpec(
            "next_call",
            "case",
            QCoreApplication.translate("Actions", "下一位(&X)"),
            QCoreApplication.translate("Actions", "电话单上的下一位"),
            "Ctrl+Down",
            "next",
            needs_case=True,
        ),
        ActionSpec(
            "slip",
            "case",
            QCoreApplication.translate("Actions", "预览移送单(&S)"),
            QCoreApplication.translate("Actions", "在窗口里查看环境污染投诉移送单"),
            "Ctrl+Shift+P",
            "paper",
            needs_case=True,
        ),
        ActionSpec(
            "slips_today",
            "file",
            QCoreApplication.translate("Actions", "打印今天的移送单(&T)…"),
            QCoreApplication.translate("Actions", "今天移出的全部移送单，一次预览、打印"),
            "Ctrl+Alt+P",
            "print",
        ),
        ActionSpec(
            "note",
            "case",
            QCoreApplication.translate("Actions", "写备注(&M)"),
            QCoreApplication.translate("Actions", "写一条只有本单位看得到的备注"),
            "Ctrl+M",
            "note",
            needs_case=True,
        ),
        ActionSpec(
            "copy_case",
            "case",
            QCoreApplication.translate("Actions", "复制案情(&C)"),
            QCoreApplication.translate("Actions", "把案情复制成文字"),
            "Ctrl+Shift+C",
            "copy",
            needs_case=True,
        ),
        ActionSpec(
            "write_reply",
            "case",
            QCoreApplication.translate("Actions", "写回复(&R)"),
            QCoreApplication.translate("Actions", "打开这件案件的回复稿，旁边是案情"),
            "Ctrl+R",
            "note",
            needs_case=True,
            starts_group=True,
            of_page=False,
        ),
        ActionSpec(
            "keep_version",
            "case",
            QCoreApplication.translate("Actions", "存为一版(&V)"),
            QCoreApplication.translate("Actions", "把现在的回复稿存为一版，可以和别的版本比较"),
            "Ctrl+S",
            "backup",
            needs_case=False,
            starts_group=False,
            of_page=True,
        ),
        ActionSpec(
            "submit_reply",
            "case",
            QCoreApplication.translate("Actions", "送审(&E)"),
            QCoreApplication.translate("Actions", "把回复稿送领导签发"),
            "Ctrl+Shift+Return",
            "send",
            needs_case=False,
            starts_group=False,
            of_page=True,
        ),
        ActionSpec(
            "agree_next",
            "case",
            QCoreApplication.translate("Actions", "同意并看下一件(&G)"),
            QCoreApplication.translate("Actions", "签批夹：同意这一件，接着看下一件"),
            "Ctrl+G",
            "approve",
            needs_case=False,
            starts_group=True,
            of_page=True,
        ),
        ActionSpec(
            "return_paper",
            "case",
            QCoreApplication.translate("Actions", "退回并写意见(&T)"),
            QCoreApplication.translate("Actions", "签批夹：选中一段文字，写意见后退回"),
            "Ctrl+T",
            "back",
            needs_case=False,
            starts_group=False,
            of_page=True,
        ),
        ActionSpec(
            "signed_on_paper",
            "case",
            QCoreApplication.translate("Actions", "已在纸上签(&Z)"),
            QCoreApplication.translate("Actions", "签批夹：领导已在纸上签批，附扫描件"),
            "Ctrl+Shift+S",
            "sign",
            needs_case=False,
            starts_group=False,
            of_page=True,
        ),
        ActionSpec(
            "agreed_by_phone",
            "case",
            QCoreApplication.translate("Actions", "电话请示(&D)"),
            QCoreApplication.translate("Actions", "签批夹：领导在电话里同意，记下号码和原话"),
            "Ctrl+Shift+H",
            "phone",
            needs_case=False,
            starts_group=False,
            of_page=True,
        ),
        ActionSpec(
            "agree_kind",
            "case",
            QCoreApplication.translate("Actions", "同类全部同意(&Y)"),
            QCoreApplication.translate("Actions", "签批夹：这一类逐件看过以后，一起同意"),
            "Ctrl+Shift+A",
            "approve",
            needs_case=False,
            starts_group=False,
            of_page=True,
        ),
    )


def _view_specs() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            "palette",
            "view",
            QCoreApplication.translate("Actions", "命令面板(&K)"),
            QCoreApplication.translate("Actions", "输入几个字，找到任何命令"),
            "Ctrl+K",
            "palette",
        ),
        ActionSpec(
            "columns",
            "view",
            QCoreApplication.translate("Actions", "选择列(&C)…"),
            QCoreApplication.translate("Actions", "选择列表显示哪些列、按什么次序"),
            "",
            "columns",
        ),
        ActionSpec(
            "large_type",
            "view",
            QCoreApplication.translate("Actions", "大字(&Z)"),
            QCoreApplication.translate("Actions", "用16磅大字显示"),
            "Ctrl+=",
            "large",
            checkable=True,
            starts_group=True,
        ),
        ActionSpec(
            "language",
            "view",
            QCoreApplication.translate("Actions", "English(&E)"),
            QCoreApplication.translate("Actions", "切换到英文界面"),
            "",
            "language",
        ),
        ActionSpec(
            "idle_lock",
            "view",
            QCoreApplication.translate("Actions", "自动锁定时间(&I)…"),
            QCoreApplication.translate("Actions", "多久没有操作就自动锁定"),
            "",
            "clock",
        ),
    )


def _help_specs() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            "explain",
            "help",
            QCoreApplication.translate("Actions", "期限怎样计算(&F)"),
            QCoreApplication.translate("Actions", "说明当前案件的每个期限是怎样数出来的"),
            "F1",
            "clock",
        ),
        ActionSpec(
            "shortcuts",
            "help",
            QCoreApplication.translate("Actions", "快捷键一览(&S)"),
            QCoreApplication.translate("Actions", "列出全部命令和快捷键"),
            "Shift+F1",
            "help",
        ),
        ActionSpec(
            "log_bundle",
            "help",
            QCoreApplication.translate("Actions", "保存诊断文件(&D)…"),
            QCoreApplication.translate("Actions", "保存一个不含个人信息的诊断文件，供技术人员查看"),
            "",
            "paper",
        ),
        ActionSpec(
            "about",
            "help",
            QCoreApplication.translate("Actions", "关于(&A)"),
            QCoreApplication.translate("Actions", "版本和本机情况，可以复制"),
            "",
            "",
        ),
    )


def catalogue() -> tuple[ActionSpec, ...]:
    """Return every action in the language that is installed now, in the order of the menus."""
    return (*_file_specs(), *_go_specs(), *_case_specs(), *_view_specs(), *_help_specs())


LIST_OF_ACTION = {
    "list_1": "today",
    "list_2": "to-complete",
    "list_3": "to-transfer",
    "list_4": "to-approve",
    "list_5": "to-sign",
    "list_6": "to-accept",
    "list_7": "to-inform",
    "list_8": "overdue",
    "list_9": "all",
}
"""Smart list that a key opens."""


class Actions(QObject):
    """The actions of one window: a QAction each, bound by the window to what it does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.specs: dict[str, ActionSpec] = {}
        self._made: dict[str, QAction] = {}
        for spec in catalogue():
            self.specs[spec.id] = spec
            self._made[spec.id] = self._make(spec)

    def action(self, name: str) -> QAction:
        """Return the action of that id; KeyError for a word that is not in the registry."""
        return self._made[name]

    def bind(self, name: str, what: Callable[[], None]) -> None:
        """Say what an action does."""
        self._made[name].triggered.connect(lambda _checked=False: what())

    def set_case_open(self, is_open: bool) -> None:
        """Enable what needs a case while one is shown."""
        for name, spec in self.specs.items():
            if spec.needs_case:
                self._made[name].setEnabled(is_open)

    def set_offered(self, names: Collection[str]) -> None:
        """Enable what the page in sight offers, among the actions that belong to pages."""
        for name, spec in self.specs.items():
            if spec.of_page:
                self._made[name].setEnabled(name in names)

    def plain_words(self, name: str) -> str:
        """Return the words of an action without mnemonic and dots, as the palette and the shortcut sheet show them."""
        return plain(self.specs[name].words)

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.words, self)
        action.setObjectName(f"action_{spec.id}")
        action.setIconText(plain(spec.words))
        key = QKeySequence(spec.shortcut)
        shown = key.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{spec.tip}  {shown}" if shown else spec.tip)
        action.setStatusTip(spec.tip)
        action.setCheckable(spec.checkable)
        if spec.shortcut:
            action.setShortcut(key)
        if spec.icon:
            action.setIcon(theme.icon(spec.icon))
        if spec.needs_case or spec.of_page:
            action.setEnabled(False)
        return action


def plain(words: str) -> str:
    """Strip the mnemonic ('(&F)' or '&') and the dots from the words of a menu."""
    cut = words
    start = cut.find("(&")
    if start >= 0:
        cut = cut[:start] + cut[start + 4 :]
    return cut.replace("&", "").replace("…", "").strip()
