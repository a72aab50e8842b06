"""The command line's door: chooses the language, opens the window without arguments, and is its error edge."""

import os
import sys

from workbench.i18n import LANGUAGES, _, use_language


def _wanted_language(words: list[str]) -> str:
    """`--lang` wins over WORKBENCH_LANG, that over the setting of this PC; known before any sentence is made."""
    for position, word in enumerate(words):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and position + 1 < len(words):
            return words[position + 1]
    if chosen := os.environ.get("WORKBENCH_LANG"):
        return chosen
    from workbench.settings import PcSettings

    return PcSettings.load().language


def main() -> int:
    """Entry of the console script. 0 done, 2 refused with a sentence, 1 a fault of the program."""
    words = sys.argv[1:]
    language = _wanted_language(words)
    if language not in LANGUAGES:
        use_language("zh")
        sys.stderr.write(
            _("没有这种语言:{lang}。可选:{known}。\n").format(lang=language, known=", ".join(LANGUAGES))
        )
        return 2
    use_language(language)
    if not words or (len(words) <= 2 and words[0].startswith("--lang")):
        from ui.app import main as open_window

        return open_window([sys.argv[0]])
    from workbench.commands import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
