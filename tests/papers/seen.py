"""What stands on the pages of a PDF, in millimetres and points."""

import re
from collections import namedtuple

MM = 72 / 25.4
MARGIN = 20  # top and bottom

Seen = namedtuple("Seen", "text size bold italic left right top bottom font")


def flat(text):
    return " ".join(text.replace("\xa0", " ").split())


def squeezed(text):
    """Without any space: lines may break elsewhere."""
    return re.sub(r"\s+", "", text.replace("\xa0", ""))


def find(page, text, *, last=False):
    """Where these words stand on the page, and how they look; they must look the same all over."""
    words = r"\s*".join(re.escape(word) for word in text.split())
    found = page.search(words, return_chars=True, x_tolerance=2)
    assert found, f"{text!r} is not on page {page.page_number}: {page.extract_text()[:400]}"
    return seen(found[-1 if last else 0]["chars"])


def seen(chars):
    chars = [char for char in chars if char["text"].strip()]
    fonts = {char["fontname"] for char in chars}
    sizes = {round(char["size"], 1) for char in chars}
    assert len(fonts) == len(sizes) == 1, (fonts, sizes, "".join(char["text"] for char in chars))
    font = fonts.pop()
    return Seen(
        "".join(char["text"] for char in chars),
        sizes.pop(),
        "Bold" in font,
        "Italic" in font,
        min(char["x0"] for char in chars) / MM,
        max(char["x1"] for char in chars) / MM,
        min(char["top"] for char in chars) / MM,
        max(char["bottom"] for char in chars) / MM,
        font,
    )


def middle(seen):
    return (seen.left + seen.right) / 2


def rules(page):
    """Horizontal lines as (left, right, height on the page)."""
    found = {
        (round(each["x0"] / MM, 1), round(each["x1"] / MM, 1), round(each["top"] / MM, 1))
        for each in [*page.rects, *page.lines, *page.curves]
        if each["x1"] - each["x0"] > 20 and each["bottom"] - each["top"] < 2
    }
    return sorted(found, key=lambda rule: rule[2])


def rule_under(page, seen):
    """The first one below these words, not farther than 3 mm."""
    near = [rule for rule in rules(page) if -1.5 < rule[2] - seen.bottom < 3 and rule[0] < middle(seen) < rule[1]]
    assert near, (seen, rules(page)[:6])
    return near[0]


def top_margin(page):
    return flat(page.crop((0, 0, page.width, (MARGIN - 1) * MM)).extract_text())


def bottom_margin(page):
    return flat(page.crop((0, page.height - (MARGIN - 1) * MM, page.width, page.height)).extract_text())


def body(page):
    return page.crop((0, (MARGIN - 1) * MM, page.width, page.height - (MARGIN - 1) * MM))


def lines(page):
    """Of the text between the margins, each with its letters."""
    return body(page).extract_text_lines(x_tolerance=2)
