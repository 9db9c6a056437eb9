"""Every write, one verb each: keyword-only, in one transaction, `by` somebody, on a business `day`.

A verb that the rules do not allow raises `agencies.errors.Refused` with words for the person who asked.
"""
