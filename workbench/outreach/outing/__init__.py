"""The visits of a week by street or area (外出路线)."""
