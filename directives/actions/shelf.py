"""Where bytes lie: once for each checksum, below the storage's root, reachable only through a view that asks."""

import hashlib

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage


def keep(content: bytes) -> str:
    """Put bytes on the shelf; gives their SHA-256 in hex. The same bytes again share their place."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not default_storage.exists(path_of(sha256)):
        default_storage.save(path_of(sha256), ContentFile(content))
    return sha256


def open_kept(sha256: str) -> File:
    """The bytes, open for reading. Raises FileNotFoundError where the shelf has lost them."""
    return default_storage.open(path_of(sha256))


def path_of(sha256: str) -> str:
    """Where the bytes lie."""
    return f"shelf/{sha256[:2]}/{sha256}"
