"""The command line's door: chooses the language, opens the window without arguments, and is its error edge."""

import os
import sys
from pathlib import Path

from workbench.base.i18n import LANGUAGES, _, language, use_language
from workbench.base.process_title import hide_passwords


def _language(words: list[str]) -> tuple[str, list[str]]:
    """The language, and the words without `--lang`, which may stand anywhere.

    `--lang` wins over WORKBENCH_LANG, that over the setting of this PC; known before any sentence is made.
    """
    for position, word in enumerate(words):
        if word.startswith("--lang="):
            return word.partition("=")[2], words[:position] + words[position + 1 :]
        if word == "--lang" and position + 1 < len(words):
            return words[position + 1], words[:position] + words[position + 2 :]
    if chosen := os.environ.get("WORKBENCH_LANG"):
        return chosen, words
    from workbench.base.pc import PcSettings

    return PcSettings.load().language, words


def main() -> int:
    """Entry of the console script. 0 done, 2 refused with a sentence, 1 a fault of the program."""
    hide_passwords(sys.argv)
    wanted, words = _language(sys.argv[1:])
    if wanted not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        sys.stderr.write(_("没有这种语言:{lang}。可选:{known}。").format(lang=wanted, known=known) + "\n")
        return 2
    use_language(wanted)
    if not words:
        return _open_window(None, None)
    from workbench.commands.run import run
    from workbench.commands.window_wanted import WindowWanted

    try:
        return run(words)
    except WindowWanted as window:
        return _open_window(window.book, window.passphrase)


def _open_window(book: Path | None, passphrase: str | None) -> int:
    from ui.start import run as run_window

    return run_window(book, language(), passphrase)


if __name__ == "__main__":
    sys.exit(main())
