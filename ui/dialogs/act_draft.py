"""What is typed into the form of an act is kept: Esc, another person, an idle lock or a kill cost two seconds at most."""

import uuid
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from liaison_app.desk.views import ActionView, CaseView, DraftView
from ui.context import Context
from ui.widgets.moments import short_moment

AUTOSAVE_MS = 1_000
"""Typing is kept after this time (milliseconds)."""
NAMED = ("what", "outcome", "kind", "step")
"""Fields with one choice that tell acts of one word apart."""


class ActDraft(QObject):
    """The draft of one act on one matter of a case, sealed under the key of the person at work."""

    def __init__(
        self, context: Context, case: CaseView, action: ActionView, typed: Callable[[], dict[str, str]],
        restore: Callable[[Mapping[str, str], str], None], parent: QObject, on: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._case, self._action = context, case, action
        self._typed, self._restore = typed, restore
        self._id, self._there = str(uuid.uuid4()), False
        self._first = self._last = typed()
        told = (f.choices[0][0] for f in action.fields if f.name in NAMED and len(f.choices) == 1)
        self._which = "/".join((*told, on)) if on else "/".join(told)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.save)
        # in the writer's line: what the former form has just handed over must be on the disk
        context.bridge.run(context.desk.drafts, self._take, lambda _error: None, self)

    def changed(self) -> None:
        """Keep it soon."""
        if not self._timer.isActive():
            self._timer.start()

    def save(self) -> None:
        """Keep what is typed now; where nothing own is left, forget it."""
        typed = self._typed()
        if typed == self._last:
            return
        self._last = typed
        if typed == self._first:
            self.forget()
            return
        self._there = True
        named = f"{self._action.label}　{self._case.object or self._case.place}"
        fields = {"typed": typed, "which": self._which, "matter": self._action.matter, "object": named}
        desk, case, draft, kind = self._context.desk, self._case.case_id, self._id, self._action.action
        self._context.bridge.run(lambda: desk.save_draft(kind, case, fields, draft))

    def leave(self) -> bool:
        """Keep what was typed when the form is left undone; say whether there was anything."""
        self._timer.stop()
        self.save()
        return self._there

    def forget(self) -> None:
        """Forget it: it became an act, or nothing of it is left."""
        self._timer.stop()
        if self._there:
            self._there = False
            desk, draft = self._context.desk, self._id
            self._context.bridge.run(lambda: desk.drop_draft(draft))

    def _take(self, drafts: tuple[DraftView, ...]) -> None:
        if self._there or self._typed() != self._first:
            return
        for one in drafts:
            same = (one.kind, one.case_id) == (self._action.action, self._case.case_id)
            told = (one.fields.get("which"), one.fields.get("matter"))
            if same and told == (self._which, self._action.matter):
                self._id, self._there = one.id, True
                self._restore(one.fields["typed"], short_moment(one.saved_at))
                self._last = self._typed()
                return
