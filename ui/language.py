"""Languages of the window: Chinese is the source; English is read straight from ``resources/i18n/en.ts``."""

import contextlib
from importlib import resources
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

CHINESE = "zh_CN"
ENGLISH = "en"


def system_language() -> str:
    """Return Chinese when the system is Chinese or says nothing ('C'), English otherwise."""
    locale = QLocale.system()
    if locale.language() in (QLocale.Language.Chinese, QLocale.Language.C, QLocale.Language.AnyLanguage):
        return CHINESE
    return ENGLISH


class EnglishWords(QTranslator):
    """A translator over the text of a .ts file, so that nothing has to be compiled before the program runs."""

    def __init__(self, text: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}
        self._anywhere: dict[str, tuple[str, ...]] = {}
        for context in ElementTree.fromstring(text).iter("context"):  # noqa: S314 (our own packaged file)
            name = context.findtext("name", "")
            for message in context.iter("message"):
                self._add(name, message)

    def _add(self, context: str, message: ElementTree.Element) -> None:
        source = message.findtext("source", "")
        translation = message.find("translation")
        if translation is None:
            return
        plural = tuple(form.text or "" for form in translation.iter("numerusform"))
        words = plural or ((translation.text or ""),)
        if source and words[0]:
            self._found[context, source] = words
            self._anywhere.setdefault(source, words)

    def isEmpty(self) -> bool:
        """Qt asks before it uses a translator."""
        return not self._found

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the English words, the plural form by ``n``, None when the source is not known."""
        words = self._found.get((context, source)) or self._anywhere.get(source)
        if words is None:
            return None
        return words[0] if n in (1, -1) or len(words) == 1 else words[1]


class Languages:
    """Installs the words of one language for the application and takes the former ones away."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self.current = CHINESE

    def use(self, lang: str) -> None:
        """Switch to ``zh_CN`` or ``en``. Words already on the screen change when their view is rebuilt."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = [self._english()] if lang == ENGLISH else self._qt_in_chinese()
        for translator in self._installed:
            self._app.installTranslator(translator)
        self.current = lang
        chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
        QLocale.setDefault(QLocale(QLocale.Language.English) if lang == ENGLISH else chinese)

    def _english(self) -> QTranslator:
        text = (resources.files("resources") / "i18n" / "en.ts").read_bytes()
        return EnglishWords(text, self._app)

    def _qt_in_chinese(self) -> list[QTranslator]:
        made = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        with contextlib.suppress(OSError):
            if made.load("qtbase_zh_CN", folder):
                return [made]
        return []
