"""`TouchLimits`: whom the levelling may place which touches for, as consent and the caps of domain 6.5 say."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LoggedTouch:
    """A contact by us that was logged: `day` ordinal, `channel` a code, `marketing` whether it sold."""

    day: int
    channel: str
    marketing: bool = False


@dataclass(frozen=True, slots=True)
class ContactCaps:
    """The most contacts by us in any span of days in a row: {(what, days): most}, `what` 'any', 'marketing', or a channel
    code, with '.marketing' behind it for those that sell (domain 6.5)."""

    most: Mapping[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TouchLimits:
    """Days are ordinals, 0 stands for never.

    `held`: customer id -> (code of the ground, first day on which marketing is allowed again); `frozen`: the same for care
    touches too (a complaint that is open, a rest after failures); `refused`: customer id -> channels that he refused for good,
    by himself and for everything but service; `instead`: channel -> the channels that take its place where it is refused, in
    order, with the seconds of a touch there (none: barred); `silent`: days without marketing and joyful greetings; `lately`:
    customer id -> contacts by us of the longest span of `caps` before the plan.
    """

    caps: ContactCaps = field(default_factory=ContactCaps)
    held: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    frozen: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    refused: Mapping[int, frozenset[str]] = field(default_factory=dict)
    instead: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    silent: frozenset[int] = frozenset()
    lately: Mapping[int, tuple[LoggedTouch, ...]] = field(default_factory=dict)
