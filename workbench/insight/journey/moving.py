"""Moving a customer by hand (domain 3): a correction of the tag 旅程阶段, with a reason, the machine's view beside it and an
end."""

import datetime as dt

from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.insight.journey.facts import COLUMNS, POOL
from workbench.insight.journey.stages import TAG, JourneyStage
from workbench.people.corrections import Correction, Corrections
from workbench.rules.parameters import Rules

#: where a person may move somebody: the five cards, and the pool
STOPS = (*COLUMNS, POOL)


class HandMoves:
    """Writes and takes back moves by hand; each is undoable."""

    def __init__(self, rules: Rules, corrections: Corrections) -> None:
        self._rules = rules
        self._corrections = corrections

    def stops(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the stages that somebody can be moved to."""
        return tuple((code, self._rules.text(f"journey.{code}")) for code in STOPS)

    def until(self) -> str:
        """The day (ISO) from which a move made today no longer counts."""
        return (today() + dt.timedelta(days=self._rules.whole("journey.hand_days"))).isoformat()

    def checked(self, stop: str, reason: str) -> str:
        """The code of a stage (by code or name), where a reason is given. Raises WorkbenchError bad_stage, no_reason."""
        code = stage_code(stop, self.stops())
        if len(" ".join(reason.split())) < self._rules.whole("correction.reason_least"):
            raise WorkbenchError(
                "no_reason", _("换阶段没有写理由。"), _("请写一句为什么,例如:客户说下月资金回来。")
            )
        return code

    def move(self, customer_no: str, code: str, reason: str, card: JourneyStage) -> Change:
        """Move a customer, now on `card`, to a stage until `until()`.

        Raises WorkbenchError outside_journey, same_stage, no_reason, no_such_customer.
        """
        if card.state == "out":
            raise WorkbenchError(
                "outside_journey",
                _("这位客户不在旅程卡内,不能换到某个阶段:{reason}").format(reason=card.reason),
                _("如果信息有误,请在画像里更正那一项。"),
            )
        if card.code == code:
            name = self._rules.text(f"journey.{code}")
            raise WorkbenchError(
                "same_stage", _("客户已经在{name}。").format(name=name), _("请选另一个阶段。")
            )
        return self._corrections.correct(customer_no, TAG, code, reason, self.until())

    def by_machine(self, customer_no: str) -> Change:
        """End the move by hand of a customer: the machine's view counts again.

        Raises WorkbenchError not_moved, no_such_customer.
        """
        move = self.in_force(customer_no)
        if move is None:
            raise WorkbenchError("not_moved", _("这位客户没有手工换过阶段。"), _("现在的阶段就是系统判断。"))
        return self._corrections.end(move.id)

    def in_force(self, customer_no: str) -> Correction | None:
        """The move by hand that counts today; None without one. Raises WorkbenchError no_such_customer."""
        own = self._corrections.of_customer(customer_no)
        return next((one for one in own if one.key == TAG and one.in_force), None)


def stage_code(words: str, stops: tuple[tuple[str, str], ...]) -> str:
    """The code of a stage, one of `stops`, by code or name. Raises WorkbenchError bad_stage."""
    wanted = words.strip()
    for code, name in stops:
        if wanted.upper() == code or wanted == name:
            return code
    known = commas(f"{name}({code})" for code, name in stops)
    raise WorkbenchError(
        "bad_stage",
        _("没有“{stage}”这个阶段。").format(stage=wanted),
        _("可以用:{known}。").format(known=known),
    )
