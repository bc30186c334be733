"""What rings (OFFICE B5): a bar above everything that stays and rings until a person of the body answers."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QWidget

from liaison_app.desk.views import AlarmView, Outcome
from ui import theme
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.widgets.moments import short_moment
from ui.widgets.parts import button, label

RING_MS = 4_000
"""It rings again so often (milliseconds)."""


def ring(window: QWidget) -> None:
    """Make a sound and bring the window before the eyes, also out of the tray."""
    QApplication.beep()
    if window.isMinimized():
        window.showNormal()
    elif not window.isVisible():
        window.show()  # it was put away into the tray
    window.raise_()
    QApplication.alert(window)


class AlarmBar(QFrame):
    """One alarm at a time, the longest waiting first, with the number of the others."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarmBar")
        self._context = context
        self.alarms: tuple[AlarmView, ...] = ()
        self.rung = 0
        """How often it rang since something began to ring."""
        self._silent: set[tuple[str, int, str]] = set()
        """Alarms whose answer was refused here: they stay in sight and ring no more."""
        self.setStyleSheet(
            f"#alarmBar {{ background: {theme.RED}; border: 0; }} #alarmBar QLabel {{ color: {theme.SURFACE}; }}"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 14, 8)
        row.setSpacing(10)
        sign = QLabel()
        sign.setPixmap(theme.icon("urgent", theme.SURFACE).pixmap(theme.icon_side(), theme.icon_side()))
        row.addWidget(sign)
        self.words = label("", "lead", wrap=True)
        row.addWidget(self.words, 1)
        # no letters of their own: the page below has them; the commands have keys
        opens = context.actions.action("open_alarm")
        row.addWidget(button(self.tr("打开案件"), self._open, icon="paper", name="alarmOpen", tip=opens.toolTip()))
        self.answer_button = button(
            self.tr("应答"), self.answer, kind="primary", icon="ok", name="alarmAnswer",
            tip=context.actions.action("answer_alarm").toolTip(),
        )  # fmt: skip
        row.addWidget(self.answer_button)
        self._ring_timer = QTimer(self)
        self._ring_timer.setInterval(RING_MS)
        self._ring_timer.timeout.connect(self._ring)
        context.actions.bind("answer_alarm", self.answer)
        context.actions.bind("open_alarm", self._open)
        self._offer(False)
        self.hide()

    def refresh(self) -> None:
        """Ask the desk what rings."""
        self._context.bridge.read(self._context.desk.alarms, self._take, owner=self, key=f"alarms-{id(self)}")

    def answer(self) -> None:
        """Answer the alarm in sight: the entry says who."""
        if not self.alarms:
            return
        one, desk = self.alarms[0], self._context.desk
        data = {"what": one.what, "since": one.since, "matter": one.matter}
        self.answer_button.setEnabled(False)

        def done(_outcome: Outcome) -> None:
            self._context.notify(self.tr("已应答：{0}").format(one.number))
            self.refresh()

        def refused(error: BaseException) -> None:
            self._silent.add((one.case_id, one.matter, one.what))
            words, _field = refusal_line(error, self._context.lang)
            if words:
                self._context.notify(words)
            else:
                self._context.show_error(error, self)
            self._take(self.alarms)

        self._context.bridge.run(lambda: desk.act_from(one.case_id, "answer-alarm", data), done, refused, self)

    def _take(self, alarms: tuple[AlarmView, ...]) -> None:
        fresh = not self.alarms and bool(alarms)
        self.alarms = alarms
        self.answer_button.setEnabled(True)
        self.setVisible(bool(alarms))
        self._offer(bool(alarms))
        if not alarms:
            self._ring_timer.stop()
            self.rung = 0
            return
        one = alarms[0]
        said = self.tr("{what}：{number}　{title}　自 {since}").format(
            what=one.label, number=one.number, title=one.title, since=short_moment(one.since)
        )
        more = self.tr("　另有 {n} 件").format(n=len(alarms) - 1) if len(alarms) > 1 else ""
        self.words.setText(said + more)
        self.words.setAccessibleName(self.tr("告警：{0}").format(said + more))
        if not self._loud():
            self._ring_timer.stop()
        elif fresh or not self._ring_timer.isActive():
            self._ring()
            self._ring_timer.start()

    def _offer(self, offered: bool) -> None:
        for name in ("answer_alarm", "open_alarm"):
            self._context.actions.action(name).setEnabled(offered)

    def _loud(self) -> bool:
        return any((one.case_id, one.matter, one.what) not in self._silent for one in self.alarms)

    def _ring(self) -> None:
        self.rung += 1
        ring(self.window())

    def _open(self) -> None:
        if self.alarms:
            self._context.open_case(self.alarms[0].case_id)
