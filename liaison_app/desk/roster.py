"""Who is who in the district: bodies, people, towns, as the register streams say."""

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from liaison_app.domain.case import Actor
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.mechanism.schema import Post


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """Bodies are the posts of the profile under their default names until an administrator renames them."""

    district: str
    people: tuple[Person, ...]
    towns: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()

    def person(self, ref: str) -> Person:
        """Return a person by id or name. Raise RuleBroken ``person_unknown``."""
        found = next((p for p in self.people if ref in (p.id, p.name)), None)
        if found is None:
            raise RuleBroken("person_unknown", field="as", value=ref)
        return found

    def name_of(self, person: str) -> str:
        """Return the name of a person, or the words themselves when nobody has that id."""
        return next((p.name for p in self.people if p.id == person), person)

    def actor(self, person: str, device: str) -> Actor:
        """Return the person as one who acts."""
        found = self.person(person)
        return Actor(person=found.id, body=found.body, roles=frozenset(found.roles), device=device)


class Posts(Protocol):
    """What knows posts: a profile, or the rules of a desk with all its versions."""

    def post(self, name: str, /) -> Post | None:
        """Return a post by id."""


def body_name(posts: Posts, body: str, lang: str) -> str:
    """Return the name of a body in a language."""
    post = posts.post(body)
    return body if post is None else post.en if lang == "en" else post.name


def roster_of(data: Mapping[str, Any]) -> Roster:
    """Return the roster that a register entry holds."""
    return msgspec.convert(dict(data), Roster)
