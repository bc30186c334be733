"""The demo year: the figures of four quarters against plain SQL over the journal, which knows nothing of counting.

2,000 cases here; `LIAISON_YEAR_CASES=20000` (make soak) takes the whole year. What hangs on limits is held against the naive
counter of the unit tests, every case: five indicators from the entries alone; for the others the list of clocks says which limit
ran since when and what met it, once a story, and when each copy's limit ends is counted day by day.
"""

import functools
import os
import shutil
import sqlite3
from collections import Counter
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
import pytest

from liaison_app.desk import beginning, freezing, statistics
from liaison_app.desk.beginning import begun
from liaison_app.desk.clocks import _set_date, clocks
from liaison_app.desk.deciding import happened_in
from liaison_app.desk.opening import open_desk
from liaison_app.domain import handling_events as he
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.evolving import fold
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.indicators import BY
from liaison_app.mechanism.periods import period
from liaison_app.store import journal
from tests import year
from tests.conftest import CALL
from tests.naive_clock import GRACE, naive_due, naive_late
from tests.unit.test_indicators import Naive, naive_figures, when

CASES = int(os.environ.get("LIAISON_YEAR_CASES", "2000"))
pytestmark = pytest.mark.timeout(7200 if CASES > 2000 else 900)
PERIODS = ("2026-02", "2026-09", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026-H1", "2026")


@pytest.fixture(scope="module")
def copies():
    """Which story each case of the year is, and by how many days it was moved."""
    return {}


@pytest.fixture(scope="module")
def written(tmp_path_factory, copies):
    home = tmp_path_factory.mktemp("year") / "home"
    told = year.write(home, CASES, seed=1, copies=copies)
    assert sum(told.values()) == CASES
    return home


@pytest.fixture
def desk(written, tmp_path):
    shutil.copytree(written, tmp_path / "home")
    made = open_desk(tmp_path / "home", person="p-zhoumin", now=year.NOW)
    yield made
    made.close()


def test_every_act_of_a_copied_story_is_one_that_the_guards_allow():
    decided, same = year.decided_again(seed=3, copies=25)
    assert decided == same > 150


class Journal:
    """The entries of a desk's cases as one plain table: case, place in its stream, kind, matter, words, moment, body."""

    def __init__(self, desk):
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE TABLE ev(id TEXT, v INTEGER, k TEXT, m INTEGER, d TEXT, at TEXT, body TEXT)")
        with desk._replica.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT substr(e.stream,6),e.version,e.kind,CAST(e.data AS TEXT),a.happened_at,a.body FROM entry e JOIN act a ON a.id=e.act_id "
                "WHERE e.stream GLOB 'case/*' AND NOT e.stream GLOB 'case/*/*'"
            ).all()
        self.db.executemany(
            "INSERT INTO ev VALUES(?,?,?,coalesce(json_extract(?,'$.matter'),1),?,?,coalesce(json_extract(?,'$.proxy_body'),?))",
            [(i, v, k, d, d, at, d, body) for i, v, k, d, at, body in rows],
        )
        self.db.execute("CREATE INDEX by_case ON ev(id,v)")
        self.db.execute("CREATE INDEX by_kind ON ev(k,at)")
        self.db.execute(
            "CREATE TABLE gone AS SELECT id,(SELECT x.at FROM ev x WHERE x.id=e.id AND x.k='ended' ORDER BY v DESC LIMIT 1) AS at FROM ev e "
            "WHERE k IN ('ended','reopened') GROUP BY id HAVING e.v=max(e.v) AND e.k='ended'"
        )
        self.db.execute("DELETE FROM ev WHERE id IN (SELECT id FROM gone)")

    def ask(self, sql, **values):
        return self.db.execute(sql, values).fetchall()

    def one(self, sql, **values):
        return self.ask(sql, **values)[0]


