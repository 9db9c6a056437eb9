"""Someone who has no mouse: goes by Tab, presses Enter or Space, and counts every key."""

from playwright.sync_api import Page, expect

FARTHEST = 120  # keys to one place: who needs more gives up
AIMS_HERE = """at => {
  if (at !== document.activeElement) return false;
  const shown = (at.labels?.[0] ?? at).getBoundingClientRect();
  if (shown.bottom < 0 || shown.top > innerHeight) throw new Error('focus is where nobody sees it');
  return true;
}"""


class Keyboard:
    """`keys`: how many were pressed so far; what is typed as text is not counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        page.on("filechooser", lambda chooser: None)  # from now on no window of the machine opens

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def reach(self, target) -> None:
        """Tab until the focus is on the locator `target`; on a fresh page past the head, as people do who know it."""
        expect(target).to_be_visible()
        if self.page.evaluate("document.activeElement === document.body"):
            self.press("Tab")
            if target.evaluate("at => !!at.closest('main')"):
                self.press("Enter")  # "Đến nội dung chính"
        for _ in range(FARTHEST):
            if target.evaluate(AIMS_HERE):
                return
            self.press("Tab")
        raise AssertionError(f"{target} is not reached by Tab")

    def open(self, target) -> None:
        """A link or a button that leads to a page."""
        self.reach(target)
        with self.page.expect_navigation():
            self.press("Enter")

    def tick(self, target) -> None:
        """A box, a fold."""
        self.reach(target)
        self.press("Space")

    def type(self, target, words: str) -> None:
        """Before what stands in the field."""
        self.reach(target)
        self.press("Control+Home")
        self.page.keyboard.insert_text(words)

    def attach(self, target, file) -> None:
        """The machine's own window for files belongs to the machine: the file is given to it."""
        self.reach(target)
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(file)

    def download(self, target):
        self.reach(target)
        with self.page.expect_download() as started:
            self.press("Enter")
        return started.value.path()
