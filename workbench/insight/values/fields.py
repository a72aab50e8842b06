"""What the lists tell. Written by `python -m workbench.insight.tags.written --update`; not to be edited."""

from typing import Literal, TypeAlias, TypedDict


class FieldValues(TypedDict, total=False):
    """What the lists tell."""

    as_of: str | None
    assigned_date: str | None
    aum_balance: int | None
    aum_base: int | None
    aum_change_day: int | None
    aum_change_month: int | None
    aum_change_quarter: int | None
    aum_change_year: int | None
    aum_daily_average: int | None
    aum_quarter_average: int | None
    aum_year_average: int | None
    bank_level: str | None
    benefit_balance: int | None
    benefit_expiry_date: str | None
    birth_date: str | None
    bound_alipay: int | None
    bound_unionpay: int | None
    bound_wechat: int | None
    branch: str | None
    business_loan_balance: int | None
    card_limit: int | None
    card_spend: int | None
    card_used: int | None
    channel_preference: str | None
    close_date: str | None
    complaint_count: int | None
    consumer_loan_balance: int | None
    credit_enquiries: int | None
    credit_limit: int | None
    credit_manager: str | None
    credit_used: int | None
    custody_balance: int | None
    custody_daily_average: int | None
    custody_quarter_average: int | None
    custody_year_average: int | None
    demand_balance: int | None
    demand_daily_average: int | None
    demand_quarter_average: int | None
    demand_year_average: int | None
    deposit_balance: int | None
    deposit_daily_average: int | None
    deposit_maturity_amount: int | None
    deposit_maturity_date: str | None
    deposit_maturity_days: int | None
    deposit_quarter_average: int | None
    deposit_year_average: int | None
    double_recorded: int | None
    downgraded_this_year: int | None
    education: str | None
    employer: str | None
    employer_type: str | None
    five_class: str | None
    fund_balance: int | None
    fund_daily_average: int | None
    fund_quarter_average: int | None
    fund_year_average: int | None
    gender: str | None
    grid: str | None
    has_credit_card: int | None
    household_register: str | None
    housing_fund_base: int | None
    id_type: str | None
    inflow: int | None
    insurance_balance: int | None
    insurance_daily_average: int | None
    insurance_maturity_date: str | None
    insurance_quarter_average: int | None
    insurance_year_average: int | None
    interbank_outflow: int | None
    is_dormant: int | None
    is_merchant: int | None
    is_new: int | None
    is_pass_through: int | None
    is_payroll: int | None
    kyc_completeness: float | None
    large_cd_balance: int | None
    large_cd_daily_average: int | None
    large_cd_quarter_average: int | None
    large_cd_year_average: int | None
    last_complaint_date: str | None
    last_contact_channel: str | None
    last_contact_date: str | None
    last_contact_result: str | None
    last_login_date: str | None
    last_payroll_date: str | None
    last_txn_date: str | None
    lifecycle: str | None
    loan_balance: int | None
    lowest_level_12m: str | None
    lowest_level_3m: str | None
    lowest_level_6m: str | None
    lowest_level_9m: str | None
    manager_name: str | None
    manager_no: str | None
    marital_status: str | None
    marketing_opt_out: int | None
    merchant_amount: int | None
    merchant_txn_count: int | None
    merchant_type: str | None
    micro_loan: int | None
    mobile_active: int | None
    mobile_logins: int | None
    mobile_signed: int | None
    monthly_income: int | None
    mortgage_balance: int | None
    notice_deposit_balance: int | None
    notice_deposit_daily_average: int | None
    notice_deposit_quarter_average: int | None
    notice_deposit_year_average: int | None
    occupation: str | None
    open_date: str | None
    outflow: int | None
    overdue_24m: int | None
    overdue_days: int | None
    parent_branch: str | None
    payroll_amount: int | None
    payroll_employer: str | None
    payroll_months: int | None
    payroll_total: int | None
    pension_balance: int | None
    pension_daily_average: int | None
    pension_quarter_average: int | None
    pension_year_average: int | None
    position: str | None
    precious_metal_balance: int | None
    precious_metal_daily_average: int | None
    precious_metal_quarter_average: int | None
    precious_metal_year_average: int | None
    previous_bank_level: str | None
    product_count: int | None
    residence_city: str | None
    risk_assessed_date: str | None
    risk_expiry_date: str | None
    risk_level: str | None
    same_name_outflow: int | None
    structured_deposit_balance: int | None
    structured_deposit_daily_average: int | None
    structured_deposit_quarter_average: int | None
    structured_deposit_year_average: int | None
    term_preference: str | None
    third_party_outflow: int | None
    third_party_outflow_count: int | None
    time_deposit_balance: int | None
    time_deposit_daily_average: int | None
    time_deposit_quarter_average: int | None
    time_deposit_year_average: int | None
    treasury_bond_balance: int | None
    treasury_bond_daily_average: int | None
    treasury_bond_quarter_average: int | None
    treasury_bond_year_average: int | None
    trust_balance: int | None
    trust_daily_average: int | None
    trust_quarter_average: int | None
    trust_year_average: int | None
    txn_amount_1m: int | None
    txn_amount_3m: int | None
    txn_amount_6m: int | None
    txn_count_1m: int | None
    txn_count_3m: int | None
    txn_count_6m: int | None
    upgraded_this_year: int | None
    utility_autopay: int | None
    wealth_balance: int | None
    wealth_daily_average: int | None
    wealth_maturity_amount: int | None
    wealth_maturity_date: str | None
    wealth_quarter_average: int | None
    wealth_year_average: int | None
    wecom_friend: int | None
    yearly_income: int | None


