"""The gift ledger and its stock."""
