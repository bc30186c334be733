"""Synchronising by file: a package for the shared database, and the package that answers it (OFFICE A8)."""

import uuid
from collections.abc import Sequence

from liaison_app.desk.administering import Administering
from liaison_app.desk.numbering import blocks_of
from liaison_app.domain.errors import RuleBroken
from liaison_app.security import signatures
from liaison_app.store import desk_tables as small
from liaison_app.store import file_pieces, following, journal, laid_aside, leasing, shared, signed
from liaison_app.sync import packages, rebase
from liaison_app.sync.items import Item
from liaison_app.sync.rounds import Round, pushed_act

MOST_ACTS = 5_000
MOST_PIECES = 50
"""Acts and pieces of attachments that one package takes along."""


class Carrying(Administering):
    """A member's desk that can say what a round says without a network."""

    def export_package(self) -> bytes:
        """Return a package with everything that waits. It changes nothing here: it may be made again and again."""
        rounds = self.rounds()
        year = int(self.moment()[:4])
        with self._replica.read() as connection:
            points = following.checkpoints(connection)
            waiting = shared.waiting_acts(connection, MOST_ACTS)
            entries = shared.entries_of(connection, [a.id for a in waiting])
            left = leasing.leased_left(connection)
            pieces = file_pieces.unsent_pieces(connection, MOST_PIECES)
            wanted = file_pieces.wanted_files(connection, MOST_PIECES)
            reasons = {a.id: laid_aside.conflict(connection, a.id) for a in waiting if a.state == "withdrawing"}
            device = self._sealing_device(journal.devices(connection, "open"))
            takes = following.newer(connection)
        if (
            not takes
        ):  # who takes the package to a server of before leaves the signatures out: the key covers what follows
            with self._replica.write() as connection:
                signed.put_stripped(connection, [(a.device, a.seq) for a in waiting])
        short = {
            k: n for k, n in blocks_of(self.rules.profile).items() if left.get((self._person.body, k, year), 0) * 2 < n
        }
        up = packages.Up(
            id=str(uuid.uuid4()), made_at=self.moment(), epoch=next(p.epoch for p in points.values()),
            after={p.feed: p.pos for p in points.values()},
            acts=[
                pushed_act(a, [] if a.state == "withdrawing-new" else entries[a.id])
                for a in waiting
                if a.state != "withdrawing"
            ],
            withdraw=[(i, c.code if c else "") for i, c in reasons.items()],
            leases=rounds.lease_requests(short, year) if short else [],
            key=self.shown_key(), pieces=pieces, wanted=[(act, n) for act, size, _, here in wanted for n in range(here, -(-size // (1 << 20)))],
        )  # fmt: skip
        key = signatures.key_of(self._bundle.person_key, device)
        return packages.seal(packages.signed(up, key), device, self._bundle.device_secret)

    def import_package(self, data: bytes) -> Round:
        """Take a package that answers one of this desk's; one that came before changes nothing.

        Raises RuleBroken ``package_damaged``, ``package_not_mine``, ``package_early``.
        """
        rounds, done = self.rounds(), Round()
        with self._replica.read() as connection:
            mine = self._sealing_device(journal.devices(connection, "open"))
            points = following.checkpoints(connection)
        if packages.device_of(data) != mine:
            raise RuleBroken("package_not_mine")
        down = packages.open_down(data, self._bundle.device_secret)
        if down.epoch != next(p.epoch for p in points.values()):
            if any(item.pos == 1 for item in down.items):
                with self._replica.write() as connection:
                    following.forget_feeds(connection, down.epoch)
            else:
                raise RuleBroken("package_early", feed="", expected=1, found=0)
        with self._replica.write() as connection:
            following.follow(connection, down.feeds, down.epoch)
            following.put_heads(connection, down.feeds)
            at = {p.feed: p.pos for p in following.checkpoints(connection).values()}
        todo = packages.pages(down.items, at)
        _, done.conflicts = rounds.answered(down.answers)
        rounds.withdrawn(down.withdrawn)
        done.pushed = len(down.answers)
        for page in todo:
            with self._replica.write() as connection:
                taken = rebase.take(connection, page, self)
            if taken.erased:
                self._replica.empty_log()
            done.pulled += taken.items
            done.cases |= taken.cases
            done.conflicts += taken.conflicts
        if down.whole:
            rounds.at_head(done)
        rounds.leased(down.leases)
        rounds.pieces_came(down.kept, down.pieces)
        rounds.check_signatures()
        with self._replica.write() as connection:
            done.waiting = shared.outbox_count(connection)[0]
            small.put_meta(connection, "sync.last", down.made_at)
            small.put_meta(connection, "sync.code", "")
            following.put_newer(connection, down.signed)
        self._tell(set(done.cases))
        return done

    def take_items(self, items: Sequence[Item], down: packages.Down) -> int:
        """Take items of a package in pages; return how many were new."""
        rounds, done = self.rounds(), Round()
        with self._replica.read() as connection:
            at = {p.feed: p.pos for p in following.checkpoints(connection).values()}
        for page in packages.pages(items, at):
            with self._replica.write() as connection:
                taken = rebase.take(connection, page, self)
            done.pulled += taken.items
        if down.whole:
            rounds.at_head(done)
        with self._replica.write() as connection:
            small.put_meta(connection, "sync.last", down.made_at)
            small.put_meta(connection, "sync.code", "")
            following.put_newer(connection, down.signed)
        return done.pulled

    def _sealing_device(self, devices: list[tuple[str, str]]) -> str:
        found = next((device for device, person in devices if person == self._person.id), None)
        if found is None:
            raise RuleBroken("device_new")
        return found
