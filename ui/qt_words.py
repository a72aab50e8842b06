"""Qt's own words (standard buttons, file dialogs, context menus, calendars) in the language of the window."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

#: the locale of each language of the window
_LOCALES = {"zh": "zh_CN", "en": "en_US"}
#: what Qt's own Chinese catalogue leaves in English
_LEFT_OUT = {
    ("QFileDialog", "&Look in:"): "查找范围(&I):",
    ("QFileDialog", "Files of &type:"): "文件类型(&T):",
    ("QAbstractFileIconProvider", "Drive"): "磁盘",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QPrintPropertiesWidget", "Page &Set:"): "页面范围(&S):",
    ("QPrintSettingsOutput", "Page &Set:"): "页面范围(&S):",
}


class _LeftOut(QTranslator):
    """Asked after Qt's catalogue, for the few words that it lacks."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The word from `_LEFT_OUT`, None to leave it as Qt says it."""
        return _LEFT_OUT.get((context, sourceText))

    def isEmpty(self) -> bool:
        """Qt skips a translator that says it is empty."""
        return False


class QtWords(QObject):
    """Installs the translators of one language at a time."""

    def __init__(self, app: QCoreApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._installed: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Use `language` for dialogs made from now on; English is what Qt says by itself."""
        self.be_still()
        locale = QLocale(_LOCALES.get(language, language))
        QLocale.setDefault(locale)
        if language == "en":
            return
        translations = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        own = QTranslator(self)
        if own.load(locale, "qtbase", "_", translations):
            # Qt asks the translator installed last first
            for one in (_LeftOut(self), own):
                self._app.installTranslator(one)
                self._installed.append(one)

    def be_still(self) -> None:
        """Remove our translators: Qt says its own English words."""
        for one in self._installed:
            self._app.removeTranslator(one)
        self._installed.clear()
