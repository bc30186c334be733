"""Actions of the menu 文件: registering, reading, printing, people, leaving."""

from PySide6.QtCore import QCoreApplication

from ui.catalogue.spec import ActionSpec


def file_specs() -> tuple[ActionSpec, ...]:
    """Return the actions of 文件."""
    return (
        ActionSpec(
            "register",
            "file",
            QCoreApplication.translate("Actions", "登记投诉(&N)"),
            QCoreApplication.translate("Actions", "打开登记表，记下来电或来访"),
            "Ctrl+N",
            "register",
        ),
        ActionSpec(
            "import",
            "file",
            QCoreApplication.translate("Actions", "导入表格(&I)…"),
            QCoreApplication.translate("Actions", "从表格文件读入已有的投诉"),
            "Ctrl+I",
            "import",
        ),
        ActionSpec(
            "print",
            "file",
            QCoreApplication.translate("Actions", "打印(&P)…"),
            QCoreApplication.translate("Actions", "预览并打印本页的文书"),
            "Ctrl+P",
            "print",
            starts_group=True,
        ),
        ActionSpec(
            "print_case",
            "file",
            QCoreApplication.translate("Actions", "打印全案(&C)…"),
            QCoreApplication.translate("Actions", "这件案件的全部情况、经过、回复、附件和照片"),
            "Ctrl+Shift+J",
            "print",
            of_page=True,
        ),
        ActionSpec(
            "print_case_outside",
            "file",
            QCoreApplication.translate("Actions", "打印对外全案(&X)…"),
            QCoreApplication.translate("Actions", "不含内部备注和个人信息的全案"),
            "",
            "print",
            of_page=True,
        ),
        ActionSpec(
            "backup",
            "file",
            QCoreApplication.translate("Actions", "备份本机数据(&B)…"),
            QCoreApplication.translate("Actions", "把本机数据加密存成一个文件"),
            "",
            "backup",
        ),
        ActionSpec(
            "people",
            "file",
            QCoreApplication.translate("Actions", "工作人员(&W)…"),
            QCoreApplication.translate("Actions", "谁可以使用这个工作台：新增、开通、离任"),
            "",
            "person",
        ),
        ActionSpec(
            "hand_over",
            "file",
            QCoreApplication.translate("Actions", "移交在办案件(&H)…"),
            QCoreApplication.translate("Actions", "离任、调动、休假时，把一位同事名下的在办案件全部交给另一位"),
            "",
            "person",
        ),
        ActionSpec(
            "switch_person",
            "file",
            QCoreApplication.translate("Actions", "换人(&L)"),
            QCoreApplication.translate("Actions", "换另一位工作人员，正在写的草稿会保留"),
            "Ctrl+Shift+L",
            "switch",
            starts_group=True,
        ),
        ActionSpec(
            "lock",
            "file",
            QCoreApplication.translate("Actions", "锁定(&K)"),
            QCoreApplication.translate("Actions", "离开座位时锁定窗口"),
            "Ctrl+L",
            "lock",
        ),
        ActionSpec(
            "quit",
            "file",
            QCoreApplication.translate("Actions", "退出(&Q)"),
            QCoreApplication.translate("Actions", "关闭工作台，草稿已自动保存"),
            "Ctrl+Q",
            "quit",
            starts_group=True,
        ),
    )
