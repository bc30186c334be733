"""关于: versions and where this desk stands, as text that can be copied."""

import platform
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from liaison_app.desk.views import DeskStatus
from ui import theme
from ui.widgets.layouts import Flow
from ui.widgets.parts import button, label


def versions() -> str:
    """Return the versions of program, Python and Qt and the system, without any personal data."""
    return "\n".join(
        (
            f"liaison-desk {metadata.version('liaison-desk')}",
            f"Python {platform.python_version()}  Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
        )
    )


class AboutDialog(QDialog):
    """What this is, which version, which data folder."""

    def __init__(self, status: DeskStatus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("关于联络员工作台"))
        page = QVBoxLayout(self)
        page.setContentsMargins(26, 22, 26, 18)
        page.setSpacing(10)
        head = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(theme.icon("app").pixmap(48, 48))
        head.addWidget(picture)
        titles = QVBoxLayout()
        titles.addWidget(label(self.tr("联络员工作台"), "title"))
        titles.addWidget(label(status.mechanism, "quiet", wrap=True))
        head.addLayout(titles, 1)
        page.addLayout(head)
        self.text = versions()
        page.addWidget(label(self.text, select=True))
        page.addWidget(label(self.tr("数据位置：{home}").format(home=status.home), "small", wrap=True, select=True))
        offers, row = Flow(), QHBoxLayout()
        copy = button(self.tr("复制版本信息(&C)"), lambda: QGuiApplication.clipboard().setText(self.text), icon="copy")
        offers.addWidget(copy)
        offers.addWidget(button(self.tr("开放源代码许可(&L)…"), self._licences, name="licences"))
        page.addLayout(offers)
        row.addStretch(1)
        close = button(self.tr("关闭"), self.accept, kind="primary")
        close.setDefault(True)
        row.addWidget(close)
        page.addLayout(row)
        self.setMinimumWidth(round(460 * self.font().pointSizeF() / theme.NORMAL_PT))
        close.setFocus()

    def _licences(self) -> None:
        from ui.widgets.licences import LicencesDialog

        LicencesDialog(self).open()
