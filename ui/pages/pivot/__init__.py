"""Any two tags against each other."""
