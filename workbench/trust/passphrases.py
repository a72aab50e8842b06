"""How strong a passphrase is (zxcvbn), and which a new book may get (domain 17: password policy)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.pc import SAMPLE_PASSPHRASE
from workbench.rules.parameters import Rules

#: zxcvbn looks at no more characters than this; a longer passphrase is at least as strong as its beginning
_LOOKED_AT = 72


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess: 0 (among the first thousand) to 4; whether a book may have it; the words for it."""

    score: int
    enough: bool
    words: str


@cache
def _parameters() -> Rules:
    """The shipped thresholds: at the door no book is open whose own could count."""
    return Rules.load("general", {})


@cache
def _common() -> tuple[str, ...]:
    """What is tried first beside the estimator's own lists, which know no Chinese."""
    lines = (files("resources") / "common_passphrases.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _in_letters(text: str) -> str:
    """Chinese as it is typed: the estimator takes each sign for one of ten."""
    if text.isascii():
        return text
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def strength(passphrase: str, own_words: Sequence[str] = ()) -> Strength:
    """Judge a passphrase. `own_words` are guessed first: the names of the book, the manager, the branch."""
    from zxcvbn import zxcvbn

    if not passphrase.strip():
        return Strength(0, enough=False, words=_("口令不能是空白。"))
    known = [_in_letters(one) for one in (*own_words, *_common())]
    score = int(zxcvbn(_in_letters(passphrase)[:_LOOKED_AT], user_inputs=known)["score"])
    rules = _parameters()
    if score < rules.whole("vault.strength_min"):
        return Strength(score, enough=False, words=_("太容易猜到:常用的口令、连续或重复的字符都不行。"))
    if score < rules.whole("vault.strength_good"):
        return Strength(score, enough=True, words=_("可以用,但偏弱;再加一两个不相干的词会好得多。"))
    return Strength(score, enough=True, words=_("够强。"))


def check_new_passphrase(passphrase: str, own_words: Sequence[str] = ()) -> None:
    """Raise WorkbenchError weak_passphrase for one that a book should not get. There is no upper limit of length."""
    if passphrase == SAMPLE_PASSPHRASE:
        return
    judged = strength(passphrase, own_words)
    if not judged.enough:
        raise WorkbenchError(
            "weak_passphrase",
            _("口令太弱,没有使用。{why}").format(why=judged.words),
            _("请用几个不相干的词连起来,例如四个词加一个数字;不限长度。"),
        )
