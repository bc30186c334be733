"""Refusals: a stable one-word code and the facts that the words of both languages need."""

from collections.abc import Mapping
from typing import Any


class RuleBroken(Exception):
    """A rule or the data refuses what was asked.

    ``code`` is stable (CONTRACT: error codes) and has a sentence in zh_CN and en; ``facts`` fills the sentence.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Any] = facts

    def __str__(self) -> str:
        return self.code
