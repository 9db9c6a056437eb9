"""Questions of a command to the person at the keyboard."""

from getpass import getpass

from django.core.management.base import CommandError

NOBODY = "Không có ai trả lời; cần nêu đủ thông tin trong lệnh."


def ask(question: str) -> str:
    """One line from the keyboard."""
    try:
        return input(question).strip()
    except EOFError as end:
        raise CommandError(NOBODY) from end


def ask_password() -> str:
    """A password, typed twice and not shown."""
    try:
        password = getpass("Mật khẩu: ")
        again = getpass("Nhập lại mật khẩu: ")
    except EOFError as end:
        raise CommandError(NOBODY) from end
    if password != again:
        raise CommandError("Hai lần nhập mật khẩu không giống nhau.")
    return password
