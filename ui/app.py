"""The composition root of the window: puts the parts together and starts them. Only here the papers are handed in."""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.actions import Actions
from ui.appearance import DARK, LIGHT, Appearance
from ui.beginning import Opened, answered, doubts_at_start, is_founded, open_as, open_first, take_answer, with_bodies
from ui.bridge import Bridge
from ui.care import Care
from ui.closed import ClosedDesk, CopyClosed, Take
from ui.context import Context
from ui.dialogs.crash import CrashDialog, fell
from ui.dialogs.errors import install_crash_handler, plain_sentence, remove_crash_handler, show_error
from ui.first_start import FirstStart
from ui.idle import IdleWatch
from ui.language import CHINESE, ENGLISH, Languages, system_language
from ui.late_papers import LateRenderer
from ui.moving import Moving
from ui.one_instance import OneInstance
from ui.options import Options, parse
from ui.placing import keep_window, place_window
from ui.settings import Settings, read_all
from ui.start import make_application
from ui.tray import Tray
from ui.views.chooser import Choice
from ui.views.main_window import MainWindow
from ui.views.workplace import Place, Workplace

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk
    from liaison_app.desk.papers import Renderer
    from liaison_app.desk.syncing import Watcher
    from liaison_app.desk.views import PersonView


Where = ParamSpec("Where")

AFTER_START_MS = 1_500
"""What need not be known for the first page is asked so much later (milliseconds)."""


