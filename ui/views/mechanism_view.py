"""机制: the mechanism as the desk reads it, part by part; read-only except the settings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QTabWidget, QVBoxLayout, QWidget

from liaison_app.desk.describing import describe
from liaison_app.desk.describing_views import MechanismView
from ui import theme
from ui.context import Context
from ui.views.decision_table import DecisionTable
from ui.views.figures import FiguresPanel
from ui.views.page import Page
from ui.views.versions_panel import VersionsPanel
from ui.widgets.diagram import StateDiagram
from ui.widgets.folio import Folio
from ui.widgets.parts import button, label
from ui.widgets.sheet import Sheet

TABS = ("bodies", "table", "clocks", "states", "papers", "meetings", "indicators", "settings", "rules", "versions")


class MechanismPage(Page):
    """The parts of the mechanism as tabs; each is made and filled when it is first shown."""

    draft_asked = Signal(object)
    """Open a draft of a new version: the one left open, or None to begin one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("mechanismView")
        self.view: MechanismView | None = None
        self._filled: dict[str, MechanismView] = {}
        self._made: set[str] = set()
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 10)
        page.setSpacing(4)
        self.about = label("", "quiet", wrap=True, select=True)
        page.addWidget(self.about)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("mechanismTabs")
        self.tabs.setAccessibleName(self.tr("机制的各部分"))
        self.tabs.setUsesScrollButtons(False)
        self.tabs.tabBar().setAccessibleName(self.tr("机制的各部分"))
        self.tabs.tabBar().setMinimumHeight(theme.TARGET + 4)
        page.addWidget(self.tabs, 1)
        self._parts = self._makers()
        for name in TABS:
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, self._parts[name][0])
        self._make(TABS[0])
        self.tabs.currentChanged.connect(self._turned)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("机制")

    def refresh(self) -> None:
        """Read the mechanism again; tabs that show the same are left alone."""
        self.context.bridge.read(partial(describe, self.context.desk), self._take, owner=self, key="mechanism")

    def activated(self) -> None:
        """Read, and put the keyboard on the tabs."""
        self.refresh()
        self.tabs.tabBar().setFocus()

    def open_tab(self, name: str) -> None:
        """Show a part by its name in :data:`TABS`."""
        self.tabs.setCurrentIndex(TABS.index(name))

    def _makers(self) -> dict[str, tuple[str, Callable[[], QWidget]]]:
        """Return the title of each tab and what makes it."""
        return {
            "bodies": (self.tr("部门与职责"), self._bodies_tab),
            "table": (self.tr("移送决定表"), self._table_tab),
            "clocks": (self.tr("时限"), self._clocks_tab),
            "states": (self.tr("状态图"), self._states_tab),
            "papers": (self.tr("文书"), self._papers_tab),
            "meetings": (self.tr("会议台账"), self._meetings_tab),
            "indicators": (self.tr("指标"), self._indicators_tab),
            "settings": (self.tr("设置"), self._settings_tab),
            "rules": (self.tr("规则一览"), self._rules_tab),
            "versions": (self.tr("版本"), self._versions_tab),
        }

    def _make(self, name: str) -> None:
        """Make a tab that was never shown."""
        if name not in self._made:
            self._made.add(name)
            holder = self.tabs.widget(TABS.index(name))
            layout = holder.layout() if holder is not None else None
            assert layout is not None
            layout.addWidget(self._parts[name][1]())

    def _turned(self, at: int) -> None:
        self._make(TABS[at])
        self._fill()

    def _bodies_tab(self) -> QWidget:
        self.bodies = Folio(self.tr("部门"), [(self.tr("部门"), 1.0)])
        return self.bodies

    def _table_tab(self) -> QWidget:
        self.table = DecisionTable(self.context)
        return self.table

    def _clocks_tab(self) -> QWidget:
        self.clocks = Sheet(self.tr("时限"), self._clock_columns())
        return self._lone(self.clocks)

    def _papers_tab(self) -> QWidget:
        self.papers = Folio(self.tr("文书"), [(self.tr("文书"), 1.0)])
        return self.papers

    def _meetings_tab(self) -> QWidget:
        self.meetings = Folio(self.tr("会议与台账"), [(self.tr("类别"), 1.0), (self.tr("名称"), 3.0)])
        return self.meetings

    def _indicators_tab(self) -> QWidget:
        self.indicators = FiguresPanel(self.context)
        return self.indicators

    def _clock_columns(self) -> list[tuple[str, float]]:
        return [
            (self.tr("规则"), 1.5), (self.tr("期限"), 2.8), (self.tr("多长"), 1.5), (self.tr("从 → 到"), 3.2), (self.tr("由谁"), 1.5),
            (self.tr("由哪项设置决定"), 3.0), (self.tr("暂停、延期"), 2.0),
        ]  # fmt: skip

    def _lone(self, sheet: Sheet) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(sheet)
        return made

    def _states_tab(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        self.diagram = StateDiagram(self.tr("状态图；右边的列表内容相同"))
        for words, name, zoom in (
            (self.tr("放大"), "zoomIn", lambda: self.diagram.zoom(1.2)),
            (self.tr("缩小"), "zoomOut", lambda: self.diagram.zoom(1 / 1.2)),
            (self.tr("适合宽度"), "zoomFit", self.diagram.fit_width),
        ):
            row.addWidget(button(words, zoom, name=name))
        row.addWidget(label(self.tr("键盘：+ 放大，- 缩小，0 复原"), "small"))
        row.addStretch(1)
        column.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.diagram)
        columns = [
            (self.tr("从"), 2.0),
            (self.tr("做什么"), 1.8),
            (self.tr("到"), 2.0),
            (self.tr("谁"), 1.7),
            (self.tr("规则"), 2.3),
        ]
        self.moves = Sheet(self.tr("状态与步骤列表"), columns)
        self.moves.setObjectName("movesSheet")
        self.moves.setMinimumWidth(300)
        self.moves.currentCellChanged.connect(lambda at, *_: self._point_out(at))
        split.addWidget(self.moves)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([600, 500])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        return made

    def _point_out(self, at: int) -> None:
        if self.view is not None and 0 <= at < len(self.view.transitions):
            move = self.view.transitions[at]
            self.diagram.point_out(move.start, move.to)

    def _settings_tab(self) -> QWidget:
        columns = [
            (self.tr("设置"), 3.2), (self.tr("现用"), 2.2), (self.tr("默认"), 2.2), (self.tr("为什么可选"), 2.6), (self.tr("谁在何时为何选定"), 2.8),
        ]  # fmt: skip
        self.settings = Sheet(self.tr("设置"), columns)
        self.settings.setObjectName("settingsSheet")
        self.settings.opened.connect(self.change_setting)
        made = self._lone(self.settings)
        row = QHBoxLayout()
        self.change = button(
            self.tr("改选中的设置(&X)…"), lambda: self.change_setting(self.settings.currentRow()), kind="primary", name="changeSetting"
        )  # fmt: skip
        row.addWidget(self.change)
        self.change_words = label("", "quiet", wrap=True)
        row.addWidget(self.change_words, 1)
        layout = made.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(row)
        return made

    def change_setting(self, at: int) -> None:
        """Open the dialog of a setting; who may not change it is told so beside the button."""
        if self.view is None or not self.view.may_change or not 0 <= at < len(self.view.settings):
            return
        from ui.dialogs.setting import SettingDialog

        dialog = SettingDialog(self.context, self.view.settings[at], self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self.refresh)
        dialog.open()

    def _versions_tab(self) -> QWidget:
        self.versions = VersionsPanel(self.context)
        self.versions.draft_asked.connect(self.draft_asked.emit)
        return self.versions

    def _rules_tab(self) -> QWidget:
        columns = [
            (self.tr("规则"), 1.4),
            (self.tr("类别"), 1.0),
            (self.tr("标题"), 3.2),
            (self.tr("状态"), 1.3),
            (self.tr("在哪里"), 4.2),
        ]
        self.rules = Sheet(self.tr("规则一览"), columns)
        made = self._lone(self.rules)
        row = QHBoxLayout()
        self.sieve = QLineEdit()
        self.sieve.setObjectName("rulesFind")
        self.sieve.setAccessibleName(self.tr("筛选规则"))
        self.sieve.setPlaceholderText(self.tr("筛选：编号、标题、状态…"))
        self.sieve.setMinimumHeight(theme.TARGET)
        self.sieve.textChanged.connect(self._filter)
        row.addWidget(self.sieve, 1)
        self.counted = label("", "quiet")
        row.addWidget(self.counted, 1)
        layout = made.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, row)
        return made

    def _filter(self, words: str) -> None:
        self.counted.setText(
            self.tr("{shown} 条，共 {all} 条").format(shown=self.rules.filter(words), all=self.rules.rowCount())
        )

    # -- filling ------------------------------------------------------------------------------------

    def _take(self, view: MechanismView) -> None:
        self.view = view
        source = view.sources[0] if view.sources else ""
        self.about.setText(f"{view.name}　{view.version}　{source}")
        self._fill()

    def _fill(self) -> None:
        view = self.view
        name = TABS[self.tabs.currentIndex()]
        if view is None or (self._filled.get(name) == view and name != "versions"):
            return
        self._filled[name] = view
        fill: dict[str, Callable[[MechanismView], None]] = {
            "bodies": lambda v: self.bodies.show_things(v.bodies),
            "table": lambda v: self.table.show_table(v.routing, v.facts),
            "clocks": lambda v: self.clocks.fill(
                [(c.rule, c.words, c.limit, c.span, c.owner, c.switched, c.pauses) for c in v.clocks]
            ),
            "states": self._fill_states,
            "papers": lambda v: self.papers.show_things(v.documents),
            "meetings": lambda v: self.meetings.show_things(v.meetings),
            "indicators": lambda _v: self.indicators.refresh(),
            "settings": self._fill_settings,
            "rules": self._fill_rules,
            "versions": lambda v: self.versions.refresh(v.may_change),
        }
        fill[name](view)

    def _fill_states(self, view: MechanismView) -> None:
        self.moves.fill([(t.start_name, t.act, t.to_name, t.who, t.rule) for t in view.transitions])
        self.diagram.show_states(view.states, view.transitions, self.tr("（新）"))
        self._point_out(self.moves.currentRow())

    def _fill_settings(self, view: MechanismView) -> None:
        self.settings.fill([(s.name, s.value_words, s.default_words, s.because, s.chosen) for s in view.settings])
        for at, setting in enumerate(view.settings):
            self.settings.mark(at, "unknown" if setting.value_words != setting.default_words else "")
        self.change.setEnabled(view.may_change)
        words = self.tr("改动要写理由，立即重算未办结案件的期限。")
        self.change_words.setText(words if view.may_change else self.tr("只有管理员可以改设置。"))

    def _fill_rules(self, view: MechanismView) -> None:
        self.rules.fill([(r.id, r.kind, r.title, r.state, r.places) for r in view.rules])
        self._filter(self.sieve.text())
