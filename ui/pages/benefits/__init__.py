"""权益: rules of benefits, and what customers have of them."""
