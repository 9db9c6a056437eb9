"""`python -m directives.notices FILE` prints what was understood, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from . import read, text_of


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Cách dùng: python -m directives.notices TỆP", file=sys.stderr)
        return 2
    try:
        notice = read(text_of(Path(arguments[0]), arguments[0]))
    except (ValueError, OSError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(json.dumps(notice.as_dict(), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
