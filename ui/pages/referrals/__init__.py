"""转介: whom to ask now, the referrals as task sheets, who introduced whom, the funnel, the rewards."""
