"""The command line: `main` has the table of commands, and each module beside it one family of them.

A module is imported only when one of its commands runs, so that `bantin --help` and `bantin health` cost next
to nothing and a listing does not load what polls, parses and sends.
"""