# fmt: off
FieldNumber: TypeAlias = Literal[
    "aum_balance", "aum_base", "aum_change_day", "aum_change_month", "aum_change_quarter",
    "aum_change_year", "aum_daily_average", "aum_quarter_average", "aum_year_average", "benefit_balance",
    "bound_alipay", "bound_unionpay", "bound_wechat", "business_loan_balance", "card_limit", "card_spend",
    "card_used", "complaint_count", "consumer_loan_balance", "credit_enquiries", "credit_limit",
    "credit_used", "custody_balance", "custody_daily_average", "custody_quarter_average",
    "custody_year_average", "demand_balance", "demand_daily_average", "demand_quarter_average",
    "demand_year_average", "deposit_balance", "deposit_daily_average", "deposit_maturity_amount",
    "deposit_maturity_days", "deposit_quarter_average", "deposit_year_average", "double_recorded",
    "downgraded_this_year", "fund_balance", "fund_daily_average", "fund_quarter_average",
    "fund_year_average", "has_credit_card", "housing_fund_base", "inflow", "insurance_balance",
    "insurance_daily_average", "insurance_quarter_average", "insurance_year_average", "interbank_outflow",
    "is_dormant", "is_merchant", "is_new", "is_pass_through", "is_payroll", "kyc_completeness",
    "large_cd_balance", "large_cd_daily_average", "large_cd_quarter_average", "large_cd_year_average",
    "loan_balance", "marketing_opt_out", "merchant_amount", "merchant_txn_count", "micro_loan",
    "mobile_active", "mobile_logins", "mobile_signed", "monthly_income", "mortgage_balance",
    "notice_deposit_balance", "notice_deposit_daily_average", "notice_deposit_quarter_average",
    "notice_deposit_year_average", "outflow", "overdue_24m", "overdue_days", "payroll_amount",
    "payroll_months", "payroll_total", "pension_balance", "pension_daily_average",
    "pension_quarter_average", "pension_year_average", "precious_metal_balance",
    "precious_metal_daily_average", "precious_metal_quarter_average", "precious_metal_year_average",
    "product_count", "same_name_outflow", "structured_deposit_balance", "structured_deposit_daily_average",
    "structured_deposit_quarter_average", "structured_deposit_year_average", "third_party_outflow",
    "third_party_outflow_count", "time_deposit_balance", "time_deposit_daily_average",
    "time_deposit_quarter_average", "time_deposit_year_average", "treasury_bond_balance",
    "treasury_bond_daily_average", "treasury_bond_quarter_average", "treasury_bond_year_average",
    "trust_balance", "trust_daily_average", "trust_quarter_average", "trust_year_average", "txn_amount_1m",
    "txn_amount_3m", "txn_amount_6m", "txn_count_1m", "txn_count_3m", "txn_count_6m", "upgraded_this_year",
    "utility_autopay", "wealth_balance", "wealth_daily_average", "wealth_maturity_amount",
    "wealth_quarter_average", "wealth_year_average", "wecom_friend", "yearly_income",
]
FieldText: TypeAlias = Literal[
    "as_of", "assigned_date", "bank_level", "benefit_expiry_date", "birth_date", "branch",
    "channel_preference", "close_date", "credit_manager", "deposit_maturity_date", "education", "employer",
    "employer_type", "five_class", "gender", "grid", "household_register", "id_type",
    "insurance_maturity_date", "last_complaint_date", "last_contact_channel", "last_contact_date",
    "last_contact_result", "last_login_date", "last_payroll_date", "last_txn_date", "lifecycle",
    "lowest_level_12m", "lowest_level_3m", "lowest_level_6m", "lowest_level_9m", "manager_name",
    "manager_no", "marital_status", "merchant_type", "occupation", "open_date", "parent_branch",
    "payroll_employer", "position", "previous_bank_level", "residence_city", "risk_assessed_date",
    "risk_expiry_date", "risk_level", "term_preference", "wealth_maturity_date",
]
# fmt: on
