"""Register acts on a member's desk: asked of the shared database at once, taken or refused there (docs/SYNC.md, Registers)."""

from typing import Final

from liaison_app.desk.registering import Moved, read_registers
from liaison_app.desk.syncing import Syncing
from liaison_app.domain import commands as cmd
from liaison_app.domain import registers as reg
from liaison_app.domain.errors import RuleBroken
from liaison_app.store import laid_aside, shared
from liaison_app.sync.link import LinkLost

TRIES: Final = 3
"""How often an act is made anew when another administrator was quicker."""


class Entering(Syncing):
    """A desk whose register acts are those of the district when it is a member."""

    def _enter(self, command: cmd.RegisterCommand) -> Moved:
        """Do a register act: a round first, then the act alone; a refusal takes it back, a lost answer is asked for again.

        Raises RuleBroken ``register_needs_line`` (nothing was done), ``register_unanswered`` (the next round asks
        again), and what the registers or the shared database refuse.
        """
        if self.rules.founding != "member":
            return super()._enter(command)
        with self._replica.read() as connection:
            reg.decide(read_registers(connection), command, self._actor(), self.moment())
        refused = self._asked_there(command)
        for _ in range(TRIES):
            if refused is None or refused.code != "register_behind":
                break
            refused = self._asked_there(command)
        if refused is not None:
            raise refused
        self._reread()
        return self._moved_dues

    def _asked_there(self, command: cmd.RegisterCommand) -> RuleBroken | None:
        """Ask the shared database once; return why it refused, None when it took the act."""
        rounds = self.rounds()
        try:
            with self.line() as wire:
                rounds.run(wire, hello=True)
                with self._replica.write() as connection:
                    act_id = self._register(connection, command)
                self._moved_dues = []
                try:
                    self.remember_round(rounds.run(wire), None)
                except LinkLost:
                    return self._fate_told(act_id)
        except LinkLost as lost:
            raise RuleBroken("register_needs_line", why=lost.code) from None
        return self._fate_told(act_id)

    def _fate_told(self, act_id: str) -> RuleBroken | None:
        """Return the refusal of an act (told here, so that it needs no checking later), or None. Raise ``register_unanswered``."""
        with self._replica.write() as connection:
            act, item = shared.own_act(connection, act_id), laid_aside.conflict(connection, act_id)
            assert act is not None
            if item is not None:
                laid_aside.resolve(connection, act_id, "discard", item.code, self.moment())
                return RuleBroken(item.code, **{k: v for k, v in item.facts.items() if k != "code"})
        if act.fate not in {"accepted", "rebased"}:
            raise RuleBroken("register_unanswered")
        return None
