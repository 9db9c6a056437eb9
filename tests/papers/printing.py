"""A paper as its PDF, in this process."""

from directives.reports import typeset


def printed(paper, folder, name):
    target = folder / f"{name}.pdf"
    typeset.write(paper, str(target), lambda *_: None)
    return target.read_bytes()
