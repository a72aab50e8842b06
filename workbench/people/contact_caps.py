"""`TouchLimits`: whom which touches may be planned for, as consent and the caps of domain 6.5 say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.rules.parameters import Rules


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

    @property
    def days(self) -> int:
        """The longest span."""
        return max((days for _what, days in self.most), default=0)


@dataclass(frozen=True, slots=True)
class TouchLimits:
    """Days are ordinals, 0 stands for never.

    `held`: customer id -> (code of the ground, first day on which marketing is allowed again); `frozen`: the same for care
    touches too (a complaint that is open, a minor, a rest after failures); `refused`: customer id -> channels that he refused
    for good, by himself and for everything but service; `instead`: channel -> the channels that take its place where it is
    refused, in order, with the seconds of a touch there (none: barred); `failing`: customer id -> (channel on which nobody
    answered lately, first day on which it is tried again), where another takes its place until then; `silent`: days without
    marketing and joyful greetings; `lately`: customer id -> contacts by us of the longest span of `caps` before the plan.
    Contacts lately alone hold nobody: the caps do.
    """

    caps: ContactCaps = field(default_factory=ContactCaps)
    held: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    frozen: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    refused: Mapping[int, frozenset[str]] = field(default_factory=dict)
    silent: frozenset[int] = frozenset()
    lately: Mapping[int, tuple[LoggedTouch, ...]] = field(default_factory=dict)
    instead: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    failing: Mapping[int, tuple[str, int]] = field(default_factory=dict)


def caps_of(rules: Rules) -> ContactCaps:
    """The caps in force: of all contacts by us, of those that sell, of a call, a short message and a message to a group, and of
    campaigns and services a day. Service, maturities and risk notices are exempt but for the last."""
    whole = rules.whole
    week, month = whole("consent.week_days"), whole("consent.month_days")
    return ContactCaps({
        ("any", week): whole("consent.week_touches"),
        ("any", month): whole("consent.month_touches"),
        ("marketing", 1): whole("consent.day_marketing"),
        ("marketing", week): whole("consent.week_marketing"),
        ("marketing", month): whole("consent.month_marketing"),
        ("call", week): whole("consent.week_calls"),
        ("call.marketing", month): whole("consent.month_marketing_calls"),
        ("sms", month): whole("consent.month_sms"),
        ("group", week): whole("consent.week_groups"),
        ("group", month): whole("consent.month_groups"),
        ("service", 1): whole("consent.day_services"),
    })  # fmt: skip
