"""What stops the services of one machine, in words for the person at the keyboard."""


class LocalError(Exception):
    """Its text is a whole message in Vietnamese: print it as it is, without a trace."""


class AlreadyRunning(LocalError):
    """Somebody else holds this folder; `info` is what the holder published about itself."""

    def __init__(self, message: str, info: dict[str, object]) -> None:
        super().__init__(message)
        self.info = info
