"""Files of packages that pages need, found by `collectstatic`: nothing third-party is committed.

Be Vietnam Pro comes as TrueType of 130 kB a cut. What pages get is a WOFF2 of under 30 kB: Vietnamese and
Latin letters only, with figures of equal width added (the OpenType feature `tnum`, which the family lacks), so
that columns of numbers stand under one another. The licence (OFL 1.1, no reserved name) permits both.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PACKAGE = "fontpkg-be-vietnam-pro"
CUTS = ("BeVietnamPro-Regular", "BeVietnamPro-SemiBold", "BeVietnamPro-Italic")
PREFIX = "fonts"
# Part of the cache's name: raise it when what is kept below changes.
RECIPE = 1
KEPT = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin-1, Latin Extended-A: foreign names
    (0x1A0, 0x1B0),  # ơ, ư
    (0x300, 0x323),  # tone marks of text that was typed apart
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x203A),  # dashes, quotation marks, bullet, ellipsis
    (0x20AB, 0x20AB),  # đồng
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2265),  # minus, less or equal
)
FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FIGURE_WIDTH = 660


class FontFinder(BaseFinder):
    """Be Vietnam Pro, as static files `fonts/BeVietnamPro-….woff2`, made once per version of its package."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=_folder())
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(font(cut)) for cut in CUTS if path == f"{PREFIX}/{cut}.woff2"]
        return found if find_all else (found[0] if found else None)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:  # type: ignore[override]
        for cut in CUTS:
            yield font(cut).name, self.storage


@cache
def font(cut: str) -> Path:
    """The WOFF2 of one cut of CUTS; makes it where it is missing."""
    made = _folder() / f"{cut}.woff2"
    if not made.exists():
        _make(cut, made)
    return made


def _folder() -> Path:
    return Path(settings.VAR) / PREFIX / f"{version(PACKAGE)}-{RECIPE}"


def _make(cut: str, made: Path) -> None:
    """Write beside it and rename: two programs may do this at once."""
    made.parent.mkdir(parents=True, exist_ok=True)
    whole = TTFont(str(files("fontpkg_be_vietnam_pro") / "files" / f"{cut}.ttf"))
    _add_even_figures(whole)
    _keep_used_letters(whole)
    whole.flavor = "woff2"
    draft = made.with_suffix(f".{id(whole)}.draft")
    whole.save(draft)
    draft.replace(made)


def _add_even_figures(whole: TTFont) -> None:
    """Copies of 0–9, each centred in the same width, behind the feature `tnum`."""
    glyphs, widths = whole["glyf"], whole["hmtx"]
    whole.setGlyphOrder([*whole.getGlyphOrder(), *(f"{name}.tnum" for name in FIGURES)])
    for name in FIGURES:
        width, bearing = widths[name]
        copy = glyphs[name].__class__(glyphs[name].compile(glyphs))
        copy.expand(glyphs)
        shift = (FIGURE_WIDTH - width) // 2
        copy.coordinates.translate((shift, 0))
        copy.recalcBounds(glyphs)
        glyphs.glyphs[f"{name}.tnum"], widths.metrics[f"{name}.tnum"] = copy, (FIGURE_WIDTH, bearing + shift)
    rules = " ".join(f"sub {name} by {name}.tnum;" for name in FIGURES)
    addOpenTypeFeaturesFromString(whole, f"feature tnum {{ {rules} }} tnum;", tables=["GSUB"])


def _keep_used_letters(whole: TTFont) -> None:
    options = Options(layout_features=["kern", "mark", "mkmk", "tnum"], hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in KEPT for code in range(first, last + 1)])
    subsetter.subset(whole)
