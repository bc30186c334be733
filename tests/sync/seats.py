"""Real desks that joined a real district, for tests."""

from liaison_app.desk.joining import join
from liaison_app.desk.opening import open_desk
from liaison_app.store import shared

SECRET = "一句足够长的口令用来测试"
TABLES = ("case_row", "list_row", "clock_row", "task_row", "similar_key")


class Seat:
    """A desk of a person, joined to a district; ``port`` is that of a proxy when there is one."""

    def __init__(self, home, district, person, port=None):
        self.home, self.district, self.person = home, district, person
        url = district.url(port=port)
        self.joined = join(home, url=url, person=person, code=district.code(person), mode="env", secret=SECRET)
        self.desk = None
        self.open()

    def open(self):
        """Open the desk again."""
        self.desk = open_desk(self.home, person=self.person, secret=SECRET)

    def sync(self, limit=None):
        """Run one round."""
        return self.desk.sync(limit=limit)

    def act(self, ref, action, **data):
        """Do an act."""
        return self.desk.act_from(ref, action, data)

    def rows(self):
        """Return all projections, to be compared with another desk of the same body."""
        with self.desk._replica.read() as connection:
            return {t: sorted(tuple(r) for r in connection.exec_driver_sql(f"SELECT * FROM {t}")) for t in TABLES}

    def check(self):
        """Chains, feeds, projections: what must hold after every fault (I1, I3, I7)."""
        report = self.desk.verify()
        assert report.ok, report.broken
        assert self.desk.rebuild(check=True).equal
        with self.desk._replica.read() as connection:
            fates = dict(tuple(r) for r in connection.exec_driver_sql(
                "SELECT a.id, a.fate FROM act a JOIN device d ON d.id=a.device"
            ))  # fmt: skip
            waiting = {a.id for a in shared.waiting_acts(connection, 10_000)}
            told = {c.act_id for c in shared.conflicts(connection, everything=True, limit=10_000)}
        for act, fate in fates.items():
            assert (fate == "pending") == (act in waiting) or act in told, (act, fate)
            assert fate in {"pending", "accepted", "rebased"} or act in told, (act, fate)

    def close(self):
        """Close the desk."""
        if self.desk is not None:
            self.desk.close()
            self.desk = None
