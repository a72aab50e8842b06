"""Third room: what is true in, whom to contact, when and why out."""
