"""The guide of the window: a page for each page, read from ``resources/guide``; what F1 opens where no rule fits."""

from functools import cache
from importlib import resources

START = "start"
"""The chapter for whoever has nothing in sight yet."""


@cache
def chapters(lang: str) -> dict[str, str]:
    """Return the chapters of a language as Markdown, by the name of the page that each is about."""
    text = (resources.files("resources") / "guide" / f"{lang}.md").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for chapter in text.split("\n<!-- page: ")[1:]:
        name, _, words = chapter.partition(" -->\n")
        found[name] = words.strip()
    return found
