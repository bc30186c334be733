"""Actions of the menus 视图 and 帮助."""

from PySide6.QtCore import QCoreApplication

from ui.catalogue.spec import ActionSpec


def view_specs() -> tuple[ActionSpec, ...]:
    """Return the actions of 视图."""
    return (
        ActionSpec(
            "palette",
            "view",
            QCoreApplication.translate("Actions", "命令面板(&K)"),
            QCoreApplication.translate("Actions", "输入几个字，找到任何命令"),
            "Ctrl+K",
            "palette",
        ),
        ActionSpec(
            "columns",
            "view",
            QCoreApplication.translate("Actions", "选择列(&C)…"),
            QCoreApplication.translate("Actions", "选择列表显示哪些列、按什么次序"),
            "",
            "columns",
        ),
        ActionSpec(
            "large_type",
            "view",
            QCoreApplication.translate("Actions", "大字(&Z)"),
            QCoreApplication.translate("Actions", "用16磅大字显示"),
            "Ctrl+=",
            "large",
            checkable=True,
            starts_group=True,
        ),
        ActionSpec(
            "dark",
            "view",
            QCoreApplication.translate("Actions", "深色(&D)"),
            QCoreApplication.translate("Actions", "深色界面；设置里可以改为跟随系统"),
            "Ctrl+Alt+D",
            "dark",
            checkable=True,
        ),
        ActionSpec(
            "language",
            "view",
            QCoreApplication.translate("Actions", "English(&E)"),
            QCoreApplication.translate("Actions", "切换到英文界面"),
            "",
            "language",
        ),
        ActionSpec(
            "settings",
            "view",
            QCoreApplication.translate("Actions", "设置(&I)…"),
            QCoreApplication.translate("Actions", "颜色、大字、语言、自动锁定：可以查找，可以恢复默认"),
            "Ctrl+,",
            "settings",
        ),
    )


def help_specs() -> tuple[ActionSpec, ...]:
    """Return the actions of 帮助."""
    return (
        ActionSpec(
            "explain",
            "help",
            QCoreApplication.translate("Actions", "为什么这样(&F)"),
            QCoreApplication.translate(
                "Actions", "当前案件的状态、期限和可办的事各依据哪一条；没有案件时打开指南的这一页"
            ),
            "F1",
            "clock",
        ),
        ActionSpec(
            "guide",
            "help",
            QCoreApplication.translate("Actions", "使用指南(&G)"),
            QCoreApplication.translate("Actions", "打开指南，从这一页的说明开始"),
            "Shift+F1",
            "help",
        ),
        ActionSpec(
            "newcomer",
            "help",
            QCoreApplication.translate("Actions", "新手导览(&N)"),
            QCoreApplication.translate("Actions", "两分钟看一遍主要页面；随时离开，下次从那一步接着看"),
            "",
            "help",
        ),
        ActionSpec(
            "shortcuts",
            "help",
            QCoreApplication.translate("Actions", "快捷键一览(&S)"),
            QCoreApplication.translate("Actions", "列出全部命令和快捷键"),
            "Ctrl+/",
            "help",
        ),
        ActionSpec(
            "log_bundle",
            "help",
            QCoreApplication.translate("Actions", "保存诊断文件(&D)…"),
            QCoreApplication.translate("Actions", "保存一个不含个人信息的诊断文件，供技术人员查看"),
            "",
            "paper",
        ),
        ActionSpec(
            "about",
            "help",
            QCoreApplication.translate("Actions", "关于(&A)"),
            QCoreApplication.translate("Actions", "版本和本机情况，可以复制"),
            "",
            "",
        ),
    )
