"""The print queue: asks CUPS whether a printer prints now, and hands it a PDF as it is, at its true size.

Where the system has no CUPS (Windows), and for a printer that is a file, pages are painted instead (``ui/dialogs/paper.py``).
"""

import shutil
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from liaison_app.domain.errors import RuleBroken

WAIT: Final = 15_000
"""Milliseconds after which a queue that does not answer is given up."""
ALERTS: Final[Mapping[str, str]] = {
    "media-empty": "printer_no_paper", "media-needed": "printer_no_paper", "media-jam": "printer_jam", "toner-empty": "printer_no_toner",
    "marker-supply-empty": "printer_no_toner", "door-open": "printer_door", "cover-open": "printer_door", "offline": "printer_offline",
}  # fmt: skip
"""What a printer says of itself (RFC 8011, printer-state-reasons), and the sentence for it."""
SIDES: Final = {
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge", QPrinter.DuplexMode.DuplexAuto: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}  # fmt: skip
Answer = Callable[[int, str], object]


def has_queue(printer: QPrinter) -> bool:
    """Return whether a printer is a queue of CUPS."""
    native = printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
    return native and bool(printer.printerName()) and shutil.which("lp") is not None


def ask(
    owner: QObject, printer: QPrinter, answered: Callable[[RuleBroken | None, RuleBroken | None], object]
) -> None:  # fmt: skip
    """Ask for the state of a printer: ``answered`` hears why it takes nothing now, or what it lacks; nothing when it prints."""
    name = printer.printerName()

    def heard(code: int, said: str) -> None:
        if code:
            answered(RuleBroken("printer_gone", printer=name), None)
        elif any(line.startswith(f"printer {name} disabled") for line in said.splitlines()):
            answered(RuleBroken("printer_stopped", printer=name), None)
        else:
            alerts = next((line for line in said.splitlines() if line.strip().startswith("Alerts:")), "")
            code_of = next((word for alert, word in ALERTS.items() if alert in alerts), "")
            answered(None, RuleBroken(code_of, printer=name) if code_of else None)

    _run(owner, ["lpstat", "-l", "-p", name], b"", heard)


def send(
    owner: QObject, pdf: bytes, name: str, printer: QPrinter, sent: Callable[[RuleBroken | None], object]
) -> None:  # fmt: skip
    """Put a PDF into the queue of a printer with what was chosen in the system's dialog; ``sent`` hears why it was not taken."""
    queue = printer.printerName()
    options = [
        f"media={_media(printer)}",
        f"sides={SIDES.get(printer.duplex(), 'one-sided')}",
        "print-scaling=none",
        "fit-to-page=false",
    ]
    if printer.colorMode() == QPrinter.ColorMode.GrayScale:
        options.append("print-color-mode=monochrome")
    command = ["lp", "-d", queue, "-t", name, "-n", str(max(1, printer.copyCount()))]
    if printer.fromPage():
        command += ["-P", f"{printer.fromPage()}-{max(printer.toPage(), printer.fromPage())}"]
    for option in options:
        command += ["-o", option]

    def heard(code: int, said: str) -> None:
        sent(RuleBroken("printer_refused", printer=queue, said=said.strip()[:200]) if code else None)

    _run(owner, command, pdf, heard)


def _media(printer: QPrinter) -> str:
    page = printer.pageLayout().pageSize()
    if page.id() != QPageSize.PageSizeId.Custom:
        return page.key()
    size = page.size(QPageSize.Unit.Millimeter)
    return f"Custom.{size.width():.1f}x{size.height():.1f}mm"


def _run(owner: QObject, command: list[str], given: bytes, answered: Answer) -> None:
    """Run a program beside the window; ``answered`` hears its exit code (-1: it did not answer) and what it said."""
    process = QProcess(owner)
    around = QProcessEnvironment.systemEnvironment()
    around.insert("LC_ALL", "C.UTF-8")
    around.insert("LANGUAGE", "C")
    process.setProcessEnvironment(around)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    told: list[bool] = []

    def tell(code: int) -> None:
        if told:
            return
        told.append(True)
        said = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
        process.deleteLater()
        answered(code, said)

    process.finished.connect(lambda code, _status: tell(code))
    process.errorOccurred.connect(lambda _error: tell(-1))
    QTimer.singleShot(WAIT, process, process.kill)
    process.start(command[0], command[1:])
    if given:
        process.write(given)
    process.closeWriteChannel()
