"""补正: beside the missing items the facts on which responsibility hangs, and who is responsible with them."""

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from liaison_app.desk.views import ActionView, CaseView, ProposalView
from ui.context import Context
from ui.dialogs.act import ActDialog
from ui.widgets.fact_questions import FactQuestions
from ui.widgets.parts import Card, label


class CompleteDialog(ActDialog):
    """The form of 补正. Only what is given changes; what is known already is said in its field."""

    def __init__(
        self, context: Context, case: CaseView, action: ActionView, parent: QWidget | None = None, **more: Any
    ) -> None:
        self.questions = FactQuestions()
        self.lead = label("", "lead", wrap=True)
        self._known: dict[str, Any] | None = None
        super().__init__(context, case, action, parent, **more)
        for name, field in self.inputs.items():
            if isinstance(field, QLineEdit) and bool(getattr(case, name, None)):
                field.setPlaceholderText(self.tr("已有，不改可不填"))
        self.questions.answered.connect(self._ask)
        self._ask()

    def values(self) -> dict[str, Any]:
        """Return what was filled in, with the facts that are new or other than before."""
        found, before = super().values(), self._known or {}
        facts = {fact: value for fact, value in self.questions.facts.items() if before.get(fact) != value}
        return found | ({"facts": facts} if facts else {})

    def _more(self) -> list[QWidget]:
        card = Card(self.tr("还需问清（可不答）"))
        card.body.addWidget(self.lead)
        card.body.addWidget(self.questions)
        return [card]

    def _ask(self) -> None:
        desk, case, n, facts = self._context.desk, self._case.case_id, self._action.matter, dict(self.questions.facts)

        def then(found: tuple[dict[str, Any], ProposalView]) -> None:
            known, said = found
            if self._known is None:
                self._known = dict(known)
                self.questions.facts.update(known)
            self.lead.setText(self.tr("负责单位：{0}").format(said.lead_name))
            self.lead.setToolTip(said.why)
            self.questions.show_questions(said.questions)

        self._context.bridge.read(lambda: desk.completing(case, n, facts), then, owner=self, key=f"complete-{id(self)}")
