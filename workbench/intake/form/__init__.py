"""The form of a sheet: where its header stands, what each row is, its data date."""
