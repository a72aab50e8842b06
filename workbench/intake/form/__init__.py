"""The form of a sheet: where its header stands, what each row is, which day it speaks of."""
