"""The language of conditions: what tags, lists and the command line are written in; compiled to SQL, put into words."""
