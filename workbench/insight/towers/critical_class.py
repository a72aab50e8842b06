"""Codes of the critical classes (七类临界客户, domain 4.8): kinds of leads, stored in plans and printed in JSON.

Not to be mixed up with the risk classes C1..C5 of an investor (domain 8.1) and the classes of data protection (domain 17).
"""

#: 临界提升: the daily average is close below the next line.
NEAR_UPGRADE = "C1"
#: 临界降级: the level is lost soon, or the average is barely above the own line.
NEAR_DOWNGRADE = "C2"
#: 到期: money matures soon that matters to the customer or his level.
MATURING = "C3"
#: 临界流失: an orange light, or the month's average still reaches the own line and its last balance no longer does.
NEAR_CHURN = "C4"
#: 临界睡眠: no active transaction for so long that the customer soon counts as asleep, and his assets fall.
NEAR_SLEEP = "C5"
#: 临界激活: one product or one condition short of an active customer.
NEAR_ACTIVE = "C6"
#: 临界适当性: something has to be put right before anything may be sold.
SUITABILITY_DUE = "C7"
#: all seven, in the order of their numbers
CRITICAL = (NEAR_UPGRADE, NEAR_DOWNGRADE, MATURING, NEAR_CHURN, NEAR_SLEEP, NEAR_ACTIVE, SUITABILITY_DUE)
