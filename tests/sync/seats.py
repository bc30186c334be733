"""Real desks that joined a real district, for tests."""

from liaison_app.desk.joining import join
from liaison_app.desk.opening import open_desk
from liaison_app.sync import wire
from tests.sync import invariants

SECRET = "一句足够长的口令用来测试"
TABLES = (
    "case_row", "list_row", "clock_row", "task_row", "similar_key", "record_row", "record_list_row", "record_task_row",
    "record_clock_row", "record_period_row", "record_place_row",
)  # fmt: skip


class Seat:
    """A desk of a person, joined to a district; ``port`` is that of a proxy when there is one.

    ``confirmed``: what the screen confirmed here, by act. ``memory``: what the invariants saw before. ``unsent``: acts that
    cannot arrive (a desk that may not come in any more). ``inherited``: acts of an earlier identity of this desk.
    """

    def __init__(self, home, district, person, port=None, url=None):
        self.home, self.district, self.person = home, district, person
        self.confirmed, self.memory, self.unsent, self.inherited, self.expected_code = {}, {}, set(), set(), ""
        self.url = url or district.url(port=port)
        self.joined = join(home, url=self.url, person=person, code=district.code(person), mode="env", secret=SECRET)
        self.desk = None
        self.open()

    @classmethod
    def at(cls, home, district, person):
        """Sit down at a home that joined already."""
        made = cls.__new__(cls)
        made.home, made.district, made.person = home, district, person
        made.confirmed, made.memory, made.unsent, made.inherited, made.expected_code = {}, {}, set(), set(), ""
        made.open()
        return made

    def open(self):
        """Open the desk again."""
        self.desk = open_desk(self.home, person=self.person, secret=SECRET)

    def sync(self, limit=None):
        """Run one round."""
        return self.desk.sync(limit=limit)

    def try_sync(self, limit=None):
        """Run one round on a line that may be cut; return whether it came to its end."""
        try:
            self.sync(limit)
        except wire.LinkLost:
            return False
        return True

    def act(self, ref, action, **data):
        """Do an act; what the screen confirmed is remembered."""
        done = self.desk.act_from(ref, action, data)
        self.confirmed[done.act] = data
        return done

    def own_acts(self):
        """Return the acts of this desk's logs with their fates."""
        with self.desk._replica.read() as connection:
            rows = connection.exec_driver_sql("SELECT a.id,a.fate FROM act a JOIN device d ON d.id=a.device")
            return {r[0]: r[1] for r in rows}

    def device(self):
        """Return the device log in which this desk writes."""
        with self.desk._replica.read() as connection:
            return connection.exec_driver_sql("SELECT id FROM device WHERE state='open'").scalar()

    def rows(self):
        """Return all projections, to be compared with another desk of the same body."""
        with self.desk._replica.read() as connection:
            return {t: sorted(tuple(r) for r in connection.exec_driver_sql(f"SELECT * FROM {t}")) for t in TABLES}

    def check(self, *, healed=False):
        """Check the invariants on this desk and the server."""
        invariants.hold(self.district, [self], healed=healed)

    def close(self):
        """Close the desk."""
        if self.desk is not None:
            self.desk.close()
            self.desk = None
