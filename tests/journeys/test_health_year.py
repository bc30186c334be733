"""A year of the public-health mechanism: every indicator of M4 against plain SQL over the journal, which knows nothing of counting.

Records, meetings, decisions and events of a seeded year, entered on a real desk on their days; limits of one working day are counted
by tests/naive_clock.py, whose calendar was typed from the notices.
"""

import random
import sqlite3
from datetime import date, datetime, timedelta

import pytest

from liaison_app.desk import opening, statistics
from tests.journeys.test_ledger import Ledger
from tests.journeys.test_other_mechanisms import MATTER
from tests.naive_clock import works

UNITS = ("EMERG", "HEALTH", "EDU", "PUBLICITY", "GOV_OFFICE")
ASKED = datetime.fromisoformat("2027-01-15T09:00:00+08:00")
PERIODS = {
    "2026-H1": ("2026-01-01", "2026-07-01"), "2026-H2": ("2026-07-01", "2027-01-01"), "2026": ("2026-01-01", "2027-01-01"),
    "2026-Q2": ("2026-04-01", "2026-07-01"), "2026-11": ("2026-11-01", "2026-12-01"),
}  # fmt: skip


class Year:
    """What happens in the year, by its moment; then it is told in order."""

    def __init__(self, office, dice):
        self.office, self.dice, self.plan, self.made = office, dice, [], {}

    def at(self, moment, do):
        self.plan.append((moment, len(self.plan), do))

    def day(self):
        return datetime.fromisoformat("2026-01-06T09:00:00+08:00") + timedelta(
            days=self.dice.randrange(355), minutes=self.dice.randrange(400)
        )

    def record(self, name, when, body, kind, **fields):
        self.at(when, lambda: self.made.update({name: self.office.open(body, kind, **fields)}))

    def step(self, name, when, body, step, role="liaison", **data):
        self.at(when, lambda: self.office.do(body, self.made[name], step, role, **data))

    def meeting(self, name, held, decisions):
        begun = held - timedelta(days=9)
        self.record(name, begun, "GOV_OFFICE", "meeting/joint", theme="防控", content="部署", form="工作部署会")
        self.step(name, begun + timedelta(days=1), "LEADGROUP", "approve", "leader", approval="同意召开")
        self.step(name, begun + timedelta(days=2), "GOV_OFFICE", "call", at=held.isoformat()[:16], place="二楼")
        for unit in self.dice.sample(("EDU", "EMERG", "HEALTH"), 2):  # what is answered before gives way to who came
            self.step(name, begun + timedelta(days=3), unit, "answer", lines={"attendance": [{"how": "excused"}]})
        came = [{"body": u, "how": self.dice.choice(["present", "substitute", "late", "left"])} for u in UNITS[:-1]]
        came.append({"body": UNITS[-1], "how": "excused"})
        self.step(name, held, "GOV_OFFICE", "hold", chair="毛健", lines={"attendance": came})
        made = [{"what": f"事项{n}", "lead": self.dice.choice(UNITS), "due": "2026-12-20"} for n in range(decisions)]
        self.step(name, held + timedelta(hours=1), "GOV_OFFICE", "decide", lines={"decisions": made})
        for n in range(1, decisions + 1):
            if self.dice.random() < 0.6:
                after = held + timedelta(days=self.dice.randrange(2, 200))
                self.step(name, min(after, ASKED - timedelta(days=1)), "GOV_OFFICE", "done", line=n, reason="已落实")

    def changes(self, n):
        when, unit = self.day(), self.dice.choice(UNITS)
        told = when + timedelta(days=self.dice.randrange(0, 4), hours=1)
        self.record(
            ("l", n),
            told,
            unit,
            "liaison-changes",
            old="甲",
            new="乙",
            duty="科长",
            telephone="1",
            changed_on=when.date().isoformat(),
        )
        if self.dice.random() < 0.85:
            self.step(("l", n), told + timedelta(minutes=30), unit, "send", paper=f"变{n}号")
        when, unit = self.day(), self.dice.choice(UNITS)
        told = when + timedelta(minutes=self.dice.choice([3, 12, 22, 40, 90]))
        self.record(
            ("d", n),
            told,
            unit,
            "duty-changes",
            old="甲",
            new="乙",
            hotline="8312001",
            changed_at=when.isoformat()[:16],
        )
        self.step(("d", n), told + timedelta(minutes=4), unit, "send")

    def supervision(self, n):
        when = self.day()
        self.record(
            ("s", n),
            when,
            "LEADGROUP",
            "supervision-rounds",
            occasion=f"督查{n}",
            form="joint",
            object=["EDU"],
            group="组",
        )
        self.step(("s", n), when + timedelta(hours=1), "LEADGROUP", "begin")
        self.step(("s", n), when + timedelta(hours=2), "LEADGROUP", "finish", responsibility="好", tasks="好")
        if self.dice.random() < 0.7:
            self.step(
                ("s", n),
                when + timedelta(days=self.dice.randrange(4), hours=3),
                "LEADGROUP",
                "report",
                problems="无",
                opinions="无",
            )
        self.step(("s", n), when + timedelta(days=self.dice.randrange(1, 4)), "CENTER", "summarise", summary="已汇总")

    def event(self, n):
        when = self.day()

        def register():
            self.office.sit("CENTER")
            self.office.later(minutes=1)
            facts = {"sector": "school"}
            self.made["e", n] = self.office.desk.act_from(
                "new", "register", {**MATTER, "object": f"第{n}小学", "facts": facts}
            ).case

        def report():
            self.office.sit("CENTER")
            self.office.later(minutes=1)
            self.office.desk.act_from(self.made["e", n], "report-urgent", {"to_person": "值班室", "method": "phone"})

        self.at(when, register)
        if self.dice.random() < 0.9:
            self.at(when + timedelta(minutes=self.dice.choice([2, 9, 25, 45, 300])), report)

    def tell(self):
        for moment, _, do in sorted(self.plan, key=lambda p: p[:2]):
            if moment < ASKED:
                self.office.clock = max(moment, self.office.clock)
                self.office.desk.state_clock(self.office.clock)
                do()
        self.office.desk.state_clock(ASKED)


