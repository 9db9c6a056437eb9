"""The environment of one machine without servers: a demonstration, unless `.env` says otherwise."""

import os
from collections.abc import Mapping
from pathlib import Path

import environ

from kttt_tracker.local.folder import Folder

BASE_DIR = Path(__file__).resolve().parent.parent.parent
TRAINING_DAY = "2023-11-20"
OFF = ("", "0", "false", "off", "no")
SERVERS = ("DATABASE_URL", "REDIS_URL")


def read_dotenv() -> None:
    """Put `.env` into the environment; what is already set wins."""
    if (BASE_DIR / ".env").exists():
        environ.Env.read_env(BASE_DIR / ".env")


def data_folder() -> Path:
    """`var/`, or what KTTT_VAR names."""
    return (BASE_DIR / os.environ.get("KTTT_VAR", "var")).resolve()


def is_demo(env: Mapping[str, str]) -> bool:
    return env.get("KTTT_DEMO", "1").strip().lower() not in OFF


def is_ours(name: str) -> bool:
    return name.startswith("KTTT_") or name in SERVERS


def chosen() -> dict[str, str]:
    """What the user set for this product, by `.env` or by hand."""
    return {name: value for name, value in os.environ.items() if is_ours(name)}


def others() -> dict[str, str]:
    """The rest of the environment: PATH, HOME, locale …"""
    return {name: value for name, value in os.environ.items() if not is_ours(name)}


def defaults(folder: Folder, env: Mapping[str, str], *, url: str | None = None) -> dict[str, str]:
    """For every name that the user may set, the value of a machine where nothing was set.

    `env` is what was set; it only decides whether this is a demonstration.
    """
    values = {
        "KTTT_SECRET_KEY": folder.secret("django"),
        "KTTT_ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "KTTT_VAR": str(folder.root),
        "KTTT_DEMO": "1",
    }
    if url:
        values["KTTT_BASE_URL"] = url
    if is_demo(env):
        values["KTTT_TODAY"] = TRAINING_DAY
        values["KTTT_MAIL_SINK"] = str(folder.root / "mail")
    return values
