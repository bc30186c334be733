"""One act on many cases: the fields are asked once; what is refused is named, and the rest can still be done."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from liaison_app import words
from liaison_app.desk.views import ActionView, CaseView, ManyOutcome
from ui.context import Context
from ui.dialogs.act import ActDialog
from ui.widgets.parts import button, label, listed, noted

NAMED = 6
"""So many cases are named in a sentence; the rest are counted."""


class ManyDialog(ActDialog):
    """Asks what an act needs and does it to every case chosen, or to none."""

    def __init__(
        self, context: Context, cases: Sequence[CaseView], action: ActionView, parent: QWidget | None = None
    ) -> None:
        self._cases = tuple(cases)
        self._allowed: QPushButton | None = None
        super().__init__(context, cases[0], action, parent)
        self.setObjectName(f"many_{action.action}")
        self.setWindowTitle(self.tr("{act}　{n} 件").format(act=action.label, n=len(cases)))

    def about(self) -> str:
        """Return the numbers of the cases."""
        said = listed(case.number for case in self._cases[:NAMED])
        more = self.tr("等 {n} 件") if len(self._cases) > NAMED else self.tr("，共 {n} 件")
        return said + more.format(n=len(self._cases))

    def _draft_on(self) -> str:
        return self.about()

    def _help(self) -> list[QWidget]:
        return [label(self.tr("填写的内容写入每一件；有一件不能办理，就一件也不办。"), "quiet", wrap=True)]

    def submit(self) -> None:
        """Do the act on all; a refusal of one takes all back."""
        self._do(those_allowed=False)

    def _do(self, *, those_allowed: bool) -> None:
        self.wrong.hide()
        self.ok.setEnabled(False)
        desk, refs = self._context.desk, [case.case_id for case in self._cases]
        action, data = self._action.action, self.values()
        self._context.bridge.run(
            lambda: desk.act_many(refs, action, data, those_allowed=those_allowed), self._many_done, self._refused, self
        )

    def _many_done(self, made: ManyOutcome) -> None:
        if made.done:
            self._context.notify(self.tr("已办理 {n} 件：{act}").format(n=len(made.done), act=self._action.label))
            self.done_act.emit(made)
            self.accept()
            return
        numbers = {case.case_id: case.number for case in self._cases}
        said = [
            noted(numbers[ref], words.sentence(error.code, self._context.lang, dict(error.facts)).what)
            for ref, error in made.refused[:NAMED]
        ]
        self.wrong.setText(
            self.tr("有 {n} 件不能办理，所以一件也没有办：").format(n=len(made.refused)) + "\n" + "\n".join(said)
        )
        self.wrong.show()
        self.ok.setEnabled(True)
        left = len(self._cases) - len(made.refused)
        if left and self._allowed is None:
            self._allowed = button(
                self.tr("只办能办的 {n} 件").format(n=left), lambda: self._do(those_allowed=True), name="doAllowed"
            )
            self.ends.insertWidget(1, self._allowed)
