"""Several rows chosen: how many, what can be done with all of them, copy."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from liaison_app.desk.views import ActionView, CaseView
from ui.context import Context
from ui.widgets.parts import button, label

MOST = 200
"""Cases that one act may go to: each is decided for itself."""


class ChosenBar(QFrame):
    """Stands above the table while more than one row is chosen."""

    def __init__(
        self,
        context: Context,
        refs: Callable[[], list[str]],
        copy: Callable[[], None],
        parent: QWidget | None = None,
        *,
        least: int = 2,
        only: tuple[str, ...] = (),
    ) -> None:
        """``least``: shown from so many rows on; ``only``: the acts to offer, in this order, all when empty."""
        super().__init__(parent)
        self._context, self._refs = context, refs
        self._least, self._only = least, only
        self.setProperty("card", True)
        self.setObjectName("chosenBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        self._count = label("", "lead")
        row.addWidget(self._count)
        row.addStretch(1)
        self.acts = button(self.tr("批量办理(&M)…"), self.ask, icon="next", kind="primary", name="manyActs")
        row.addWidget(button(self.tr("复制(&Y)"), copy, name="manyCopy"))
        row.addWidget(self.acts)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are chosen; hide below the least."""
        self.setVisible(count >= self._least)
        self._count.setText(self.tr("已选 {n} 件").format(n=count))
        self._count.setAccessibleName(self._count.text())
        self.acts.setEnabled(count <= MOST)
        self.acts.setToolTip("" if count <= MOST else self.tr("一次最多办理 {n} 件").format(n=MOST))

    def ask(self) -> None:
        """Offer what all chosen cases have in common."""
        refs, desk = self._refs(), self._context.desk

        def read() -> tuple[tuple[ActionView, ...], list[CaseView]]:
            return desk.common_actions(refs), [desk.case(ref) for ref in refs]

        self._context.bridge.read(read, self._offer, owner=self)

    def _offer(self, found: tuple[tuple[ActionView, ...], list[CaseView]]) -> None:
        actions, cases = found
        menu = QMenu(self)
        menu.setObjectName("manyMenu")
        if self._only:
            chosen = [one for one in actions if one.action in self._only]
            actions = tuple(sorted(chosen, key=lambda one: self._only.index(one.action)))
        for action in actions:
            if action.action != "attach":
                menu.addAction(action.label).triggered.connect(
                    lambda _on=False, action=action: self._open(cases, action)
                )
        if menu.isEmpty():
            menu.addAction(self.tr("所选案件没有共同的办理事项")).setEnabled(False)
        menu.popup(self.acts.mapToGlobal(self.acts.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])  # the arrows begin there

    def _open(self, cases: list[CaseView], action: ActionView) -> None:
        from ui.dialogs.many import ManyDialog

        ManyDialog(self._context, cases, action, self.window()).open()
