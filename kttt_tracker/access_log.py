"""The web server's log of requests, without the secrets that some addresses carry."""

from typing import Any

from gunicorn.glogging import Logger

from agencies.masking import without_secrets


class AccessLog(Logger):
    """gunicorn's own, masked."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(*args, **kwargs)
        for name in ("r", "U", "q", "f"):
            if isinstance(atoms.get(name), str):
                atoms[name] = without_secrets(atoms[name])
        return atoms
