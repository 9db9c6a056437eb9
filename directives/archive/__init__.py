"""Hồ sơ: the whole file of a closed directive in one ZIP, with a manifest that anybody can check.

`make.py` is the worker's way through it; `tables.py` says which data go in, `papers.py` which files, `package.py` keeps
the ZIP and its checksums, `check.py` looks through one again without a database.
"""
