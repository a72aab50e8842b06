"""How often a customer is contacted: intervals by tier, caps, who is due, who is nearly lost touch with."""
