"""Calendars, readings and versions change under open cases: each is counted by its own, and the old dates are told."""

import os
import random
import re
from datetime import timedelta

import msgspec
import pytest

from liaison_app.desk.clocks import clocks, history, key_of
from liaison_app.desk.projecting import rows_of
from liaison_app.desk.rules import DeskRules, regimes, rules_of
from liaison_app.domain import commands as cmd
from liaison_app.domain import registers as reg
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.evolving import fold
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.profile import bundled_text, parse
from tests.unit.test_routing import M1, satisfying
from tests.walking import START, Numbers, Walk, rules_for, seeds

STEPS = int(os.environ.get("LIAISON_CHANGE_STEPS", "300"))
ITEMS = {
    "object": "锦绣名城工地", "content": "半夜打桩", "place": "滨河路8号", "complainant_name": "王喆堃",
    "complainant_address": "滨河路10号", "contact": "13900000001",
}  # fmt: skip
AMOUNT = re.compile(r"(?m)^(?!.*amount_setting)(.*?unit: )(WD|ND|h), amount: (\d+)")
"""Limits of a number of their own; the number of the others is a setting's."""


class District:
    """Registers that change, open cases, and beside them a plain record of what each case must be counted by."""

    def __init__(self, dice):
        self.dice, self.now = dice, START
        first = rules_for("M1").registers
        founded = reg.Version(name="M1@1", text=bundled_text("M1").decode())
        self.registers = msgspec.structs.replace(first, versions=(founded,))
        self.rules = rules_of(self.registers)
        self.admin = self.rules.roster.actor(self.rules.roster.people[0].id, "")
        self.calendar = bundled()
        self.chosen = []  # (since, running, setting, value)
        self.profiles = {"M1@1": (self.rules.profile, "")}
        self.walks, self.own, self.dues = [], {}, {}
        self.moved_dates = 0
        self.numbers = Numbers()

    # -- what happens ---------------------------------------------------------------------------

    def register(self):
        facts = satisfying(self.dice.choice(M1.routing).when)
        facts = {k: v for k, v in facts.items() if k not in {"first_receiver", "channel"}}
        walk = Walk(self.rules.at(self.now), self.dice, self.numbers)
        walk.now = self.now
        walk.begin(facts, **ITEMS)
        day = stamp(self.now)[:10]
        inforce = [name for name, (_, since) in self.profiles.items() if since <= day]
        self.own[id(walk)] = inforce[-1]
        self.walks.append(walk)
        for _ in range(self.dice.randrange(24)):  # some way on: a case that only waits to be sent has few limits
            self.act(walk)

    def act(self, walk):
        walk.now, walk.rules = self.now, self.rules.of(walk.case)
        walk.step()
        self.now = max(self.now, walk.now)

    def change(self):
        self.now += timedelta(minutes=self.dice.randrange(2, 3000))
        self.dues = {id(w): {key_of(c): c.due.due for c in self.clocks(w)} for w in self.walks}
        return self.dice.choice([self._year, self._setting, self._setting, self._publish, self._move, self._move])()

    def _write(self, command):
        since = stamp(self.now + timedelta(seconds=1))
        self.registers = reg.evolve(self.registers, reg.decide(self.registers, command, self.admin, since))
        self.rules = rules_of(self.registers)
        return since

    def _year(self):
        year = self.now.year + self.dice.randrange(3)
        first = self.now.replace(month=1, day=1, year=year).date()
        days = {first + timedelta(self.dice.randrange(365)) for _ in range(12)}
        rest = sorted(d.isoformat() for d in days)
        make_up = [d.isoformat() for n in range(40) if (d := first + timedelta(n)).weekday() > 4 and d not in days][:2]
        notice = {"year": year, "rest": rest, "make_up": make_up}
        self.calendar = self.calendar.with_year(notice)
        return self._write(cmd.EnterYear(notice=notice))

    def _setting(self):
        setting = self.dice.choice([s for s in M1.settings if len(s.values) > 1])
        value, running = self.dice.choice(setting.values), self.dice.random() < 0.6
        command = cmd.ChooseSetting(setting=setting.id, value=value, reason="试", running=running)
        since = self._write(command)
        self.chosen.append((since, running, setting.id, value))
        return since

    def _publish(self):
        number = len(self.profiles) + 1
        text = bundled_text("M1").decode().replace('version: "1"', f'version: "{number}"')
        text = AMOUNT.sub(
            lambda m: f"{m[1]}{m[2]}, amount: {self.dice.choice([int(m[3]), self.dice.randrange(1, 40)])}", text
        )
        profile, found = parse(text.encode(), "")
        assert profile is not None, found
        last = max(since for _, since in self.profiles.values())
        day = max(last, stamp(self.now + timedelta(days=self.dice.randrange(12)))[:10])
        since = self._write(cmd.PublishProfile(version=f"M1@{number}", valid_from=day, text=text, reason="试"))
        self.profiles[f"M1@{number}"] = (profile, day)
        return since

    def _move(self):
        walk = self.dice.choice(self.walks)
        to = self.dice.choice(list(self.profiles))
        walk.now, walk.rules = self.now, self.rules.of(walk.case)
        try:
            walk._take(cmd.MoveVersion(to=to, reason="统一办理"), self.admin)
        except RuleBroken as refused:
            assert refused.code in {"version_same", "version_not_yet"}
            return None
        self.own[id(walk)] = to
        return stamp(self.now)

    # -- what must hold -------------------------------------------------------------------------

    def clocks(self, walk):
        return clocks(walk.case, self.rules)

    def wanted(self, walk):
        """The clocks by a profile, a calendar and readings put together from the plain record alone."""
        profile, _ = self.profiles[self.own[id(walk)]]
        settings = profile.defaults()
        for since, running, name, value in self.chosen:
            if running or since <= walk.case.registered_at:
                settings[name] = value
        alone = DeskRules(
            profile=profile, calendar=self.calendar, roster=self.rules.roster, settings=settings, founding="demo",
            digest=f"alone {id(profile)}",
        )  # fmt: skip
        return clocks(walk.case, alone)

    def wrong(self, since):
        """Yield what is wrong after a change that took hold at a moment (None: nothing changed)."""
        anew = rules_of(self.registers)
        for walk in self.walks:
            case, name = walk.case, walk.case.number
            if fold(walk.happened) != case:
                yield f"{name} folds to another case"
            if rows_of(fold(walk.happened), self.rules, walk.happened) != rows_of(case, anew, walk.happened):
                yield f"{name}: rows differ when made anew"
            if case.mechanism != self.own[id(walk)]:
                yield f"{name} goes by {case.mechanism}, not by {self.own[id(walk)]}"
            found, wanted = self.clocks(walk), self.wanted(walk)
            if found != wanted:
                yield f"{name} is not counted by its own rules"
            told = history(case, found, regimes(self.rules, case))
            for clock in found:
                before = self.dues.get(id(walk), {}).get(key_of(clock))
                changed = since is not None and before is not None and clock.due.due not in (None, before)
                self.moved_dates += changed
                if changed and stamp(clock.start) < since and (stamp(before), since) not in told[key_of(clock)]:
                    yield f"{name} {key_of(clock)}: {before} is not told, only {told[key_of(clock)]}"


