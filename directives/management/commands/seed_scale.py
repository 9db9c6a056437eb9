"""manage.py seed_scale --assignments N [--agencies M]: invented work, to see how the pages hold."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.clock import today
from agencies.errors import Refused
from directives.demo.scale import seed_scale


class Command(BaseCommand):
    help = "Nạp dữ liệu minh hoạ ở quy mô lớn; không nạp vào sổ đang có văn bản thật."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--assignments", type=int, required=True, help="số phân công")
        parser.add_argument("--agencies", type=int, default=100, help="số cơ quan (mặc định 100)")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            seed_scale(assignments=options["assignments"], agencies=options["agencies"], day=today())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        seconds = time.monotonic() - began
        self.stdout.write(f"Đã nạp {options['assignments']} phân công minh hoạ trong {seconds:.0f} giây.")