INSIDE = "at>=:s AND at<:e"
LAST_VISIT = (
    "SELECT *,row_number() OVER (PARTITION BY id,m ORDER BY at DESC,v DESC) AS n FROM ev WHERE k='revisited' AND "
    + INSIDE
)
COUNTS = {
    "registered_count": "k='registered'", "transferred_count": "k='transfer-sent'", "accepted_count": "k='accepted'",
    "closed_count": "k='fed-back'", "listed_count": "k='listed'", "delisted_count": "k='delisted'",
}  # fmt: skip
ACTS = {
    "urged_count": "k='urged'", "designated_count": "k='designated'",
    "disputed_count": "k='disputed' AND json_extract(d,'$.event.kind')='transfer'",
}  # fmt: skip
GROUPS = {
    "department": "body", "town": "coalesce(json_extract(d,'$.event.town'),'')", "channel": "coalesce(json_extract(d,'$.event.channel'),'')",
    "category": "coalesce(json_extract(d,'$.event.issues[0].medium'),'')", "source": "coalesce(json_extract(d,'$.event.issues[0].source'),'')",
    "hour": "substr(json_extract(d,'$.event.received_at'),12,2)",
}  # fmt: skip


def rated(aspect):
    said = f"json_extract(d,'$.event.{aspect}')"
    return (
        f"SELECT coalesce(sum({said} IN ('satisfied','basically')),0),count(*) FROM (SELECT *,row_number() OVER (PARTITION BY id,m ORDER BY at DESC,v DESC) AS n "
        f"FROM ev WHERE k='revisited' AND {said} IN ('satisfied','basically','dissatisfied') AND {INSIDE}) WHERE n=1"
    )


FIGURES = {
    **{name: f"SELECT count(DISTINCT id||'/'||m),NULL FROM ev WHERE {where} AND {INSIDE}" for name, where in COUNTS.items()},
    **{name: f"SELECT count(*),NULL FROM ev WHERE {where} AND {INSIDE}" for name, where in ACTS.items()},
    **{f"hot_{by}": f"SELECT count(DISTINCT id),NULL FROM ev WHERE k='registered' AND {INSIDE}" for by in ("medium", "source", "town", "hour")},
    "satisfaction_rate": rated("result"), "satisfaction_rank": rated("result"), "result_rate": rated("result"),
    "reception_rate": rated("staff"), "site_rate": rated("site"),
    "not_reached": f"SELECT coalesce(sum(json_extract(d,'$.event.reached')=0),0),count(*) FROM ({LAST_VISIT}) WHERE n=1",
    "carried_over": "SELECT count(*),NULL FROM ev r WHERE k='registered' AND at<:s AND coalesce((SELECT x.k FROM ev x WHERE x.id=r.id AND x.at<:s "
    "AND x.k IN ('fed-back','closed','returned') ORDER BY x.v DESC LIMIT 1),'returned')='returned'",
    "ended_otherwise": f"SELECT count(*),NULL FROM gone WHERE {INSIDE}",
    "redo_rate": "SELECT coalesce(sum(EXISTS(SELECT 1 FROM ev x WHERE x.id=l.id AND x.m=l.m AND x.k='returned' AND x.at>=l.at)),0),count(*) FROM "
    "(SELECT *,row_number() OVER (PARTITION BY id,m ORDER BY at DESC,v DESC) AS n FROM ev WHERE k='reply-sent' "
    f"AND json_extract(d,'$.event.kind')='formal' AND {INSIDE}) l WHERE n=1",
    "written_reply_rate": "SELECT coalesce(sum((SELECT x.k='reply-sent' AND strftime('%s',x.at)-strftime('%s',i.at)<=86400 FROM ev x WHERE x.id=i.id AND x.m=i.m AND x.v>i.v "
    "AND (x.k IN ('investigated','returned') OR x.k='reply-sent' AND json_extract(x.d,'$.event.kind')='written') ORDER BY x.v LIMIT 1)),0),count(*) "
    f"FROM ev i WHERE k='investigated' AND {INSIDE}",
    "repeat_hot": "SELECT count(DISTINCT cases),NULL FROM (SELECT group_concat(id) AS cases FROM (SELECT id,'o'||json_extract(d,'$.event.object') AS spot FROM ev "
    f"WHERE k='registered' AND {INSIDE} UNION ALL SELECT id,'p'||json_extract(d,'$.event.place') FROM ev WHERE k='registered' AND {INSIDE} ORDER BY spot,id) "
    "GROUP BY spot HAVING count(*)>=2)",
    "repeat_listing": "WITH c AS (SELECT id,at,julianday(at) AS j,'o'||json_extract(d,'$.event.object') AS spot FROM ev WHERE k='registered' AND at<:e "
    "UNION ALL SELECT id,at,julianday(at),'p'||json_extract(d,'$.event.place') FROM ev WHERE k='registered' AND at<:e), "
    "near AS (SELECT a.spot,b.id FROM c a JOIN c b ON b.spot=a.spot AND b.j<=a.j AND b.j>=a.j-90 WHERE a.at>=:s AND "
    "(SELECT count(*) FROM c x WHERE x.spot=a.spot AND x.j<=a.j AND x.j>=a.j-90)>=3) "
    "SELECT count(DISTINCT cases),NULL FROM (SELECT group_concat(id) AS cases FROM (SELECT DISTINCT spot,id FROM near ORDER BY spot,id) GROUP BY spot)",
}  # fmt: skip
BY_LIMITS = {
    "same_day_transfer_rate", "urgent_transfer_rate", "acceptance_notice_rate", "arrival_rate", "closed_15_rate", "closed_60_rate", "filing_rate",
    "overdue_count", "listed_overdue_count",
}  # fmt: skip


