"""A worker that was asked to stop lets its processes know, so that a long job ends at its next good moment.

Between the request and the moment when the system ends everything by force lie a few seconds or a minute, whatever
started the worker grants; a sending that is cut off there is repeated.
"""

import mmap

# Shared with the processes that the worker forks afterwards.
_flag = mmap.mmap(-1, 1)


def begin() -> None:
    _flag[0] = 1


def begun() -> bool:
    """Whether this process should start nothing new."""
    return bool(_flag[0])
