"""What a rule of this package refuses."""


class Refused(ValueError):
    """The rules do not allow it; the message says why, in Vietnamese, for the person who asked."""
