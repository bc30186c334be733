"""换人: who sits down now. A PIN or pass-phrase where the desk asks for one; a demo asks for none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from liaison_app.desk.views import PersonView
from ui import theme
from ui.widgets.parts import button, label


class PersonDialog(QDialog):
    """A list of the people of this desk; Enter takes the seat."""

    chosen = Signal(str, str)

    def __init__(
        self, people: Sequence[PersonView], current: str, *, needs_secret: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("换人"))
        self.setObjectName("personDialog")
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 18, 20, 16)
        page.addWidget(label(self.tr("现在由谁办理？"), "title"))
        self.people = QListWidget()
        self.people.setAccessibleName(self.tr("本机人员"))
        for person in people:
            item = QListWidgetItem(f"{person.name}　{person.body_name}　{person.title}")
            item.setData(Qt.ItemDataRole.UserRole, person.id)
            self.people.addItem(item)
            if person.id == current:
                self.people.setCurrentItem(item)
        self.people.itemActivated.connect(lambda _item: self._take())
        page.addWidget(self.people, 1)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setMinimumHeight(theme.TARGET)
        self.secret.setAccessibleName(self.tr("PIN 或口令"))
        self.secret.setPlaceholderText(self.tr("PIN 或口令"))
        self.secret.setVisible(needs_secret)
        self.secret.returnPressed.connect(self._take)
        page.addWidget(self.secret)
        page.addWidget(button(self.tr("由此人办理"), self._take, kind="primary", name="takeSeat"))
        self.resize(460, 480)

    def _take(self) -> None:
        item = self.people.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole), self.secret.text())
            self.accept()
