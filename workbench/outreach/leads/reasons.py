"""A lead as a reason of the week's list."""

from workbench.outreach.leads.amount import named_amount
from workbench.outreach.leads.lead import Lead
from workbench.outreach.reason import WeekReason
from workbench.rules.parameters import Rules
from workbench.rules.sentences import undated


def week_reason(lead: Lead, rules: Rules, *, as_of: str | None = None, old: bool = False) -> WeekReason:
    """The reason that a lead is. The date of its data, `as_of` (ISO), stands once on a page and not in each sentence; `old`:
    the data are too old for days."""
    sentence = undated(rules, as_of, lead.reason).rstrip("。;")
    word = rules.text(f"lead.{lead.kind}") if rules.has_text(f"lead.{lead.kind}") else ""
    return WeekReason(
        lead.source, lead.kind, word, sentence, named_amount(lead, rules)[1], "" if old else lead.due
    )
