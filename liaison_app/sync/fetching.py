"""The next page is asked for while this one is written: the server and the desk work at the same time."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.items import Page, Read, understood
from liaison_app.sync.link import Link

Asked = tuple[str, Mapping[str, int], int]
"""Epoch, position in each feed, how many items at the most."""


class Fetcher:
    """Pulls pages over one link, on request one ahead in a thread of its own. Nobody else uses the link until it is closed."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._ahead: _Ahead | None = None

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            with suppress(RuleBroken):  # what was asked ahead is not needed any more
                ahead.result()

    def page(self, asked: Asked, *, larger: bool = True) -> Read:
        """Return a page, understood; ``larger``: one that was asked for with more items will do.

        Raises LinkLost, LinkRefused, SyncBroken ``feed_part``.
        """
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            found = ahead.result()
            if ahead.asked[:2] == asked[:2] and (larger or len(found.page.items) <= asked[2]):
                return found
        return _read(self._link, asked)

    def ask(self, asked: Asked) -> None:
        """Begin to pull a page that :meth:`page` will be asked for next."""
        self._ahead = _Ahead(self._link, asked)
        self._ahead.start()


class _Ahead(threading.Thread):
    def __init__(self, link: Link, asked: Asked) -> None:
        super().__init__(name="page ahead", daemon=True)
        self._link, self.asked = link, asked
        self._found: Read | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._found = _read(self._link, self.asked)
        except BaseException as error:  # told to whoever asks for the page
            self._error = error

    def result(self) -> Read:
        self.join()
        if self._error is not None:
            raise self._error
        assert self._found is not None
        return self._found


def _read(link: Link, asked: Asked) -> Read:
    epoch, at, limit = asked
    return understood(link.pull(epoch, dict(at), limit))


def after(at: Mapping[str, int], page: Page) -> dict[str, int]:
    """Return the positions behind a page."""
    found = dict(at)
    for item in page.items:
        found[item.feed] = item.pos
    return found
