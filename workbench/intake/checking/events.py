"""Checks of a sheet of events bad for the bank's reputation: the scope as a code, whom it concerns, for how long."""

from workbench.intake.cells.code_words import Codes
from workbench.intake.cells.parsed import as_texts, as_wholes, texts_of
from workbench.intake.checking.work import Work

SCOPE, TARGET, DAYS = "event_scope", "event_target", "event_days"
_WHOLE_BANK = "bank"


def settle_events(work: Work) -> None:
    """Turn scopes into codes and refuse rows of an unknown scope, or that name nobody concerned; days of nothing are
    left to the rule."""
    if SCOPE not in work.columns:
        return
    codes, header = Codes(work.rules, SCOPE), work.header(SCOPE)
    written = as_texts(work.columns[SCOPE])
    table = {word: codes.find(word) for word in set(written) if word is not None}
    found = [None if word is None else table[word] for word in written]
    work.columns[SCOPE] = list(found)
    targets = texts_of(work.columns, TARGET) or [None] * len(found)
    for row, (word, code) in enumerate(zip(written, found, strict=True)):
        if word is None or not work.keep[row]:
            continue
        if code is None:
            work.refuse(row, header, "unknown_scope", word)
        elif code != _WHOLE_BANK and not targets[row]:
            work.refuse(row, work.header(TARGET) or header, "missing_target", None)
    if DAYS in work.columns:
        work.columns[DAYS] = [days if days and days > 0 else None for days in as_wholes(work.columns[DAYS])]
