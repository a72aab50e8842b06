"""What head office's list of products tells of a line: until when it can be bought, and its name as it may be said."""

from sqlalchemy import RowMapping

from workbench.rules.parameters import Rules


def last_day(row: RowMapping, day: str) -> str | None:
    """The last day (ISO) on which it can be bought, as far as the list tells one from `day` on: of the issue, else of opening."""
    return next((date for date in (row["start_date"], row["open_date"]) if date and date >= day), None)


def is_over(row: RowMapping, day: str) -> bool:
    """Whether it can be bought no more on a day (ISO): sold out, matured, or an issue with an end whose first day has passed."""
    closed = bool(row["start_date"] and row["start_date"] < day and row["maturity_date"])
    reopens = bool(row["open_date"] and row["open_date"] >= day)
    matured = bool(row["maturity_date"] and row["maturity_date"] <= day)
    return row["quota"] == 0 or matured or (closed and not reopens)


def honest_name(name: str, code: str, regime: str, rules: Rules) -> str:
    """The name without words that promise the principal, where it is no deposit or bond (domain 8.5); the code where nothing
    is left of it."""
    if regime in ("deposit", "bond"):
        return name
    words = (*rules.words("suit.unguaranteed_words"), *rules.words("suit.guaranteed_words"))
    for word in sorted(words, key=len, reverse=True):
        name = name.replace(word, "")
    return name.strip() or code
