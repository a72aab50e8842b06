"""The form of a sheet: where its header stands, what each row is, what it holds, which day it speaks of."""
