"""What a rule of this package refuses."""


class Refused(ValueError):
    """The rules do not allow it; the message says why, in Vietnamese, for the person who asked.

    `field` names what they filled in that the rule is about; empty when it is about the whole.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
