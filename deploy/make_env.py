"""Writes .env from .env.example with random secrets. Standard library only."""

import os
import re
import secrets
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
PLACEHOLDER = re.compile(r"^(KTTT_\w+)=thay-bang-.*$", re.MULTILINE)


def filled(example: str) -> str:
    """Every placeholder replaced; letters and digits only, since some stand in addresses."""
    return PLACEHOLDER.sub(lambda found: f"{found[1]}={secrets.token_hex(32)}", example)


def main() -> int:
    target = BASE_DIR / ".env"
    text = filled((BASE_DIR / ".env.example").read_text())
    try:
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        print(f"Đã có {target}; không ghi đè. Xóa hoặc đổi tên tệp ấy trước nếu muốn tạo lại.", file=sys.stderr)
        return 1
    with os.fdopen(file, "w") as output:
        output.write(text)
    print(f"Đã tạo {target} với mật khẩu ngẫu nhiên. Xin sửa tên miền và máy chủ thư trong đó.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
