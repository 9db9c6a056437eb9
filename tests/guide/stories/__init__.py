"""One story for each role, in the order of a month: each goes on where the one before it stopped."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.guide.book import Book
from tests.guide.stories import admin, leader, liaison, staff

STORIES = (
    ("dau-moi", "Dành cho đầu mối", liaison.tell),
    ("thuong-truc", "Dành cho cán bộ thường trực", staff.tell),
    ("lanh-dao", "Dành cho lãnh đạo", leader.tell),
    ("quan-tri", "Dành cho quản trị", admin.tell),
)


def write(browser: Browser, url: str, *, with_pictures: bool) -> Iterator[tuple[str, str]]:
    """The name and the text of each page, told on the demonstration that runs at `url`."""
    for name, title, tell in STORIES:
        book = Book(name, title, browser=browser, url=url, with_pictures=with_pictures)
        try:
            tell(book)
        finally:
            book.close()
        yield name, book.text()