@pytest.mark.timeout(10_800)
def test_every_case_is_counted_by_its_own_rules_whatever_changes():
    taken, changes, moved, told, dates = 0, 0, 0, 0, 0
    for seed, dice in seeds(1, 10_000):
        seen = moved >= 3 and dates >= 15 and told >= 10
        if taken >= STEPS and (seen or taken >= 10 * STEPS):  # it goes on until cases and dates have moved
            break
        district = District(dice)
        for _ in range(6):
            district.register()
        for _ in range(150):
            taken += 1
            if dice.random() < 0.85:
                district.act(dice.choice(district.walks))
                continue
            if dice.random() < 0.2:
                district.register()
            since = district.change()
            changes += 1
            wrong = list(district.wrong(since))
            assert not wrong, (seed, taken, wrong[:4])
        moved += sum(len(w.case.moves) for w in district.walks)
        dates += district.moved_dates
        for walk in district.walks:
            lines = history(walk.case, district.clocks(walk), regimes(district.rules, walk.case))
            told += sum(map(len, lines.values()))
    assert moved >= 3, "cases are moved"
    assert dates >= 15, "dates change"
    assert told >= 10, "old dates stay in sight as long as their limits run"
    print(f"{taken} steps, {changes} changes, {moved} moves, {dates} dates moved, {told} old dates told at the end")


def test_the_watch_sees_a_case_counted_by_other_rules():
    """A wrong answer of ``of`` is seen: the test above could fail."""
    district = District(random.Random(3))
    for _ in range(6):
        district.register()
    for _ in range(60):
        district.act(district.dice.choice(district.walks))
    assert not list(district.wrong(None))
    for walk in district.walks:
        district.own[id(walk)] = "M1@2"
    shorter = bundled_text("M1").decode().replace('version: "1"', 'version: "2"')
    profile, _ = parse(AMOUNT.sub(lambda m: f"{m[1]}{m[2]}, amount: {int(m[3]) + 3}", shorter).encode(), "")
    district.profiles["M1@2"] = (profile, "")
    assert any("its own rules" in line for line in district.wrong(None))
