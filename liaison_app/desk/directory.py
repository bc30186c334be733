"""通讯录: who is reached where; found by name, number, duty or the pinyin initials of a body or a person."""

from collections.abc import Iterable
from typing import Final

from liaison_app.desk.contact_views import ContactView, HotlineView
from liaison_app.desk.overseeing import Overseeing
from liaison_app.desk.views import PersonView
from liaison_app.domain.text import fold, initials
from liaison_app.mechanism.schema import Post
from liaison_app.words import labels

FIRST: Final = ("liaison", "duty", "leader")
"""People of a body stand in this order of their duties."""
LONG: Final = 10
"""So many signs of a body's name have initials."""


class Directory(Overseeing):
    """A desk with a directory."""

    def directory(self, words: str = "") -> tuple[ContactView, ...]:
        """Return the bodies that match, each with all its people; every body for no words. Reads nothing from the disk."""
        found = [self._contact(post) for post in self.rules.profile.posts]
        wanted = fold(words).split()
        if not wanted:
            return tuple(found)
        return tuple(c for c in found if all(matches(word, self._said_of(c), _names(c)) for word in wanted))

    def people_like(self, words: str, limit: int = 6) -> tuple[PersonView, ...]:
        """Return people of the roster by name, pinyin initials, number or duty; those who left are left out."""
        wanted = fold(words).split()
        if not wanted:
            return ()
        found = []
        for person in self.roster.people:
            view = self._person_view(person.id)
            said = (view.name, view.body_name, view.title, view.phone, *self._duties(view))
            if person.id not in self.roster.left and all(matches(word, said, (view.name,)) for word in wanted):
                found.append(view)
        return tuple(found[:limit])

    def _contact(self, post: Post) -> ContactView:
        show = self._show()
        people = [p for p in self.roster.people if p.body == post.id and p.id not in self.roster.left]
        people.sort(key=lambda p: min((FIRST.index(r) for r in p.roles if r in FIRST), default=len(FIRST)))
        return ContactView(
            body=post.id, name=show.body(post.id), earlier=self._former_names(post.id, show.body(post.id)),
            stands_for=show.body(post.part_of) if post.part_of else "", desk=self.rules.has_desk(post.id),
            hotlines=tuple(HotlineView(number=n, verified=n not in post.unverified) for n in post.hotlines),
            people=tuple(self._person_view(p.id) for p in people),
        )  # fmt: skip

    def _former_names(self, body: str, now: str) -> tuple[tuple[str, str], ...]:
        """Return the names of a body in earlier versions of the profile, each with the day from which another stood."""
        names: list[tuple[str, str]] = []
        for edition in self.rules.editions:
            post = next((p for p in edition.profile.posts if p.id == body), None)
            if post is not None:
                said = post.en if self.lang == "en" else post.name
                if not names or names[-1][0] != said:
                    names.append((said, edition.valid_from))
        ends = [since for _, since in names[1:]]
        return tuple((name, end) for (name, _), end in zip(names, ends, strict=False) if name != now)

    def _said_of(self, contact: ContactView) -> list[str]:
        said = [contact.name, *(name for name, _ in contact.earlier), *(h.number for h in contact.hotlines)]
        for person in contact.people:
            said += [person.name, person.title, person.phone, *self._duties(person)]
        return said

    def _duties(self, person: PersonView) -> list[str]:
        return [labels.label(labels.ROLES, role, self.lang) for role in person.roles]


def matches(word: str, said: Iterable[str], names: Iterable[str]) -> bool:
    """Return whether a word stands in what is said, or is a run of the pinyin initials of one of the names."""
    if any(word in fold(text) for text in said):
        return True
    return word.isascii() and word.isalpha() and any(word in run for name in names for run in initials(name, LONG))


def _names(contact: ContactView) -> list[str]:
    return [contact.name, *(name for name, _ in contact.earlier), *(person.name for person in contact.people)]
