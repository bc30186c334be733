"""A newer version was announced: one quiet line above the page, put away with one key, never in the way of work."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from liaison_app.desk.admin_views import ReleaseView
from ui import theme
from ui.context import Context
from ui.widgets.parts import button, label


class ReleaseBar(QFrame):
    """Says which version there is and where; the one in use goes on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("releaseBar")
        self._context = context
        self._version = ""
        self.setStyleSheet(f"#releaseBar {{ background: {theme.ACCENT_SOFT}; border: 0; }}")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 14, 6)
        row.setSpacing(10)
        self.words = label("", "", wrap=True, select=True)
        row.addWidget(self.words, 1)
        self.away = button(self.tr("知道了"), self.put_away, kind="flat", name="releaseAway")
        self.away.setAccessibleName(self.tr("收起新版本通知"))
        row.addWidget(self.away)
        self.hide()

    def refresh(self) -> None:
        """Ask the desk whether there is something to tell."""
        self._context.bridge.read(self._context.desk.release, self._take, owner=self, key=f"release-{id(self)}")

    def put_away(self) -> None:
        """It was read: not shown again to this person, a later one is."""
        version, desk = self._version, self._context.desk
        self.hide()
        self._context.bridge.run(lambda: desk.put_release_away(version), lambda _none: self.refresh(), owner=self)

    def _take(self, found: ReleaseView | None) -> None:
        self.setVisible(found is not None)
        if found is None:
            return
        self._version = found.version
        said = self.tr("有新版本 {0}（现在是 {1}），不装也照常使用。").format(found.version, found.own)
        where = self.tr("到这里取：{0}").format(found.where) if found.where else ""
        self.words.setText(" ".join(part for part in (said, where, found.notes) if part))
        self.words.setAccessibleName(self.words.text())
