"""The questionnaires that the manager filled in: each with its seed, result and doubts (domain 2.2 a)."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select

from db.engine import Book
from db.known import styles
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.day_words import distance
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.insight.genes.disc import BlockAnswer, DiscResult, doubts, score
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class StyleTest:
    """One questionnaire filled in `at` (ISO date), scored by the rules in force now."""

    id: int
    at: str
    seed: int
    seconds: int
    result: DiscResult
    doubts: tuple[str, ...]


def history(book: Book, rules: Rules) -> tuple[StyleTest, ...]:
    """All questionnaires, the newest first."""
    with in_words(), book.read() as conn:
        rows = conn.execute(select(styles).order_by(styles.c.at.desc(), styles.c.id.desc())).all()
    return tuple(_test(row, rules) for row in rows)


def _test(row: Row[tuple[object, ...]], rules: Rules) -> StyleTest:
    answers = [BlockAnswer(*one) for one in json.loads(row.answers)]
    return StyleTest(
        row.id, row.at, row.seed, row.seconds, score(answers, rules), doubts(answers, row.seconds, rules)
    )


def keep(book: Book, rules: Rules, seed: int, answers: Sequence[BlockAnswer], seconds: int) -> Change:
    """Store a filled questionnaire. Undoable. Raises WorkbenchError disc_incomplete, disc_same_statement."""
    score(answers, rules)
    body = json.dumps([[a.most, a.least, a.place] for a in answers])
    row: dict[str, Value] = {"at": today().isoformat(), "seed": seed, "seconds": seconds, "answers": body}
    with in_words(), book.write("style", "questionnaire") as writer:
        writer.insert(styles, [row])
        return Change.by(writer, 1)


def retest_warning(tests: Sequence[StyleTest], rules: Rules) -> str:
    """Why it is too early for another test (`disc.retest` days); '' when it is not. `tests`: the newest first."""
    if not tests:
        return ""
    days = (today() - dt.date.fromisoformat(tests[0].at)).days
    least = rules.whole("disc.retest")
    if days >= least:
        return ""
    words = _("上次是{when}做的,{least} 天以内重做多半只是心情变化。")
    return words.format(when=distance(tests[0].at), least=least)
