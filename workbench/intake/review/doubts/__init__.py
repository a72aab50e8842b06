"""What a person is asked before a sheet is written: one file per doubt, all of them in `registry.DOUBTS`."""