def test_the_figures_of_the_year_are_what_sql_over_the_journal_says(desk):
    """M1-INF-03, M1-SAT-03, M1-ANA-01: table T6 by period and by department, town, category, channel, source and hour."""
    plain, checked, departments = Journal(desk), 0, set()
    over_cases = {i.id for i in desk.rules.profile.indicators if i.of == "cases"}
    assert FIGURES.keys() | BY_LIMITS == over_cases, "every indicator over cases is counted a second time"
    for name in PERIODS:
        span = period(name, desk.rules.settings)
        view = statistics.count(desk, name)
        for one in view.indicators:
            if one.id in FIGURES:
                wanted = plain.one(FIGURES[one.id], s=span.start, e=span.end)
                assert (one.numerator, one.denominator) == wanted, (name, one.id)
                assert one.value is None if wanted[1] == 0 else True
                checked += bool(wanted[0])
        for by, column in GROUPS.items():
            wanted = dict(
                plain.ask(
                    f"SELECT {column},count(DISTINCT id) FROM ev WHERE k='registered' AND {INSIDE} GROUP BY 1",
                    s=span.start,
                    e=span.end,
                )
            )
            grouped = statistics.count(desk, name, by).indicators
            found = next(f for f in grouped if f.id == "registered_count")
            assert {g.key: g.numerator for g in found.groups} == wanted, (name, by)
            departments |= {g.key for f in grouped for g in f.groups if g.by == "department" and g.key}
        heat = next(f for f in view.indicators if f.id == "hot_town")
        wanted = dict(
            plain.ask(
                f"SELECT {GROUPS['town']}||'→'||{GROUPS['source']},count(*) FROM ev WHERE k='registered' AND {INSIDE} GROUP BY 1",
                s=span.start,
                e=span.end,
            )
        )
        assert {g.key: g.numerator for g in heat.groups if g.by == "town_source"} == wanted
    assert checked > 120, "most figures are no zeros"
    assert len(departments) >= year.DEPARTMENTS
    whole = {f.id: f.numerator for f in statistics.count(desk, "2026").indicators}
    ended = plain.one("SELECT count(*) FROM gone")[0]
    assert whole["registered_count"] + ended == CASES, "the total that the generator was asked for"