class Program(QObject):
    """The running program: one window, one desk, the person at work."""

    def __init__(self, app: QApplication, options: Options, instance: OneInstance | None = None) -> None:
        super().__init__(app)
        self.app = app
        self.options = options
        self.instance = instance
        """Where later starts hand over what they were asked to open."""
        self._to_open = options.files
        self._fell = ""
        """Where the program died the last time; said once somebody is at work."""
        if instance is not None:
            instance.asked.connect(self.come_up)
        self.languages = Languages(app)
        self.languages.use(options.lang or system_language())
        self.look = Appearance(app, self)
        self.look.system_turned.connect(self._dress_anew)
        self.bridge = Bridge(self)
        self.bridge.on_error(lambda error: self.show_error(error, None))
        self.desk: Desk | None = None
        self.settings: Settings | None = None
        self.actions: Actions | None = None
        self.window = MainWindow()
        self.window.closing.connect(self.close)
        self.tray = Tray(self)
        self.moving = Moving(self.window, self)
        self.window.put_away.connect(self.tray.put_away)
        app.commitDataRequest.connect(self._leave_session)
        self.care = Care(self)
        self.papers = LateRenderer(_renderer)
        self.idle = IdleWatch(app, self)
        self.idle.fell_idle.connect(self.lock)
        self._choices: tuple[Choice, ...] = ()
        self._district = ""
        self._places: dict[str, Place] = {}
        self.first_start = FirstStart(self)
        self._last_person = options.person
        self._switch_began = 0.0
        self.switch_seconds = 0.0
        """How long the last 换人 took, from the button to the workplace."""
        self._closed = False
        self.watcher: Watcher | None = None
        """The network thread of a member's desk."""
        self._in_use = False

    # opening

    def start(self) -> None:
        """Show the window at once, then open the desk behind it; where none is yet, ask how to begin."""
        known = is_founded(self.options.home)
        if known or self.options.demo:
            self.window.show_splash(self.tr("正在打开…") if known else self.tr("正在准备演示数据，请稍候…"))
            QTimer.singleShot(0, self._open)
        else:
            gc.enable()
            self.first_start.begin()
        self.window.show()
        self.window.activateWindow()

    def _open(self) -> None:
        self.bridge.run(
            partial(open_first, self.options, self.papers, self.languages.current, self.moving.told),
            self._opened,
            self._not_opened,
        )

    def _opened(self, opened: Opened) -> None:
        gc.enable()
        gc.freeze()  # what was loaded stays for good: later collections need not walk it and stay short
        self._choices, self._district = opened.choices, opened.district
        self._fell = self._fell or fell(self.options.home / "log")
        install_crash_handler(self.options.home / "log", lambda error: self.show_error(error, None))
        if opened.desk is not None:
            self._take_desk(opened.desk)
        named = [one for one in opened.choices if self.options.person in (one.id, one.name)]
        alone = opened.choices if len(opened.choices) == 1 else named
        if opened.desk is not None and alone and not alone[0].secret:
            self.enter(alone[0].id, "")
        else:
            self._choose()

    def _take_desk(self, desk: "Desk") -> None:
        self.desk = desk
        desk.subscribe(self.bridge.announce)
        if desk.status().founding == "member":
            self._watch(desk)

    def _watch(self, desk: "Desk") -> None:
        """Start the network thread; own acts wake it, what it takes does not."""
        watcher = desk.watcher(
            told=lambda _done, _error: self.bridge.announce_round(),
            progress=lambda _what, _n, _of: self.bridge.announce_round(),
            in_use=lambda: self._in_use,
        )
        self.watcher = watcher
        self.bridge.synced.connect(self._look_closed, Qt.ConnectionType.UniqueConnection)

        desk.subscribe(lambda _cases: watcher.kick())
        watcher.start()

    def _look_closed(self) -> None:
        """After each round: was this desk closed to the person at work meanwhile?"""
        if self.desk is not None and not self._closed:
            self.bridge.read(self.desk.closed, self._closed_to, owner=self, key="closed")

    def _closed_to(self, refused: RuleBroken | None) -> None:
        """Lock at once: to the choice of the others, or, where nobody may open it any more, to one sentence."""
        desk = self.desk
        if refused is None or desk is None or self.window.workplace is None:
            return
        words = plain_sentence(refused, self.languages.current)
        said = f"{words[0]} {words[2]}".strip()
        self._leave_workplace()
        others = (
            []
            if refused.code in {"copy_closed", "desk_closed_waits"}
            else [p for p in desk.people() if p.id != desk.person.id]
        )
        if others:
            self.take_people(tuple(others))
            self._choose()
            if self.window.chooser is not None:
                self.window.chooser.refuse(said)
            return
        watcher, self.watcher, self.desk = self.watcher, None, None
        if watcher is not None:
            watcher.stop()
        if refused.code == "desk_closed_waits":
            self._tell_closed(refused, partial(answered, desk), desk.close)
            return
        self.bridge.run(desk.close, None, None, self)  # the copy is put by behind it, on the same thread
        self._not_opened(refused)

    def _not_opened(self, error: BaseException) -> None:
        gc.enable()
        if isinstance(error, RuleBroken) and error.code == "copy_closed":
            CopyClosed(self.window, self.bridge, self.languages.current, self.options.home, self.start).say(error)
            return
        what, safe, todo = plain_sentence(error, self.languages.current)
        splash = self.window.show_splash(what, f"{safe} {todo}".strip(), failed=True)
        splash.again.connect(self.start)
        splash.repair_asked.connect(self._repair)
        splash.quit_asked.connect(self.window.close)

    def _repair(self) -> None:
        """修复: beside the page that says why the desk does not open; afterwards it is opened again."""
        from ui.dialogs.repair import RepairDialog

        at_work = self.desk is not None
        dialog = RepairDialog(
            self.options.home, self._choices, self.bridge, self.languages.current, at_work=at_work, parent=self.window
        )
        mended: list[bool] = []
        dialog.mended.connect(lambda: mended.append(True))
        dialog.finished.connect(lambda _how: self.start() if mended and not at_work else None)
        dialog.open()

    # persons

    def switch_person(self) -> None:
        """换人: keep what was typed, show who may take the desk."""
        self._leave_workplace()
        self._choose()

    def lock(self) -> None:
        """Back to the choice of persons; nothing of the former stays in the window."""
        if self.window.workplace is not None:
            self.switch_person()

    def _leave_workplace(self) -> None:
        workplace = self.window.workplace
        if workplace is not None and self.desk is not None:
            self._last_person = self.desk.person.id
            self._places[self._last_person] = workplace.place()
            self._in_use = False
            workplace.leave()
            for dialog in self.app.topLevelWidgets():
                if dialog is not self.window and dialog.parent() is not None:
                    dialog.close()

    def _choose(self) -> None:
        words = (
            self.tr("演示数据，人物和案件均属虚构。请选一位工作人员。") if self._demo() else self.tr("请选择工作人员。")
        )
        ids = [one.id for one in self._choices]
        first = self._last_person if self._last_person in ids else "".join(ids[:1])
        chooser = self.window.show_chooser(self._choices, first, words, self._district)
        if self.desk is not None and self.settings is not None:  # somebody worked here and locked it
            from ui.widgets.lock_alarm import LockAlarm

            chooser.above.addWidget(LockAlarm(self.desk, self.bridge))
        chooser.chosen.connect(self.enter)
        chooser.repair.setVisible(not self._demo())
        chooser.repair_asked.connect(self._repair)
        chooser.language_asked.connect(self._language_in_chooser)
        chooser.quit_asked.connect(self.window.close)

    def _demo(self) -> bool:
        return bool(self._choices) and not any(one.secret for one in self._choices)

    def enter(self, person: str, secret: str) -> None:
        """Let a person take the desk; a wrong secret is said on the choice of persons."""
        self._switch_began = time.monotonic()
        desk, options, lang, papers = self.desk, self.options, self.languages.current, self.papers
        told = self.moving.told

        def job() -> "tuple[Desk, dict[str, Any]]":
            opened = desk or open_as(options, papers, person, secret, lang, told)
            opened.switch_person(person, secret or None)
            return opened, read_all(opened)

        def refused(error: BaseException) -> None:
            if isinstance(error, RuleBroken) and error.code == "desk_closed_waits":
                self._tell_closed(error, partial(take_answer, options.home, person, secret), lambda: None)
            elif isinstance(error, RuleBroken) and self.window.chooser is not None:
                what, _safe, todo = plain_sentence(error, self.languages.current)
                self.window.chooser.refuse(f"{what} {todo}".strip())
            else:
                self._not_opened(error)

        self.bridge.run(job, self._entered, refused)

    def _tell_closed(self, error: BaseException, take: Take, leave: Callable[[], None]) -> None:
        """Say that this desk was closed while acts wait here, and take the administrator's answer to them."""
        ClosedDesk(self.window, self.bridge, self.languages.current, take, leave, self.start, self._not_opened).say(
            error
        )

    def _entered(self, found: "tuple[Desk, dict[str, Any]]") -> None:
        desk, values = found
        if self.desk is None:
            self._take_desk(desk)
            self._choices = with_bodies(desk, self._choices)
            self._district = desk.status().district
        self.settings = Settings(desk, self.bridge, values)
        self._in_use = True
        self._only_now(bool(self.settings.get("sync.only_now")))
        self.idle.minutes = int(self.settings.get("window.idle_minutes"))
        chosen = str(self.settings.get("window.language"))
        if chosen and not self.options.lang:
            self.languages.use(chosen)
        self.look.wear(self.settings)
        place_window(self.window, self.settings)
        self._build(self._places.get(desk.person.id, Place("list", "today")))
        self.switch_seconds = time.monotonic() - self._switch_began
        QTimer.singleShot(AFTER_START_MS, self._tell_left_out)
        if self._fell and self.actions is not None:
            places, self._fell = self._fell, ""
            CrashDialog(places, self.actions.action("log_bundle").trigger, self.window).open()

    def _tell_left_out(self) -> None:
        """Say which altered profiles are not used, and that this PC goes by another time zone."""

        def then(sentences: list[str]) -> None:
            if sentences:
                self.notify("\n".join(sentences))

        if not self._closed:
            self.bridge.read(partial(doubts_at_start, self.languages.current, self._demo()), then, owner=self)

    # the workplace

    def _build(self, place: Place) -> None:
        assert self.desk is not None and self.settings is not None
        self.desk.lang = self.languages.current
        former = self.actions
        self.actions = Actions(self.window)
        context = Context(
            desk=self.desk,
            bridge=self.bridge,
            actions=self.actions,
            settings=self.settings,
            lang=self.languages.current,
            show_error=self.show_error,
            notify=self.notify,
            open_case=self._at_work(Workplace.open_case),
            back=self._at_work(Workplace.back),
            open_record=self._at_work(Workplace.open_record),
            open_reply=self._at_work(Workplace.open_reply),
            open_folder=self._at_work(Workplace.open_folder),
            open_room=self._at_work(Workplace.open_room),
            sync_now=lambda: self.watcher.now() if self.watcher is not None else None,
            only_now=self._only_now,
        )
        self._bind(self.actions)
        workplace = Workplace(context)
        self.window.show_workplace(workplace, self.actions)
        self.tray.arrange()
        workplace.begin(place)
        self.first_start.lead(workplace)
        self._open_waiting()
        if former is not None:
            former.deleteLater()

    def _bind(self, actions: Actions) -> None:
        assert self.settings is not None
        actions.bind("switch_person", self.switch_person)
        actions.bind("lock", self.lock)
        actions.bind("quit", self.quit)
        actions.bind("language", self.switch_language)
        self.care.bind(actions)
        large = actions.action("large_type")
        large.setChecked(bool(self.settings.get("window.large_type")))
        large.toggled.connect(self.use_large_type)
        dark = actions.action("dark")
        dark.setChecked(theme.is_dark())
        dark.toggled.connect(self.use_dark)

    def _only_now(self, only: bool) -> None:
        if self.watcher is not None:
            self.watcher.only_now = only
            self.watcher.kick()

    def switch_language(self) -> None:
        """Switch between Chinese and English; views are rebuilt where the person is, drafts stay."""
        assert self.settings is not None
        lang = CHINESE if self.languages.current == ENGLISH else ENGLISH
        self.settings.put("window.language", lang)
        self._rebuild(lang)

    def use_large_type(self, large: bool) -> None:
        """大字 on or off."""
        assert self.settings is not None
        self.settings.put("window.large_type", large)
        self._dress_anew()

    def use_dark(self, dark: bool) -> None:
        """深色 or 浅色, whatever the system says."""
        assert self.settings is not None
        self.settings.put("window.theme", DARK if dark else LIGHT)
        self._dress_anew()

    def setting_changed(self, key: str) -> None:
        """Let a setting that was changed on the page of settings hold at once."""
        assert self.settings is not None
        if key in ("window.theme", "window.large_type"):
            self._dress_anew()
        elif key == "window.language":
            self._rebuild(str(self.settings.get(key)) or system_language())
        elif key == "window.stay":
            self.tray.arrange()
        elif key == "window.idle_minutes":
            self.idle.minutes = int(self.settings.get(key))
        elif key == "sync.only_now":
            self._only_now(bool(self.settings.get(key)))
        elif key in ("queue.columns", "queue.saved"):
            self._rebuild(self.languages.current)

    def _dress_anew(self) -> None:
        self.look.wear(self.settings)
        self._rebuild(self.languages.current)

    def _rebuild(self, lang: str) -> None:
        workplace = self.window.workplace
        if workplace is None:
            return
        place = workplace.place()
        self.first_start.newcomer = workplace.newcomer.at >= 0
        workplace.leave()
        self.languages.use(lang)
        QTimer.singleShot(0, lambda: self._build(place))

    def _language_in_chooser(self) -> None:
        self.languages.use(CHINESE if self.languages.current == ENGLISH else ENGLISH)
        if self.desk is not None:
            self.desk.lang = self.languages.current
            self._choices = with_bodies(self.desk, self._choices)
        self._choose()

    def come_up(self, files: tuple[str, ...] = ()) -> None:
        """Bring the window to the front, and open what a later start was asked to; while nobody is at work it waits."""
        self._to_open += files
        window = self.window
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()
        if self._to_open and window.workplace is None and window.chooser is not None:
            window.chooser.refuse(self.tr("收到一个要打开的文件。进入工作台后就会打开。"))
        self._open_waiting()

    def _open_waiting(self) -> None:
        if self._to_open and self.window.workplace is not None:
            files, self._to_open = self._to_open, ()
            self.window.workplace.open_files([Path(one) for one in files])

    def _at_work(self, how: Callable[Concatenate[Workplace, Where], None]) -> Callable[Where, None]:
        """Return the way to the workplace in sight; a page that asks later than its window stands asks in vain."""

        def go(*where: Where.args, **more: Where.kwargs) -> None:
            if self.window.workplace is not None:
                how(self.window.workplace, *where, **more)

        return go

    def notify(self, words: str) -> None:
        """Show a quiet line."""
        if self.window.workplace is not None:
            self.window.workplace.notify(words)

    def show_error(self, error: BaseException, parent: QWidget | None) -> None:
        """Show an error in words."""
        show_error(error, self.languages.current, parent or self.window)

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Offer who may sit down, the first of them first."""
        self._choices, self._last_person = choices, choices[0].id

    def take_people(self, people: "tuple[PersonView, ...]") -> None:
        """Offer the people of the desk as they are now to the one who sits down next."""
        secret = not self._demo()
        self._choices = tuple(Choice(one.id, one.name, one.body_name, one.title, secret) for one in people)

    def quit(self) -> None:
        """End the program, also where closing the window only puts it away."""
        self.window.stays = False
        self.window.close()

    def _leave_session(self) -> None:
        """The person leaves the computer: nothing may hold him up."""
        self.window.stays = False

    def close(self) -> None:
        """Keep what was typed, finish the writes, close the desk."""
        if self._closed:
            return
        self._closed = True
        if self.window.workplace is not None:
            if self.settings is not None:
                keep_window(self.window, self.settings)
            self.window.workplace.leave()
        self.tray.close()
        self.moving.stop()
        if self.watcher is not None:
            self.watcher.stop()
        self.bridge.stop()
        if self.desk is not None:
            self.desk.close()
        if self.instance is not None:
            self.instance.close()
        remove_crash_handler()


def _renderer() -> "Renderer":
    import reports

    return reports.renderer()


def run_tour(argv: Sequence[str]) -> int:
    """Walk the tour without hands; return the exit code."""
    tour = parse(argv)[1]
    from ui.tour import walk

    return int(walk(make_application(sys.argv[:1]), Path(tour)))
