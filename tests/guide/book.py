"""One page of the guide for each role, written while a browser does what the page says."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, TimeoutError

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "huong-dan"
PASSWORD = "htx-quangtri-2023"
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
PATIENCE = 5_000  # milliseconds
COLOURS = 64  # a page has few; a picture of them is small


class Stale(AssertionError):
    """The text names something that the page does not show."""


class Book:
    """A page of the guide in the making. `name` is its file; pictures are taken only where they are wanted."""

    def __init__(self, name: str, title: str, *, browser: Browser, url: str, with_pictures: bool) -> None:
        self.name = name
        self.browser, self.url, self.with_pictures = browser, url, with_pictures
        self.lines = [f"# {title}", ""]
        self.pictures = 0
        self._contexts: list = []

    def sign_in(self, username: str, look: dict = DESK) -> Page:
        """A browser of its own for one of the demonstration's people, after signing in."""
        page = self.stranger(look)
        page.goto("/dang-nhap/")
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        return page

    def stranger(self, look: dict = DESK) -> Page:
        """A browser of its own for somebody who has not signed in."""
        context = self.browser.new_context(locale="vi-VN", base_url=self.url, **look)
        context.set_default_timeout(3 * PATIENCE)
        self._contexts.append(context)
        return context.new_page()

    def chapter(self, title: str) -> None:
        self.lines += [f"## {title}", ""]

    def say(self, text: str, page: Page | None = None) -> None:
        """A paragraph (or list). Every **word in bold** must stand on `page` as it is now; else raises Stale."""
        text = "\n".join(line.strip() for line in text.strip().splitlines())
        if page is not None:
            self._check(text, page)
        self.lines += [text, ""]

    def picture(self, page: Page, caption: str, *, of: str | None = None, whole: bool = False) -> None:
        """What the page shows now; `of` narrows it to one element."""
        self.pictures += 1
        file = f"hinh/{self.name}-{self.pictures}.png"
        if self.with_pictures:
            page.wait_for_load_state("networkidle")
            taken = page.locator(of).first.screenshot() if of else page.screenshot(full_page=whole)
            self._keep(taken, FOLDER / file)
        elif of:
            page.locator(of).first.wait_for()
        self.lines += [f"![{caption}]({file})", ""]

    def text(self) -> str:
        """The page in Markdown."""
        return "\n".join(self.lines).rstrip() + "\n"

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _check(self, text: str, page: Page) -> None:
        words = [_plain(word) for word in re.findall(r"\*\*(.+?)\*\*", text, re.S)]
        try:  # the page that a click asked for may still be on its way
            page.wait_for_function(_SHOWS, arg=words, timeout=PATIENCE)
        except TimeoutError:
            shown = _plain(page.evaluate(_WORDS))
            missing = [word for word in words if word not in shown]
            raise Stale(f"{self.name}: {page.url} does not show {missing}") from None

    def _keep(self, taken: bytes, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.open(BytesIO(taken)).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(place, optimize=True)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


# All words of the page, folded boxes and names for screen readers included.
_WORDS = """() => {
  const words = [document.body ? document.body.textContent : ''];
  for (const at of document.querySelectorAll('[aria-label],[placeholder],[value],[title]')) {
    words.push(at.getAttribute('aria-label'), at.placeholder, at.value, at.title);
  }
  return words.filter(Boolean).join('\\n');
}"""

_SHOWS = f"""(words) => {{
  const shown = ({_WORDS})().split(/\\s+/).join(' ').toLowerCase();
  return words.every((word) => shown.includes(word));
}}"""
