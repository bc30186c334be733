"""The first journey through the real window, without hands: pictures in both languages and the slip as PDF."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from ui.app import Program
from ui.dialogs.act import ActDialog
from ui.dialogs.paper import PaperDialog
from ui.language import CHINESE, ENGLISH
from ui.options import Options
from ui.views.case_page import CasePage
from ui.views.registration import RegistrationView

STATED = datetime.fromisoformat("2026-09-30T09:08:00+08:00")
CALL = "滨河路8号锦绣名城工地，半夜十二点还在打桩，一家人睡不着。电话13900000001，我姓𬱖。"
FIELDS = {
    "object": "锦绣名城工地", "place": "望江街道滨河路8号", "complainant_name": "𬱖", "complainant_address": "滨河路10号2单元",
    "contact": "13900000001", "town": "望江街道",
}  # fmt: skip
FACTS: dict[str, Any] = {
    "medium": "noise", "source": "construction", "project_class": "building", "construction_cause": "machinery",
    "at_night": True, "serious_noise": True,
}  # fmt: skip
PATIENCE_MS = 20_000


def walk(app: QApplication, folder: Path) -> int:
    """Walk the journey in both languages; return 0, or 1 when a step did not come."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang in (CHINESE, ENGLISH):
        home = Path(tempfile.mkdtemp(prefix="liaison-tour-"))
        program = Program(app, Options(home=home / "desk", demo=True, person="p-zhoumin", lang=lang, now=STATED))
        try:
            _Tour(program, folder, lang).walk()
        except TimeoutError as late:
            print(f"{lang}: {late}")
            return 1
        finally:
            program.window.close()
            program.close()
            shutil.rmtree(home, ignore_errors=True)
    for path in sorted(folder.iterdir()):
        print(path)
    return 0


class _Tour:
    def __init__(self, program: Program, folder: Path, lang: str) -> None:
        self._program, self._folder, self._lang, self._count = program, folder, lang, 0

    def walk(self) -> None:
        """Register, transfer by telephone approval, deliver, tell; then sign, accept and tell at the addressee."""
        program = self._program
        program.start()
        program.window.resize(1366, 768)
        self._until(lambda: program.window.workplace is not None, "the desk opens")
        self._settle()
        self._wait(200)
        self._picture("today")
        self._press("list_9")
        self._picture("queue")
        self._register()
        for action, filled in (
            ("propose-transfer", {}),
            ("approve", {"road": "telephone", "number": "67820001", "words": "同意，马上送"}),
            ("transfer", {"method": "fax", "to_number": "86006200"}),
            (
                "deliver",
                {"confirmed_by": "刘洋", "evidence": "传真回执", "contact_person": "刘洋", "contact_number": "12369"},
            ),
            ("inform", {}),
        ):
            self._act(action, filled)
        self._picture("case")
        self._slip()
        case = self._case_page().case_ref()
        self._sit_down("p-zhaowenjing")
        assert program.window.workplace is not None
        program.window.workplace.open_case(case)
        self._until(lambda: self._case_page().case is not None, "the case opens")
        for action in ("sign", "accept", "inform"):
            self._act(action, {})
        self._picture("accepted")

    def _register(self) -> None:
        self._press("register")
        form = self._page()
        assert isinstance(form, RegistrationView)
        form.record.setPlainText(CALL)
        for name, text in FIELDS.items():
            form.fields[name].setText(text)
        for fact, value in FACTS.items():
            form.questions.set_fact(fact, value)
        self._wait(500)
        self._settle()
        self._picture("register")
        form.save()
        self._until(lambda: isinstance(self._page(), CasePage) and self._case_page().case is not None, "registered")
        self._picture("registered")

    def _act(self, action: str, filled: dict[str, str]) -> None:
        page = self._case_page()
        before = page.case
        assert before is not None
        page.do(next(a for a in before.actions if a.action == action))
        dialog = self._dialog(ActDialog)
        for name, value in filled.items():
            _fill(dialog.inputs[name], value)
        self._wait(60)
        self._picture(action, dialog)
        dialog.submit()
        self._until(lambda: page.case is not before, action)
        self._settle()

    def _slip(self) -> None:
        self._case_page().preview_slip()
        dialog = self._dialog(PaperDialog)
        self._until(lambda: dialog.document.pageCount() > 0, "the slip")
        self._wait(300)
        self._picture("slip", dialog)
        saved = self._folder / f"{self._lang}-slip.pdf"
        dialog.save_to(saved)
        self._until(saved.exists, "the slip as a file")
        self._settle()
        dialog.reject()
        self._settle()

    def _sit_down(self, person: str) -> None:
        self._press("switch_person")
        program = self._program
        self._picture("people")
        assert program.window.chooser is not None
        program.window.chooser.chosen.emit(person, "")
        self._until(lambda: program.desk is not None and program.desk.person.id == person, "the other person")
        self._settle()

    def _page(self) -> QWidget:
        assert self._program.window.workplace is not None
        return self._program.window.workplace.page()

    def _case_page(self) -> CasePage:
        page = self._page()
        assert isinstance(page, CasePage)
        return page

    def _dialog(self, kind: type[Any]) -> Any:
        def found() -> QDialog | None:
            return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)

        self._until(lambda: found() is not None, kind.__name__)
        return found()

    def _press(self, action: str) -> None:
        assert self._program.actions is not None
        self._program.actions.action(action).trigger()
        self._settle()

    def _settle(self) -> None:
        self._until(lambda: self._program.bridge.idle, "work to end")
        self._wait(80)

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        for _ in range(PATIENCE_MS // 20):
            if holds():
                return
            self._wait(20)
        raise TimeoutError(what)

    def _wait(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _picture(self, name: str, widget: QWidget | None = None) -> None:
        self._count += 1
        path = self._folder / f"{self._lang}-{self._count:02d}-{name}.png"
        (widget or self._program.window).grab().save(str(path))


def _fill(field: QWidget, value: str) -> None:
    if isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(value))
    elif isinstance(field, QLineEdit):
        field.setText(value)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(value)