@pytest.fixture
def desk(tmp_path):
    opening.found_demo(tmp_path / "M4", "M4")
    made = opening.open_desk(tmp_path / "M4", now=datetime.fromisoformat("2026-01-05T09:00:00+08:00"))
    office = Ledger(made)
    office.clock = datetime.fromisoformat("2026-01-05T09:00:00+08:00")
    year = Year(office, random.Random(4))
    year.record(
        "first",
        office.clock,
        "CENTER",
        "spot-checks",
        unit="EDU",
        method="phone",
        answered="true",
        result="passed",
        found="好",
    )
    year.meeting("spring", datetime.fromisoformat("2026-05-20T09:00:00+08:00"), 5)
    year.meeting("asked for", datetime.fromisoformat("2026-06-29T09:00:00+08:00"), 3)
    year.meeting("too late for autumn", datetime.fromisoformat("2027-01-08T09:00:00+08:00"), 2)
    for n in range(14):
        year.changes(n)
        year.supervision(n)
        year.event(n)
        year.record(("c", n), year.day(), "CENTER", "spot-checks", unit=year.dice.choice(UNITS), method="phone", answered="true",
                    result=year.dice.choice(["passed", "passed", "failed"]), found="情况")  # fmt: skip
    for unit, sent in zip(UNITS, ("2026-03-02", "2026-12-22", "2026-12-23", "2026-12-24"), strict=False):
        year.record(
            ("r", unit),
            datetime.fromisoformat(f"{sent}T15:00:00+08:00"),
            unit,
            "liaison-roster",
            person="甲",
            duty="科长",
            telephone="1",
            head="true",
        )
        year.step(("r", unit), datetime.fromisoformat(f"{sent}T16:30:00+08:00"), unit, "send")
    year.tell()
    yield made
    made.close()


def next_working_day(at):
    """Return the last moment of the next working day after a moment, as text."""
    day = date.fromisoformat(at[:10]) + timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    return f"{day}T23:59:59+08:00"


