"""Care of the program: palette, keys, people, backup, diagnosis, idle time. None of it belongs to a page."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from ui.actions import Actions

if TYPE_CHECKING:
    from ui.app import Program


class Care(QObject):
    """What the menus 文件, 视图 and 帮助 offer beside the pages."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self.program = program

    def bind(self, actions: Actions) -> None:
        """Say what the actions of care do."""
        actions.bind("palette", self._palette)
        actions.bind("shortcuts", self._shortcuts)
        actions.bind("about", self._about)
        actions.bind("backup", self._backup)
        actions.bind("people", self._colleagues)
        actions.bind("log_bundle", self._log_bundle)
        actions.bind("settings", self._settings)
        actions.bind("export_ics", self._calendar)

    def _palette(self) -> None:
        from ui.finding import finder
        from ui.widgets.command_palette import CommandPalette

        assert self.program.actions is not None
        workplace = self.program.window.workplace
        found = finder(workplace.context, workplace.open_directory) if workplace else None
        here = workplace.page().here() if workplace else ()
        CommandPalette(self.program.actions, self.program.window, finder=found, here=here).open()

    def _shortcuts(self) -> None:
        from ui.widgets.command_palette import ShortcutSheet

        assert self.program.actions is not None
        ShortcutSheet(self.program.actions, self._sheet_on_paper, self.program.window).open()

    def _sheet_on_paper(self) -> None:
        """The sheet of keys as a paper to be printed or saved."""
        from ui.dialogs.paper import PdfDialog
        from ui.key_sheet import key_sheet

        program, title = self.program, self.tr("快捷键一览")
        assert program.actions is not None and program.desk is not None
        paper = key_sheet(program.actions, title, program.desk.person.body_name, program.desk.now().date().isoformat())
        dialog = PdfDialog(title, program.show_error, program.window)
        dialog.setWindowTitle(title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        program.bridge.work(
            lambda: program.papers.official([paper]).pdf, lambda pdf: dialog.show_pdf(pdf, title), owner=dialog
        )

    def _about(self) -> None:
        from ui.widgets.about import AboutDialog

        assert self.program.desk is not None
        AboutDialog(self.program.desk.status(), self.program.window).open()

    def _colleagues(self) -> None:
        from ui.dialogs.colleagues import ColleaguesDialog

        assert self.program.desk is not None
        dialog = ColleaguesDialog(
            self.program.desk,
            self.program.bridge,
            self.program.languages.current,
            self.program.notify,
            self.program.window,
        )
        dialog.changed.connect(self.program.take_people)
        dialog.open()

    def _backup(self) -> None:
        desk = self.program.desk
        assert desk is not None

        def write(name: str) -> None:
            self.program.bridge.run(
                lambda: desk.backup(Path(name)), lambda _done: self.program.notify(self.tr("备份已存好。"))
            )

        self._save_as(self.tr("备份本机数据"), f"liaison-{datetime.now(UTC):%Y%m%d}.backup", write)

    def _calendar(self) -> None:
        desk = self.program.desk
        assert desk is not None

        def write(name: str) -> None:
            done = self.tr("期限日历已存好。")
            self.program.bridge.read(
                lambda: Path(name).write_bytes(desk.due_calendar()), lambda _n: self.program.notify(done), owner=self
            )

        self._save_as(self.tr("导出期限日历"), "liaison-due.ics", write)

    def _log_bundle(self) -> None:
        from liaison_app.desk.opening import support_bundle

        home = self.program.options.home

        def write(name: str) -> None:
            done = self.tr("诊断文件已存好。")
            self.program.bridge.run(lambda: support_bundle(home, Path(name)), lambda _done: self.program.notify(done))

        self._save_as(self.tr("保存诊断文件"), "liaison-support.zip", write)

    def _save_as(self, title: str, name: str, write: Any) -> None:
        dialog = QFileDialog(self.program.window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(write)
        dialog.open()

    def _settings(self) -> None:
        from ui.dialogs.settings import SettingsDialog

        assert self.program.settings is not None
        SettingsDialog(self.program.settings, self.program.setting_changed, self.program.window).open()
