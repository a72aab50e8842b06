"""The method handbook (口径手册) as data: read by workbench/base/handbook.py, cited as "domain 4.4" in the code."""
