"""送会签: the submitted text of a reply goes to another body, which answers at its own desk (OFFICE B7)."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from liaison_app.desk.reply_views import CosignView
from ui.context import Context
from ui.dialogs.errors import refusal_line


def ask_cosign(context: Context, ref: str, matter: int, parent: QWidget, done: Callable[[], None]) -> None:
    """Ask which body and send the text there; say so where no text waits for 会签. ``done`` is called when it went."""
    desk = context.desk

    def ask(view: CosignView) -> None:
        if not view.bodies:
            context.notify(QCoreApplication.translate("Cosign", "没有等着送会签的文稿：先送审，轮到会签时再送"))
            return
        bodies = {name: code for code, name in view.bodies}
        dialog = QInputDialog(parent)
        dialog.setObjectName("cosignDialog")
        dialog.setWindowTitle(QCoreApplication.translate("Cosign", "送会签"))
        dialog.setLabelText(
            QCoreApplication.translate("Cosign", "会签单位（只能看到这份文稿，看不到案件的其他内容）：")
        )
        dialog.setComboBoxItems(list(bodies))
        dialog.setComboBoxEditable(False)
        dialog.textValueSelected.connect(lambda name: send(name, bodies[name]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def send(name: str, body: str) -> None:
        def sent(_outcome: object) -> None:
            context.notify(QCoreApplication.translate("Cosign", "已送{body}会签").format(body=name))
            done()

        def failed(error: BaseException) -> None:
            line, _field = refusal_line(error, context.lang)
            context.notify(line) if line else context.show_error(error, parent)

        context.bridge.run(lambda: desk.ask_cosign(ref, body, matter), sent, failed, parent)

    context.bridge.read(lambda: desk.cosigning(ref, matter), ask, owner=parent)
