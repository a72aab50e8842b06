"""The days of a year: festivals, terms, key dates of segments, product rhythm, and the rows of branch and manager."""
