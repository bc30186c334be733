"""Fixtures of the shared database: ``cluster`` (a private PostgreSQL) and ``district`` (one founded in it)."""

import os
import re
import uuid
from importlib.resources import files

import psycopg
import pytest
import yaml

from liaison_app.domain.events import Person
from liaison_app.mechanism.profile import load_profile
from liaison_app.sync import access, codes, server
from tests.sync import invariants
from tests.sync.cluster import Cluster
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat


@pytest.fixture(scope="session")
def cluster():
    """One PostgreSQL for the whole session; ``cluster.url(database, user, password)``, start, stop, restart, kill."""
    made = Cluster()
    yield made
    made.remove()


class Enrolled:
    """A desk that was enrolled by plain calls: its URL, device and secret."""

    def __init__(self, district, person, told, url, role, password, device, secret):
        self.district, self.person, self.told, self.url = district, person, told, url
        self.role, self.password, self.device, self.secret = role, password, device, secret
        self.body, self.epoch = told["body"], told["epoch"]

    def connect(self, **more):
        """Connect as the desk's role."""
        return psycopg.connect(self.url, autocommit=True, **more)


class District:
    """A founded database with the demo's people: one liaison and one leader in every body."""

    def __init__(self, cluster, mechanism="M1", tablespace="pg_default", without_desk=()):
        self.cluster, self.mechanism, self.without_desk = cluster, mechanism, without_desk
        self.name = f"district_{uuid.uuid4().hex[:12]}"
        with cluster.connect() as boss:
            boss.execute(f"CREATE DATABASE {self.name} TEMPLATE template0 TABLESPACE {tablespace}")
        self.found()

    def found(self):
        """Found the shared database and enter its people."""
        with self.boss() as boss:
            self.status = server.init(boss, self.mechanism, "锦溪区", self.without_desk)
            server.enter_people(boss, self.people())

    def people(self):
        """Return the demo's people, and a liaison and a leader for every body that has none."""
        found = yaml.safe_load(files("resources").joinpath("demo", f"{self.mechanism}.yaml").read_bytes())["people"]
        people = [Person(**{**p, "roles": tuple(p["roles"])}) for p in found]
        for post in load_profile(self.mechanism).posts:
            for role in ("liaison", "leader"):
                if not any(p.body == post.id and role in p.roles for p in people):
                    people.append(Person(id=f"{role}-{post.id}", name=f"{role}{post.id}", body=post.id, roles=(role,)))
        return people

    def boss(self):
        """Connect as the administrator."""
        return self.cluster.connect(self.name)

    def url(self, user="administrator", password=None, port=None):
        """Return the database's URL for a role; ``port`` that of a proxy."""
        return self.cluster.url(self.name, user, password, port)

    @property
    def epoch(self):
        """The server's epoch."""
        return self.status["epoch"]

    def epoch_now(self):
        """Return the epoch that stands at the server now (it changes when a backup is restored)."""
        return str(self.sql("SELECT epoch FROM ld.server")[0][0])

    def code(self, person, desk=""):
        """Return an authorisation code for a person (on an enrolled desk when ``desk`` names its role)."""
        with self.boss() as boss:
            return access.issue(boss, person, desk).code

    def enrol(self, person):
        """Enrol a new desk for a person by plain calls of ``ld.enrol``."""
        code = codes.read_code(self.code(person))
        device, secret, password = uuid.uuid4(), os.urandom(32), uuid.uuid4().hex
        with psycopg.connect(self.url(code.role, code.secret), autocommit=True) as newcomer:
            told = newcomer.execute(
                "SELECT ld.enrol(%s,%s,%s,%s)", (codes.verifier(password), person, device, secret)
            ).fetchone()[0]
        assert "error" not in told, told
        return Enrolled(self, person, told, self.url(code.role, password), code.role, password, device, secret)

    def sql(self, statement, *values):
        """Run one statement as the administrator and return its rows."""
        with self.boss() as boss:
            done = boss.execute(statement, values or None)
            return done.fetchall() if done.description else []

    def remove(self):
        """Drop the database."""
        with self.cluster.connect() as boss:
            boss.execute(f"DROP DATABASE {self.name} WITH (FORCE)")


@pytest.fixture
def district(cluster):
    """A fresh district of M1."""
    made = District(cluster)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def shared_district(cluster):
    """A district of M1 that the tests of one module share."""
    made = District(cluster)
    yield made
    made.remove()


@pytest.fixture(autouse=True)
def all_ten(request):
    """A test of a fault (``test_fNN_…``) that did not check all ten invariants is a defect of the test."""
    invariants.CHECKED.clear()
    yield
    if re.match(r"test_f\d\d_", request.node.name):
        assert set(invariants.ALL) == invariants.CHECKED


@pytest.fixture(scope="module")
def standing(tmp_path_factory, shared_district):
    """A desk behind a proxy and one with a good line, both of one body, for the tests of one module."""
    proxy = Proxy(shared_district.cluster.port)
    folder = tmp_path_factory.mktemp("pair")
    made = [
        Seat(folder / "a", shared_district, "p-zhoumin", proxy.port),
        Seat(folder / "b", shared_district, "p-xuguoqiang"),
    ]
    yield made, proxy
    for seat in made:
        seat.close()
    proxy.stop()


@pytest.fixture
def proxy(standing):
    """The line of the first desk."""
    return standing[1]


@pytest.fixture
def pair(standing):
    """The two desks; after the test the line is healed, everybody has his rounds, all invariants hold."""
    seats, proxy = standing
    yield seats
    proxy.heal()
    healed(seats)


def healed(seats, district=None):
    """Give everybody his rounds until nobody says anything new; check all invariants. Nobody acts, nobody restarts."""
    for _ in range(12):  # one for each desk that may have to do an act again upon another's, and some
        done = [seat.sync() for seat in seats]
        if all(d.pushed == d.pulled == d.waiting == 0 for d in done):
            break
    else:
        raise AssertionError(("not quiet after healing", [seat.desk.sync_state() for seat in seats]))
    invariants.hold(district or seats[0].district, seats)