def journal(desk):
    """The journal as plain tables: ``ev`` what happened (records and cases), ``line`` each line of a record that stands."""
    db = sqlite3.connect(":memory:")
    db.create_function("next_working_day", 1, next_working_day)
    db.execute("CREATE TABLE ev(id TEXT, v INTEGER, what TEXT, step TEXT, kind TEXT, body TEXT, at TEXT, e TEXT)")
    with desk._replica.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT e.stream,e.version,e.kind,CAST(e.data AS TEXT),a.happened_at,a.body FROM entry e JOIN act a ON a.id=e.act_id "
            "WHERE e.stream GLOB 'record/*' OR (e.stream GLOB 'case/*' AND NOT e.stream GLOB 'case/*/*')"
        ).all()
    db.executemany(
        "INSERT INTO ev SELECT substr(?1,instr(?1,'/')+1),?2,?3,coalesce(json_extract(?4,'$.event.step'),''),json_extract(?4,'$.event.kind'),?6,?5,json_extract(?4,'$.event')",
        found,
    )
    db.execute("CREATE TABLE kind AS SELECT id,kind,body FROM ev WHERE what='record-opened'")
    db.execute(
        "CREATE TABLE line AS WITH one AS (SELECT ev.id,ev.v,t.key AS t,l.value AS l,ev.at,"
        "row_number() OVER (PARTITION BY ev.id,t.key ORDER BY ev.v,l.key) AS n FROM ev,json_each(ev.e,'$.lines') t,json_each(t.value) l WHERE what LIKE 'record-%'),"
        "gone AS (SELECT ev.id,d.value AS d FROM ev,json_each(ev.e,'$.drops') d WHERE what='record-stepped'),"
        "shut AS (SELECT id,json_extract(e,'$.closes') AS c FROM ev WHERE what='record-stepped') "
        "SELECT one.*,EXISTS(SELECT 1 FROM shut WHERE shut.id=one.id AND c=one.t||'/'||one.n) AS closed FROM one "
        "WHERE NOT EXISTS(SELECT 1 FROM gone WHERE gone.id=one.id AND d=one.t||'/'||one.n)"
    )
    return db


def step_of(kind, step):
    return f"(SELECT min(x.at) FROM ev x WHERE x.id=k.id AND x.step='{step}')", f"FROM kind k WHERE k.kind='{kind}'"


def counted(kind, begun, ended, good):
    """Return the SQL of a ratio over records: those whose beginning lies in the period, those of them that are good."""
    begins = (
        f"(SELECT json_extract(x.e,'$.fields.{begun[1:]}') FROM ev x WHERE x.id=k.id AND x.what='record-opened')"
        if begun[0] == "."
        else step_of(kind, begun)[0]
    )
    ends = step_of(kind, ended)[0] if ended else "NULL"
    return (
        f"SELECT coalesce(sum({good}),0),count(*),k_body FROM (SELECT k.body AS k_body,datetime(b) AS b,b AS b_text,f AS f FROM "
        f"(SELECT k.*,{begins} AS b,{ends} AS f FROM kind k WHERE k.kind='{kind}') k WHERE b IS NOT NULL AND substr(b,1,10)>=:s AND substr(b,1,10)<:e) {{by}}"
    )


SOON = "f IS NOT NULL AND strftime('%s',f)-strftime('%s',CASE WHEN length(b_text)=16 THEN b_text||':00+08:00' ELSE b_text END)<=1800"
NEXT_DAY = "f IS NOT NULL AND f<=next_working_day(b_text)"
CHECKED = "(SELECT json_extract(x.e,'$.fields.result') FROM ev x WHERE x.id=k.id AND x.what='record-opened')"
LINES = "FROM line JOIN kind k ON k.id=line.id WHERE k.kind='meeting/joint' AND t='{t}' AND substr(line.at,1,10)>=:s AND substr(line.at,1,10)<:e {{by}}"
SQL = {
    "attendance": "SELECT coalesce(sum(json_extract(l,'$.how') IN ('present','substitute','late','left')),0),count(*),json_extract(l,'$.body') " + LINES.format(t="attendance"),
    "agreed-done": "SELECT coalesce(sum(closed),0),count(*),json_extract(l,'$.lead') " + LINES.format(t="decisions"),
    "roster-changed": counted("liaison-changes", ".changed_on", "", "1"),
    "changes-in-time": counted("liaison-changes", ".changed_on", "send", NEXT_DAY),
    "duty-changes-in-time": counted("duty-changes", ".changed_at", "send", SOON),
    "spot-checks-passed": f"SELECT coalesce(sum({CHECKED}='passed'),0),count(*),k.body FROM kind k JOIN ev o ON o.id=k.id AND o.what='record-opened' "
    "WHERE k.kind='spot-checks' AND substr(o.at,1,10)>=:s AND substr(o.at,1,10)<:e {by}",
    "supervision-reports": counted("supervision-rounds", "finish", "report", "f IS NOT NULL"),
    "supervision-summaries": counted("supervision-rounds", "finish", "summarise", NEXT_DAY),
    "reported-at-once": "SELECT coalesce(sum(EXISTS(SELECT 1 FROM ev x WHERE x.id=r.id AND x.what='urgent-reported' AND strftime('%s',x.at)-strftime('%s',r.at)<=1800)),0),count(*),r.body "
    "FROM ev r WHERE r.what='registered' AND substr(r.at,1,10)>=:s AND substr(r.at,1,10)<:e {by}",
}  # fmt: skip
BY_BODY = {
    "spot-checks-passed": "GROUP BY k.body",
    "reported-at-once": "GROUP BY r.body",
    "attendance": "GROUP BY 3",
    "agreed-done": "GROUP BY 3",
}


