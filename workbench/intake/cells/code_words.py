"""Words of a sheet to codes of the book (电话 -> call) and back, by the word lists of resources/rules."""

from collections.abc import Mapping

from workbench.base.i18n import _
from workbench.intake.cells.shown import plain
from workbench.rules.parameters import Rules


def word_lists(rules: Rules, name: str) -> Mapping[str, tuple[str, ...]]:
    """Code -> its words, for the parameters intake.<name>.<code>."""
    start = f"intake.{name}."
    return {
        param.key.removeprefix(start): rules.words(param.key)
        for param in rules.params()
        if param.key.startswith(start)
    }


class Codes:
    """Finds the code of a word: the code itself, a word of its list, else the longest listed word within it."""

    def __init__(self, rules: Rules, name: str) -> None:
        lists = word_lists(rules, name)
        self._codes = {plain(word): code for code, words in lists.items() for word in (*words, code)}
        self._longest = sorted(self._codes, key=len, reverse=True)
        self._shown = {code: words[0] for code, words in lists.items()}

    def find(self, word: str, *, inside: bool = True) -> str | None:
        """The code of a word; None when no list has the word.

        With `inside`, a listed word of two characters or more within the text is enough.
        """
        text = plain(word)
        if text in self._codes or not inside:
            return self._codes.get(text)
        inner = (listed for listed in self._longest if len(listed) > 1 and listed in text)
        return next((self._codes[listed] for listed in inner), None)

    def shown(self, code: str) -> str:
        """The word a person reads for a code."""
        return _(self._shown[code]) if code in self._shown else code
