"""What customers save for, by when, and how it stands; no yield is assumed."""