def shape_of(rule, settings):
    """Return a limit of the profile as tests/naive_clock.py writes it."""
    said = settings.get(rule.amount_setting, "") if rule.amount_setting else ""
    amount = said.split()[0] if said else rule.amount
    return f"{amount} {rule.unit}" if rule.unit in {"WD", "ND", "h"} else rule.unit


class Ran(msgspec.Struct):
    """A limit that ran after an entry of a story: since when, met when, how it is counted, or the day that was set."""

    key: tuple
    start: datetime
    met_at: str | None
    shape: str
    day: datetime | None

    def moved(self, by):
        return Ran(key=self.key, start=self.start + by, met_at=self.met_at and stamp(when(self.met_at) + by), shape=self.shape,
                   day=self.day and self.day + by)  # fmt: skip


@functools.cache
def ends(shape, start):
    """Return when a limit is late; many copies of a story begin at one moment, and each is asked of in seventeen periods."""
    return (naive_late if shape == "immediate" else naive_due)(shape, start, GRACE)


class NaiveYear(Naive):
    """The naive counter over the year: which limits ran is found once a story, when each copy's ends is counted day by day."""

    def __init__(self, district, start, end, cut):
        super().__init__(district, start, end, cut)
        self.copies, self.stories, self.paused = district.copies, district.stories, district.paused

    def story(self, k, days, entries):
        """Return what ran after each entry of a story, on the days on which it was walked."""
        known, back = self.stories.setdefault(k, []), timedelta(days=-days)
        for i in range(len(known) + 1, len(entries) + 1):  # a copy that today did not cut off as early
            case = fold(entries[:i])
            made = [
                Ran(key=(c.matter, c.rule.rule, c.rule.event, c.owner), start=c.start, met_at=c.met_at,
                    shape=shape_of(c.rule, self.rules.settings), day=_set_date(case, case.matter(c.matter), c.rule, c.owner))
                for c in clocks(case, self.rules)
            ]  # fmt: skip
            known.append([one.moved(back) for one in made])
        return known[: len(entries)]

    def ran(self, name, entries):
        if name in self.paused:
            return super().ran(name, entries)  # how long a clock stood still is not counted a second time
        if name not in self.clocks:
            k, days = self.copies[name]
            seen = {}
            for i, running in enumerate(self.story(k, days, entries), 1):
                for one in running:
                    key = (*one.key, one.start)
                    if key not in seen or not seen[key][0].met_at:
                        seen[key] = (one, i)
            self.clocks[name] = {key: (one.moved(timedelta(days=days)), i) for key, (one, i) in seen.items()}
        return self.clocks[name]

    def late(self, clock):
        if not isinstance(clock, Ran):
            return super().late(clock)
        if clock.day is not None:
            return clock.day
        return ends(clock.shape, clock.start.isoformat())


def test_what_hangs_on_limits_is_what_the_naive_counter_says(desk, copies):
    """M1-TRF-05, M1-TRF-07, M1-ACC-03, M1-HDL-01, M1-HDL-03, M1-HDL-04, M1-RPL-04, M1-LST-02: every case of the year."""
    logs, paused = {}, set()
    with desk._replica.read() as connection:
        for case, lines in journal.all_cases(connection):
            logs[case] = [happened_in(line) for line in lines]
            paused |= {case} if any(isinstance(h.stamped.event, he.ClockPaused) for h in logs[case]) else set()
    naive = type("District", (), {"rules": desk.rules, "clocks": {}, "stories": {}, "copies": copies, "paused": paused, "cases": [
        (c, fold(h), h) for c, h in logs.items()]})()  # fmt: skip
    checked = 0
    for name in PERIODS:
        span = period(name, desk.rules.settings)
        wanted = naive_figures(NaiveYear(naive, span.start, span.end, year.NOW.isoformat()), BY_LIMITS)
        found = {f.id: (f.numerator, f.denominator) for f in statistics.count(desk, name).indicators}
        for one in BY_LIMITS:
            assert found[one] == (wanted[one] if isinstance(wanted[one], tuple) else (wanted[one], None)), (name, one)
            checked += bool(found[one][0])
    assert checked > 40


