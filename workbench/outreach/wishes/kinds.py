"""The kinds of touches."""

#: 'service': exempt from caps (compliance, risk, maturity, what was agreed); 'care'; 'marketing'. In columns by place.
KINDS = ("service", "care", "marketing")
