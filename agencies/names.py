"""Names of bodies, as documents write them, compared without tone marks, case or usual abbreviations."""

import re
import unicodedata

# Written out in one document, short in the next: both sides are shortened before they are compared.
_SHORT = (
    ("uy ban nhan dan", "ubnd"),
    ("hop tac xa", "htx"),
    ("ngan hang nha nuoc", "nhnn"),
    ("kinh te tap the", "kttt"),
    ("ban chi dao", "bcd"),
)
_PLURAL = re.compile(r"(^| )(cac|nhung|cap (huyen|xa|tinh)|dia phuong)( |$)")


def fold(text: str) -> str:
    """Lower case, no tone marks, đ as d, single spaces: "Ủy ban  Đakrông" and "Uỷ ban Đakrông" are one."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def key(name: str) -> str:
    """What two writings of one name share: folded, marks of punctuation dropped, usual words shortened."""
    plain = " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())
    for long, short in _SHORT:
        plain = re.sub(rf"\b{long}\b", short, plain)
    return plain


def keys(name: str, places: tuple[str, ...] = ()) -> list[str]:
    """The keys to try, best first: the name itself, then without "tỉnh" or the name of its province."""
    found = [key(name)]
    for ending in [*(f"tinh {key(place)}" for place in places), *map(key, places), "tinh"]:
        if found[0].endswith(f" {ending}"):
            found.append(found[0].removesuffix(f" {ending}"))
            found.append(f"{found[-1]} tinh")
    return list(dict.fromkeys(found))


def is_plural(name: str) -> bool:
    """Whether the name stands for several bodies: "Các sở, ban, ngành", "UBND cấp huyện"."""
    return bool(_PLURAL.search(key(name)))