@pytest.mark.parametrize("name", ["2026-08", "2026-Q3", "2026"])
def test_the_cases_behind_every_number_are_those_that_counting_through_all_cases_finds(desk, name):
    """OFFICE-B9: what is frozen is read from the sums; counting through every case is the second way."""
    span = period(name, desk.rules.settings)
    counter = statistics.Counting(desk, span)
    found = statistics.whole(desk, span, counter.cut, ("", *BY))
    several = 0
    for by in ("", *BY):
        for one, other in zip(found[by], counter.figures(by), strict=True):
            lines = {("", ""): one.counted} | {(g.by, g.key): g.counted for g in one.groups}
            wanted = {("", ""): other.counted} | {(g.by, g.key): g.counted for g in other.groups}
            if one.indicator.count == "places":  # of equals any may stand first
                lines, wanted = {("", ""): one.counted}, {("", ""): other.counted}
            assert lines.keys() == wanted.keys(), (by, one.indicator.id)
            for key, counted in lines.items():
                mine, theirs = counted, wanted[key]
                assert (mine.numerator, mine.denominator) == (theirs.numerator, theirs.denominator)
                assert sorted(mine.cases) == sorted(theirs.cases), (by, one.indicator.id, key)
                assert sorted(mine.base_cases) == sorted(theirs.base_cases), (by, one.indicator.id, key)
                several += len(mine.cases) > 1
    assert several > 40


def test_a_frozen_quarter_stays_to_the_letter_and_what_comes_later_is_listed(desk):
    """OFFICE-B9."""
    before = statistics.count(desk, "2026-Q3")
    desk.switch_person(next(p.id for p in desk.roster.people if p.body == "SUPERV"))
    kept = freezing.freeze(desk, "2026-Q3")
    assert [(f.id, f.numerator, f.denominator) for f in kept.indicators] == [
        (f.id, f.numerator, f.denominator) for f in before.indicators
    ]
    desk.switch_person("p-zhoumin")
    late = desk.act_from(
        "new",
        "register",
        {
            **CALL,
            "happened_at": "2026-08-12T10:00:00+08:00",
            "received_at": "2026-08-12T09:50:00+08:00",
            "late_reason": "补录",
        },
    )
    assert statistics.count(desk, "2026-Q3") == kept
    grown = {c.id: c for c in freezing.corrections(desk, "2026-Q3")}
    assert grown["registered_count"].came == (late.case,)
    assert (
        grown["registered_count"].now_numerator
        == kept.indicators[[f.id for f in kept.indicators].index("registered_count")].numerator + 1
    )
    now = {f.id: f.numerator for f in statistics.count(desk, "2026-Q3", own=True).indicators}
    assert now["registered_count"] == grown["registered_count"].now_numerator


def test_the_offices_own_survey_draws_by_strata_what_anybody_draws_again(desk):
    """M1-SAT-01, OFFICE-C6: drawn from what was completed in the quarter; the seed and the numbers say which."""
    plain, span = Journal(desk), period("2026-Q3", desk.rules.settings)
    desk.switch_person(next(p.id for p in desk.roster.people if p.body == "MODELCITY"))
    found = begun(desk, "survey", {"seed": "7"}, "2026-Q3")
    lines = found.lines["drawn"]
    done = {
        i for (i,) in plain.ask(f"SELECT DISTINCT id FROM ev WHERE k='fed-back' AND {INSIDE}", s=span.start, e=span.end)
    }
    rows = [r for r in desk.rows(tuple(done)) if r.confidential != "strict"]
    assert len(lines) == min(60, len(rows)) and found.fields["seed"] == "7"
    assert begun(desk, "survey", {"seed": "7"}, "2026-Q3") == found
    strata = Counter(r.lead_name for r in rows)
    drawn = Counter(line["stratum"] for line in lines)
    assert strata.keys() == drawn.keys(), "no department is left out while there are enough to draw"
    for name, many in strata.items():
        assert drawn[name] <= many and (drawn[name] == 1 or abs(drawn[name] - len(lines) * many / len(rows)) < 1.01)
        mine = sorted(
            (r.number for r in rows if r.lead_name == name), key=lambda n: sha256(f"7/{n}".encode()).hexdigest()
        )
        assert {line["case"] for line in lines if line["stratum"] == name} == set(mine[: drawn[name]])
    other = begun(desk, "survey", {}, "2026-Q3")
    assert other.fields["seed"] and (len(rows) <= 60 or other.lines != found.lines)
    record = desk.open_record("survey", {**found.fields, "lines": {"drawn": list(lines)}}).record
    desk.step_record(
        record, "call", {"lines": {"calls": [{"case": lines[0]["case"], "reached": "true", "result": "satisfied"}]}}
    )
    strange = next(r.number for r in desk.page("all").items if r.number not in {line["case"] for line in lines})
    with pytest.raises(RuleBroken, match="line_not_among"):
        desk.step_record(record, "call", {"lines": {"calls": [{"case": strange, "reached": "false"}]}})


