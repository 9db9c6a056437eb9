"""What the reader says when it cannot, or may not, read. Messages are shown to users as they are."""


class NotANotice(ValueError):
    """The text is empty, noise, or no administrative document that assigns work."""


class UnreadableFile(ValueError):
    """The file cannot be turned into text: binary, too large, damaged, or a scan without text."""


class SecretDocument(ValueError):
    """The document carries a stamp of secrecy; it must not enter this system (design, section 3.13)."""
