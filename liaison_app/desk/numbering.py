"""Numbers of cases and papers, taken in the transaction of the act that carries them (COM-03, OFFICE A5)."""

from sqlalchemy import Connection

from liaison_app.desk.rules import DeskRules
from liaison_app.domain.moments import china
from liaison_app.store import desk_tables as small


class Numbers:
    """Numbers in the act's own transaction (COM-03, OFFICE A5)."""

    def __init__(self, connection: Connection, rules: DeskRules) -> None:
        self._connection, self._rules = connection, rules

    def take(self, kind: str, body: str, at: str) -> str:
        """Return the next number of a kind: case, slip or acceptance."""
        day = china(at)
        if kind == "case":
            n = small.take_number(self._connection, body, f"case-{day:%m%d}", day.year)
            return f"{body}-{day:%Y%m%d}-{n:04d}"
        n = small.take_number(self._connection, body, kind, day.year)
        post = self._rules.post(body)
        name = (post.name if post else body).removeprefix("区")
        sign_ = {"slip": "移", "acceptance": "受"}[kind]
        return f"{self._rules.roster.district[:1]}{name}{sign_}〔{day.year}〕{n}号"
