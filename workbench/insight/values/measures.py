"""The prepared measures. Written by `python -m workbench.insight.tags.written --update`; not to be edited."""

from typing import Literal, TypeAlias, TypedDict


class MeasureValues(TypedDict, total=False):
    """The prepared measures."""

    S1: int | None
    S2: int | None
    S3: int | None
    S4: int | None
    S5: int | None
    S6: int | None
    S7: int | None
    above_line: int | None
    active_1m: int | None
    active_90: int | None
    active_days: int | None
    age: int | None
    amount_90: int | None
    any_touch_log: int | None
    attention: int | None
    average: int | None
    average_1: int | None
    average_12: int | None
    average_3: int | None
    balance: int | None
    bank_tier_differs: int | None
    big_before: int | None
    big_in: int | None
    big_out: int | None
    birthday_in: int | None
    broker_times: int | None
    by_balance: int | None
    change: int | None
    change_2: int | None
    change_2_share: float | None
    change_3_share: float | None
    change_share: float | None
    company_link: int | None
    complaint_days: int | None
    complaints_open: int | None
    complaints_year: int | None
    cover_channel: int | None
    cover_expert: int | None
    cover_game: int | None
    cover_gift: int | None
    cover_group: int | None
    cover_growth: int | None
    cover_guide: int | None
    cover_known: int | None
    cover_plan: int | None
    cover_respond: int | None
    cover_retain: int | None
    cover_review: int | None
    cover_wake: int | None
    cues: int | None
    days_since_inbound: int | None
    days_since_referral: int | None
    days_since_satisfied: int | None
    days_since_talk: int | None
    days_since_touch: int | None
    demand: int | None
    demand_share: float | None
    deposit: int | None
    deposit_share: float | None
    downgraded_days: int | None
    falls_in: int | None
    familiar: int | None
    familiar_before: int | None
    familiarity: int | None
    families: int | None
    family_fields: int | None
    family_size: int | None
    fast: int | None
    fell_from: str | None
    five_g: int | None
    flow_gap: int | None
    flow_ratio: float | None
    flow_season: float | None
    flows_differ: int | None
    fund: int | None
    fund_share: float | None
    held_lines: int | None
    held_risk: int | None
    holds_annuity: int | None
    holds_app: int | None
    holds_bond: int | None
    holds_business_loan: int | None
    holds_card: int | None
    holds_cash: int | None
    holds_cd: int | None
    holds_consumer_loan: int | None
    holds_demand: int | None
    holds_fund: int | None
    holds_gold: int | None
    holds_merchant: int | None
    holds_mortgage: int | None
    holds_payroll: int | None
    holds_pension: int | None
    holds_protection: int | None
    holds_time: int | None
    holds_wealth_low: int | None
    holds_wealth_mid: int | None
    household_aum: int | None
    idle_demand: int | None
    idle_months: int | None
    inbound_90: int | None
    inflow_1m: int | None
    inflow_3m: int | None
    insurance: int | None
    insurance_share: float | None
    kyc: float | None
    last_touch: str | None
    light: str | None
    line_before: int | None
    line_next: int | None
    line_own: int | None
    loss: int | None
    loss_share: float | None
    lum: int | None
    managed_days: int | None
    matured_since: int | None
    matures_30: int | None
    matures_90: int | None
    matures_share: float | None
    merchant_growth: float | None
    met_180: int | None
    months_missing: int | None
    months_told: int | None
    net_outflow: int | None
    next_maturity: str | None
    next_maturity_days: int | None
    next_touch: str | None
    of_peak_6: float | None
    opened_days: int | None
    opt_out: int | None
    ours_30: int | None
    ours_7: int | None
    out_bank: int | None
    out_broker: int | None
    out_hospital: int | None
    out_house: int | None
    out_insurance: int | None
    out_internet: int | None
    out_school: int | None
    outflow_1m: int | None
    outflow_3m: int | None
    pass_through: int | None
    payday_kept: float | None
    payroll_3: int | None
    payroll_mean: int | None
    payroll_run: int | None
    peak: int | None
    peak_12: int | None
    peak_6: int | None
    qualified_days: int | None
    referrals_given: int | None
    refused: int | None
    retention: float | None
    rfm: str | None
    rfm_f: int | None
    rfm_m: int | None
    rfm_r: int | None
    risk: float | None
    risk_class: int | None
    risk_class_1: int | None
    risk_valid_days: int | None
    same_name_mean: int | None
    same_name_months: int | None
    same_name_regular: int | None
    school_last: str | None
    season_share: float | None
    style: str | None
    style_confidence: float | None
    talks_90: int | None
    third_count: int | None
    third_share: float | None
    tier: str | None
    tier_before: str | None
    tier_reached: str | None
    to_upgrade: int | None
    top_share: float | None
    touches_90: int | None
    tower: str | None
    unanswered: int | None
    upgraded_days: int | None
    watch: int | None
    weakest: str | None
    wealth: int | None
    wealth_share: float | None
    wecom: int | None
    zhuan: int | None


