"""What could not be told for the wishes of a year, and who has none, in sentences."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from workbench.base.i18n import commas
from workbench.outreach.cadence.whom import NOBODY
from workbench.rules.parameters import Rules

#: columns without which a kind of wish cannot be told, with the note that says so
_MISSING = {
    "birth_date": "birthday", "risk_valid_days": "risk_test", "id_expiry_date": "id_expiry", "open_date": "anniversary",
    "insurance_maturity_date": "policy", "last_talk": "talk",
}  # fmt: skip


def missing(reported: Collection[str]) -> list[str]:
    """The notes on columns that no list reports."""
    return [note for column, note in _MISSING.items() if column not in reported] + ["no_column"]


def notes_in_words(
    notes: Sequence[str],
    unread: Sequence[str],
    nobody: Mapping[int, str],
    rules: Rules,
    *,
    levelless: int = 0,
    few_pays: int = 0,
) -> tuple[str, ...]:
    """All notes. `unread`: names of events whose condition cannot be read; `nobody`: customer id -> code of the ground;
    `levelless`, `few_pays`: customers without a level, with too few pays."""
    words = [rules.text(f"touch.note.{note}") for note in notes]
    words += [rules.text("touch.note.whom").format(name=name) for name in unread]
    if levelless:
        words.append(rules.text("touch.note.tier").format(n=f"{levelless:,}"))
    if few_pays:
        least = rules.whole("touch.payday_least")
        words.append(rules.text("touch.note.payday_few").format(n=f"{few_pays:,}", least=least))
    if nobody:
        counts = Counter(nobody.values())
        each = (
            rules.text("touch.note.ground").format(
                ground=rules.text(f"touch.nobody.{code}"), n=f"{counts[code]:,}"
            )
            for code in NOBODY
            if counts[code]
        )
        words.append(rules.text("touch.note.nobody").format(grounds=commas(each)))
    return tuple(words)