def owed(db, desk, start, end):
    """Return (held, owed) of the half-yearly meeting and (sent in time, owed) of the rosters, for the limits that end in a period."""
    halves = [(f, u) for f, u in (("2026-01-01", "2026-07-01"), ("2026-07-01", "2027-01-01")) if start < u <= end]
    held = sum(
        db.execute("SELECT count(*)>0 FROM ev JOIN kind k ON k.id=ev.id AND k.kind='meeting/joint' WHERE step='hold' AND ev.at>=? AND ev.at<?", half).fetchone()[0]
        for half in halves
    )  # fmt: skip
    if not start <= "2026-12-23" < end:
        return (held, len(halves)), (0, 0)
    units = set(next(r for r in desk.rules.profile.records if r.id == "liaison-roster").by) - {
        "CENTER"
    }  # it is sent there
    sent = db.execute(
        "SELECT count(DISTINCT k.body) FROM ev JOIN kind k ON k.id=ev.id AND k.kind='liaison-roster' WHERE step='send' AND ev.at<='2026-12-23T17:00:00+08:00'"
    ).fetchone()[0]  # fmt: skip
    return (held, len(halves)), (sent, len(units))


def test_every_indicator_of_the_health_year_is_what_sql_over_the_journal_says(desk):
    """M4-MTG-01, M4-MTG-05, M4-LIA-01, M4-LIA-03, M4-LIA-04, M4-DTY-05, M4-DTY-06, M4-SUP-03, M4-SUP-04, M4-PRO-01."""
    db, checked, grouped = journal(desk), 0, 0
    assert SQL.keys() | {"meetings-held", "roster-complete"} == {i.id for i in desk.rules.profile.indicators}
    for name, (start, end) in PERIODS.items():
        view = {f.id: f for f in statistics.count(desk, name).indicators}
        meetings, rosters = owed(db, desk, start, end)
        for one, wanted in (("meetings-held", meetings), ("roster-complete", rosters)):
            assert (view[one].numerator, view[one].denominator) == wanted, (name, one)
        for one, sql in SQL.items():
            numerator, denominator, _ = db.execute(sql.replace("{by}", ""), {"s": start, "e": end}).fetchone()
            wanted = (numerator, None if one == "roster-changed" else denominator)
            assert (view[one].numerator, view[one].denominator) == wanted, (name, one)
            checked += numerator > 0
            lines = db.execute(
                sql.replace("{by}", BY_BODY.get(one, "GROUP BY k_body")), {"s": start, "e": end}
            ).fetchall()
            shown = {g.key: (g.numerator, g.denominator) for g in view[one].groups if g.by == "department"}
            if shown:
                assert shown == {b: (n, None if one == "roster-changed" else d) for n, d, b in lines}, (name, one)
                grouped += len(shown) > 1
    year = {f.id: (f.numerator, f.denominator) for f in statistics.count(desk, "2026").indicators}
    assert year["meetings-held"] == (1, 2), "the second half-year's was held in January"
    assert year["roster-complete"][0] == 3 and year["roster-changed"][0] == 14
    assert not [one for one in SQL if one != "roster-changed" and not 0 < year[one][0] < year[one][1]], year
    assert checked > 30 and grouped > 15