# fmt: off
MeasureNumber: TypeAlias = Literal[
    "S1", "S2", "S3", "S4", "S5", "S6", "S7", "above_line", "active_1m", "active_90", "active_days", "age",
    "amount_90", "any_touch_log", "attention", "average", "average_1", "average_12", "average_3", "balance",
    "bank_tier_differs", "big_before", "big_in", "big_out", "birthday_in", "broker_times", "by_balance",
    "change", "change_2", "change_2_share", "change_3_share", "change_share", "company_link",
    "complaint_days", "complaints_open", "complaints_year", "cover_channel", "cover_expert", "cover_game",
    "cover_gift", "cover_group", "cover_growth", "cover_guide", "cover_known", "cover_plan",
    "cover_respond", "cover_retain", "cover_review", "cover_wake", "cues", "days_since_inbound",
    "days_since_referral", "days_since_satisfied", "days_since_talk", "days_since_touch", "demand",
    "demand_share", "deposit", "deposit_share", "downgraded_days", "falls_in", "familiar",
    "familiar_before", "familiarity", "families", "family_fields", "family_size", "fast", "five_g",
    "flow_gap", "flow_ratio", "flow_season", "flows_differ", "fund", "fund_share", "held_lines",
    "held_risk", "holds_annuity", "holds_app", "holds_bond", "holds_business_loan", "holds_card",
    "holds_cash", "holds_cd", "holds_consumer_loan", "holds_demand", "holds_fund", "holds_gold",
    "holds_merchant", "holds_mortgage", "holds_payroll", "holds_pension", "holds_protection", "holds_time",
    "holds_wealth_low", "holds_wealth_mid", "household_aum", "idle_demand", "idle_months", "inbound_90",
    "inflow_1m", "inflow_3m", "insurance", "insurance_share", "kyc", "line_before", "line_next", "line_own",
    "loss", "loss_share", "lum", "managed_days", "matured_since", "matures_30", "matures_90",
    "matures_share", "merchant_growth", "met_180", "months_missing", "months_told", "net_outflow",
    "next_maturity_days", "of_peak_6", "opened_days", "opt_out", "ours_30", "ours_7", "out_bank",
    "out_broker", "out_hospital", "out_house", "out_insurance", "out_internet", "out_school", "outflow_1m",
    "outflow_3m", "pass_through", "payday_kept", "payroll_3", "payroll_mean", "payroll_run", "peak",
    "peak_12", "peak_6", "qualified_days", "referrals_given", "refused", "retention", "rfm_f", "rfm_m",
    "rfm_r", "risk", "risk_class", "risk_class_1", "risk_valid_days", "same_name_mean", "same_name_months",
    "same_name_regular", "season_share", "style_confidence", "talks_90", "third_count", "third_share",
    "to_upgrade", "top_share", "touches_90", "unanswered", "upgraded_days", "watch", "wealth",
    "wealth_share", "wecom", "zhuan",
]
MeasureText: TypeAlias = Literal[
    "fell_from", "last_touch", "light", "next_maturity", "next_touch", "rfm", "school_last", "style",
    "tier", "tier_before", "tier_reached", "tower", "weakest",
]
# fmt: on
