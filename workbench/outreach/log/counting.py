"""What a logged contact counts as: reached, invited, met, a deal. Asked by the log, the evening review, the week's reviews and
the goals, so that one log gives one set of figures (domain 12.4)."""

from sqlalchemy import ColumnElement

from db.tables import touches
from workbench.insight.measures.contact import LogConditions
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules


class CountingContacts:
    """By the rules contact.*: of one contact in Python, of many in SQL."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._reaching = Reaching(rules)
        self._invited, self._met, self._deals = (
            frozenset(rules.words(f"contact.{name}")) for name in ("invited", "met", "deals")
        )
        self._face = frozenset(rules.words("contact.face_channels"))

    def reached(self, result: str, initiated_by: str) -> bool:
        """See `Reaching.reached`."""
        return self._reaching.reached(result, initiated_by)

    def invited(self, result: str) -> bool:
        """Whether an appointment was made."""
        return result in self._invited

    def met(self, channel: str, result: str, initiated_by: str) -> bool:
        """Whether they met: so the result says, or both spoke in a channel that is face to face."""
        return result in self._met or (channel in self._face and self.reached(result, initiated_by))

    def deal(self, result: str) -> bool:
        """Whether a deal was closed."""
        return result in self._deals

    def met_in_log(self) -> ColumnElement[bool]:
        """As `met`, of the rows of the log."""
        return LogConditions.of(self._rules).face

    def deal_in_log(self) -> ColumnElement[bool]:
        """As `deal`, of the rows of the log."""
        return touches.c.result.in_(sorted(self._deals))
