"""`make run`: the stack in the foreground, in words for the person at the keyboard."""

import argparse
import os
import signal
import sys
import time
from types import FrameType

from kttt_tracker.local.defaults import chosen, data_folder, is_demo, read_dotenv
from kttt_tracker.local.errors import AlreadyRunning, LocalError
from kttt_tracker.local.net import LOCALHOST
from kttt_tracker.local.process import die_with_parent
from kttt_tracker.local.stack import TICK, Stack


class Stopped(BaseException):
    """Ctrl-C, a closed terminal or SIGTERM."""


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)


def main() -> int:
    options = _options()
    if options.with_parent:
        die_with_parent(signal.SIGTERM, os.getppid())
    _on_signals(_stop)
    read_dotenv()
    stack = Stack(data_folder(), env=_environ(options.host), port=options.port, host=options.host, say=say)
    try:
        stack.start()
        _welcome(stack)
        _watch(stack)
    except Stopped:
        say("Đã dừng hết. Dữ liệu còn nguyên; gõ lại make run để chạy tiếp.")
        return 0
    except AlreadyRunning as error:
        print(f"\n{error}\nXin mở địa chỉ ấy, hoặc dừng nó (Ctrl-C ở cửa sổ của nó) rồi chạy lại.", file=sys.stderr)
    except LocalError as error:
        print(f"\n{error}", file=sys.stderr)
    return 1


def _watch(stack: Stack) -> None:
    try:
        while True:
            stack.tick()
            time.sleep(TICK)
    finally:
        _on_signals(signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        say("Đang dừng …")
        stack.stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Chạy cả chương trình trên máy này.")
    parser.add_argument("--port", type=int, default=8000, help="cổng của trang web")
    parser.add_argument("--host", default=LOCALHOST, help="địa chỉ lắng nghe; 0.0.0.0 cho máy khác trong mạng xem")
    parser.add_argument("--with-parent", action="store_true", help="dừng khi tiến trình gọi nó mất")
    return parser.parse_args()


def _environ(host: str) -> dict[str, str]:
    env = chosen()
    if host != LOCALHOST and "KTTT_ALLOWED_HOSTS" not in env:
        # Whoever opens the demonstration to the network cannot know by which name it is called.
        env["KTTT_ALLOWED_HOSTS"] = "*"
    return env


def _on_signals(handler: object) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)  # type: ignore[arg-type]


def _stop(number: int, frame: FrameType | None) -> None:
    _on_signals(signal.SIG_IGN)
    raise Stopped


def _welcome(stack: Stack) -> None:
    print(f"\n{stack.accounts}".rstrip(), flush=True)
    if not is_demo(stack.environ):
        print("\nBản cài đặt thật: lần đầu, tạo quản trị viên bằng lệnh .venv/bin/python manage.py create_admin")
    print(f"\n  Mời mở: {stack.url}\n  Dừng: Ctrl-C. Nhật ký: {stack.folder.log}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
