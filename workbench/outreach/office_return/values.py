"""What stands in a column of head office's form for one customer; None leaves the cell blank."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from workbench.outreach.codes import contact_codes
from workbench.outreach.office_return.columns import form_words, return_columns
from workbench.outreach.office_return.outcome import ReturnedOutcome
from workbench.people.office_form import OfficeRow
from workbench.people.privacy import masked_as, tail


@dataclass(frozen=True, slots=True)
class Wordings:
    """The ways to say one thing, the usual one first: a form's own list of choices may have another of them. `spare`: it goes
    without saying where the form has no word for it."""

    words: tuple[str, ...]
    spare: bool = False

    def among(self, choices: tuple[str, ...]) -> str | None:
        """How a form says it, by its list of choices (() for none); None where the list has no word for it."""
        if not choices:
            return self.words[0]
        known = {choice.casefold(): choice for choice in reversed(choices)}
        return next((known[word.casefold()] for word in self.words if word.casefold() in known), None)


#: the answer to one column
ReturnValue = Wordings | str | int | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class ReturnValues:
    """Answers for the customers of a list. `manager`, `branch`: whose list it is, '' where nobody says so."""

    manager: str
    branch: str

    def of(
        self, code: str, serial: int, row: OfficeRow, outcome: ReturnedOutcome | None, worth: int = 1
    ) -> ReturnValue:
        """The answer in a column of `return_columns`; `serial`: the place in the list, from 1; `worth`: yuan of a 1 in the
        column; `outcome`: None for who is not in the book."""
        match code:
            case "serial":
                return serial
            case "customer_no":
                return row.written
            case "manager":
                return self.manager or None
            case "branch":
                return self.branch or None
            case "remark":
                return self.remark(row, outcome) or None
        return None if outcome is None else self._logged(code, outcome, worth)

    def remark(self, row: OfficeRow, outcome: ReturnedOutcome | None) -> str:
        """Why there is no outcome, or under which number it stands; '' for neither."""
        words = form_words()
        if outcome is None:
            return words["unknown"]
        if row.merged:
            return words["merged"].format(tail=tail(outcome.customer_no))
        return words["opted_out"] if outcome.opted_out and not outcome.contacts else ""

    def _logged(self, code: str, outcome: ReturnedOutcome, worth: int) -> ReturnValue:
        last = outcome.last
        match code:
            case "name":
                return outcome.name or None
            case "contacted" | "reached" | "opted_out":
                return _answer(code, getattr(outcome, code))
            case "times":
                return outcome.times
            case "amount":
                return None if outcome.amount is None else Decimal(outcome.amount) / 100 / worth
            case "need" | "note":
                spoken = outcome.need if code == "need" else outcome.note
                return masked_as("text", spoken) if spoken else None
            case "result" if last is None:
                untouched = (form_words()["untouched"], *return_columns()["contacted"].no)
                return Wordings(untouched, spare=True) if outcome.known else None
        if last is None:
            return None
        match code:
            case "channel":
                return _named("channels", last.channel)
            case "result":
                return _named("results", last.result)
            case "date":
                return dt.date.fromisoformat(last.date)
            case "next_date":
                return dt.date.fromisoformat(last.next_date) if last.next_date else None
        return None


def _answer(code: str, answer: bool | None) -> Wordings | None:
    if answer is None:
        return None
    column = return_columns()[code]
    return Wordings(column.yes if answer else column.no)


def _named(table: str, code: str) -> Wordings:
    """The names of a channel or a result; head office reads Chinese."""
    one = next((known for known in contact_codes(table) if known.code == code), None)
    return Wordings((one.shipped, *one.words, one.code) if one is not None else (code,))
