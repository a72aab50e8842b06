"""The year as it is shown: days with their events, load and touches."""
