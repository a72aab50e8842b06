"""Codes of the critical classes (七类临界客户, domain 4.8): kinds of leads, stored in plans and printed in JSON.

Not to be mixed up with the risk classes C1..C5 of an investor (domain 8.1) and the classes of data protection (domain 17).
"""

#: 临界提升: the daily average is close below the next line.
NEAR_UPGRADE = "C1"
#: 临界降级: the level is lost soon, or the average is barely above the own line.
NEAR_DOWNGRADE = "C2"
#: 到期: money matures soon that matters to the customer or his level.
MATURING = "C3"