def test_the_evidence_of_the_triggers_is_what_sql_over_the_journal_says(desk):
    """M1-ACT-02, M1-ACT-03, OFFICE-C7: seven triggers of a year by body, five from entries, two that people find."""
    plain, span = Journal(desk), period("2026", desk.rules.settings)
    by = beginning.evidences(desk, "2026", [p.id for p in desk.rules.profile.posts])
    assert {e.id for e in by["EPB"] if not e.derived} == {"not_handled", "not_lawful"} and len(by["EPB"]) == 7

    def cases(trigger):
        return {n for found in by.values() for e in found if e.id == trigger for n in e.numbers}

    def said(sql):
        ids = tuple(i for (i,) in plain.ask(sql, s=span.start, e=span.end))
        return {r.number for r in desk.rows(ids)}

    assert cases("not_thorough") == said(f"SELECT DISTINCT id FROM ev WHERE k='returned' AND {INSIDE}")
    assert cases("refusal") == said(
        f"SELECT DISTINCT id FROM ev e WHERE k='objected' AND {INSIDE} AND EXISTS(SELECT 1 FROM ev x WHERE x.id=e.id AND x.m=e.m AND x.k='transfer-kept' AND x.at>=e.at)"
    )
    assert cases("shirking") == said(
        f"SELECT DISTINCT id FROM ev e WHERE k='designated' AND {INSIDE} AND EXISTS(SELECT 1 FROM ev x WHERE x.id=e.id AND x.m=e.m AND x.k='objected' "
        "AND x.at<=e.at AND x.body=json_extract(e.d,'$.event.body'))"
    )
    late = next(f for f in statistics.whole(desk, span, year.NOW.isoformat())[""] if f.indicator.id == "overdue_count")
    assert cases("not_in_time") == {r.number for r in desk.rows(late.counted.cases)}
    assert cases("loss") <= cases("not_in_time") and not cases("loss") & said(
        "SELECT DISTINCT id FROM ev WHERE k='accepted' AND id NOT IN (SELECT id FROM ev WHERE m>1)"
    )
    assert all(cases(one) for one in ("not_thorough", "refusal", "not_in_time", "loss")), "the year shows them"
    desk.switch_person(next(p.id for p in desk.roster.people if p.body == "MODELCITY"))
    assert begun(desk, "assessment", {"year": "2026"}).fields == {}, "whose year is not said yet"
    sheet = begun(desk, "assessment", {"year": "2026", "unit": "EPB"}).fields
    rate = next(f for f in statistics.count(desk, "2026").indicators if f.id == "satisfaction_rate")
    mine = next(g for g in rate.groups if g.key == "EPB")
    assert sheet["rate"] == f"{mine.shown}（{mine.numerator}/{mine.denominator}）"
    late = next(e for e in by["EPB"] if e.id == "not_in_time")
    assert f"未按时办理：{len(late.numbers)}件" in sheet["triggers"] and "拒不办理：由考核单位认定" in sheet["triggers"]
