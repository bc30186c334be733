"""选人: who is at work. Shown at the start, at 换人 and when the desk was idle; a PIN or pass-phrase where one is set."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.parts import Card, button, label


@dataclass(frozen=True)
class Choice:
    """A person that may take the desk; ``secret`` says whether a PIN or pass-phrase is asked."""

    id: str
    name: str
    body: str
    title: str
    secret: bool


class PersonChooser(QWidget):
    """One button a person, the secret below, one button to go on. Enter goes on, arrows walk."""

    chosen = Signal(str, str)
    """Person id and secret ('' when none is asked)."""
    language_asked = Signal()
    quit_asked = Signal()
    repair_asked = Signal()

    def __init__(
        self, people: Sequence[Choice], first: str, words: str, district: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("personChooser")
        self._people = {one.id: one for one in people}
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        self.above = QVBoxLayout()
        """What stands above the choice: an alarm."""
        outer.addLayout(self.above)
        outer.addStretch(1)
        card = Card()
        card.setMaximumWidth(1060)
        card.body.setContentsMargins(28, 24, 28, 22)
        card.body.setSpacing(12)
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.addWidget(label(self.tr("联络员工作台"), "title"))
        titles.addWidget(label(f"{district}  {words}".strip(), "quiet", wrap=True))
        head.addLayout(titles, 1)
        self.language = button(self.tr("English"), self.language_asked.emit, icon="language", name="chooserLanguage")
        head.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.body.addWidget(self._list(people), 1)
        card.body.addLayout(self._secret_row())
        self._wrong = label("", "wrong", wrap=True)
        self._wrong.setObjectName("chooserWrong")
        card.body.addWidget(self._wrong)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 20)
        middle.addStretch(1)
        outer.addLayout(middle, 20)
        outer.addStretch(1)
        self.choose(first if first in self._people else next(iter(self._people), ""))

    def choose(self, person: str) -> None:
        """Mark a person and take the focus there."""
        if person in self._buttons:
            self._buttons[person].setChecked(True)
            (self.secret if self._people[person].secret else self._buttons[person]).setFocus()
            self._picked()

    def go(self) -> None:
        """Go on with the marked person."""
        marked = self._marked()
        if marked:
            self._wrong.clear()
            self.enter.setEnabled(False)
            self.chosen.emit(marked, self.secret.text())

    def refuse(self, words: str) -> None:
        """Say that the secret is wrong and let it be typed again."""
        self._wrong.setText(words)
        self.enter.setEnabled(True)
        self.secret.selectAll()
        self.secret.setFocus()

    def wait(self, words: str) -> None:
        """Say what is being done before the desk opens."""
        self._wrong.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Right and Left walk through everybody in the order in which they stand, round the ends; Up and Down in the column."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            made = list(self._buttons.values())
            if step is not None and watched in made:
                following = made[(made.index(watched) + step) % len(made)]
                following.setFocus()
                following.setChecked(True)
                self._picked()
                self._area.ensureWidgetVisible(following)
                return True
        return super().eventFilter(watched, event)

    def _marked(self) -> str:
        return next((person for person, made in self._buttons.items() if made.isChecked()), "")

    def _picked(self) -> None:
        marked = self._marked()
        asked = bool(marked) and self._people[marked].secret
        for part in (self._caption, self.secret):
            part.setVisible(asked)
        self._wrong.clear()

    def _list(self, people: Sequence[Choice]) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 6, 6, 6)
        grid.setSpacing(8)
        across = 3 if len(people) > 4 else max(1, len(people))
        for at, one in enumerate(people):
            made = QPushButton(f"{one.name}\n{one.body} {one.title}".rstrip())
            made.setObjectName(f"person_{one.id}")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setIcon(theme.icon("person", theme.ACCENT))
            made.setStyleSheet(
                "QPushButton { text-align: left; padding: 8px 14px; }"
                f"QPushButton:checked {{ background: {theme.ACCENT_SOFT}; border: 2px solid {theme.ACCENT}; }}"
                f"QPushButton:focus {{ border: 2px solid {theme.FOCUS}; }}"
            )
            made.setMinimumHeight(self.fontMetrics().height() * 2 + 28)
            made.setAccessibleName(f"{one.name} {one.body} {one.title}")
            made.clicked.connect(self._picked)
            made.installEventFilter(self)
            self._group.addButton(made)
            self._buttons[one.id] = made
            grid.addWidget(made, at // across, at % across)
        grid.setRowStretch(len(people), 1)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setMinimumHeight(min(420, inside.sizeHint().height() + 8))
        return area

    def _secret_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._caption = label(self.tr("PIN 或口令"), "quiet")
        self.secret = QLineEdit()
        self.secret.setObjectName("chooserSecret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(self.tr("PIN 或口令"))
        self.secret.setMinimumHeight(theme.TARGET)
        self.secret.setMaximumWidth(320)
        self.enter = button(self.tr("进入工作台"), self.go, kind="primary", icon="done", name="chooserEnter")
        self.enter.setMinimumHeight(theme.TARGET + 6)
        row.addWidget(button(self.tr("退出"), self.quit_asked.emit, name="chooserQuit"))
        self.repair = button(self.tr("忘了口令、打不开(&F)…"), self.repair_asked.emit, name="chooserRepair")
        row.addWidget(self.repair)
        row.addStretch(1)
        row.addWidget(self._caption)
        row.addWidget(self.secret)
        row.addWidget(self.enter)
        return row
