"""The week's 531."""
