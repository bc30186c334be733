"""The district of one day (tests/sync/test_day.py): three chairs, the desks behind them, a line that is down, a stated clock."""

from datetime import datetime

import msgspec

from reports import renderer
from tests.sync.conftest import District
from tests.sync.proxy import Proxy
from tests.sync.seats import SECRET, Seat

HERS = "他自己的一句足够长的口令"
"""The pass-phrase of whoever is let in at a PC that another founded."""
ZHOU, XU, HE, LUO = "p-zhoumin", "p-xuguoqiang", "p-hejianping", "p-luoxiaolan"
OTHERS = {
    "EPB": "p-zhaowenjing", "C12369": "p-liuyang", "MUNI": "p-gaoyuan", "SUPERV": "p-duanhui",
}  # fmt: skip
FACTS = {
    "甲": {"medium": "air", "source": "catering", "has_business_licence": True, "opened_on": "2015-06-18", "place_type": "residential_building",
           "inside_main_city": True, "has_shared_flue": False, "has_env_permit": False},
    "乙": {"medium": "noise", "source": "construction", "project_class": "building", "construction_cause": "machinery", "at_night": True, "serious_noise": True},
    "丙": {"medium": "odour", "source": "catering", "has_business_licence": False},
    "丁": {"medium": "noise", "source": "entertainment", "has_entertainment_licence": True, "has_business_licence": True},
    "戊": {"medium": "air", "source": "street_stall"},
    "己": {"medium": "odour", "source": "unknown_gas", "health_or_env_threat": True, "foul_odour": True},
    "庚": {"medium": "air", "source": "processing", "has_business_licence": False, "assigned_until": "2026-10-12"},
    "辛": {"medium": "noise", "source": "renovation", "building_delivered": True},
    "子": {"medium": "air", "source": "processing", "has_business_licence": False},
}  # fmt: skip
PEOPLE = {
    "甲": "李㛃", "乙": "𬱖", "丙": "闫䶮", "丁": "王喆堃", "戊": "陈家明", "己": "何家兴", "庚": "吴长林", "辛": "许文清", "子": "赵立本",
    "壬": "孙晓梅", "癸": "周大勇",
}  # fmt: skip


def moment(words):
    """Return a moment of the story: ``"29 21:40"`` a day of September, ``"08:05"`` of the day itself, else a whole stamp."""
    day, _, time = words.rpartition(" ")
    if len(day) > 2:
        return datetime.fromisoformat(f"{day}T{time}:00+08:00")
    return datetime.fromisoformat(f"2026-09-{int(day or 30):02d}T{time}:00+08:00")


ON_PAPER = (
    "LEGAL", "PETITION", "SUPV_BUREAU", "EFFICIENCY", "C12319", "MIIT", "POLICE", "TRAFFIC_POLICE", "LAND", "HOUSING", "PLANNING",
    "TRANSPORT", "AGRI", "CULTURE", "SAFETY", "KEYPROJ_CITY", "KEYPROJ_DIST", "TOWN", "QTS", "HEALTH", "MARITIME",
)  # fmt: skip
"""Units without a desk that report in time, on paper: what they send is entered for them (OFFICE A2)."""


class JinxiDistrict(District):
    """区政府值班室 and the units that report on paper have no desk; 罗晓岚 of 区创模办 is an administrator too."""

    def __init__(self, cluster):
        super().__init__(cluster, without_desk=("GOVT_DUTY", "CONSTR", *ON_PAPER))

    def people(self):
        """Return the people of the demo."""
        return [
            msgspec.structs.replace(p, roles=(*p.roles, "administrator")) if p.id == LUO else p
            for p in super().people()
        ]


class Town:
    """Every desk of the story. ``at`` moves the stated clock of all; ``sit`` changes who is at the PC of 区工商分局."""

    def __init__(self, district, folder):
        self.district, self.folder = district, folder
        self.proxy = Proxy(district.cluster.port)
        self.seats, self.cases, self.clock = [], {}, None
        self.drawn = renderer(bundled_only=True)
        try:
            self._join()
        except BaseException:
            self.close()
            raise

    def _join(self):
        self.pc = self._seat("pc", ZHOU, self.proxy.port)
        role = self.district.sql("SELECT role FROM ld.desk WHERE person=%s", ZHOU)[0][0]
        for person in (XU, HE):
            self.pc.desk.admit(person, self.district.code(person, role), secret=HERS, mode="passphrase")
        self.laptop = self._seat("laptop", LUO)
        self.laptop.sync()
        self.laptop.desk.choose_setting("m1.meeting_convenor", "MODELCITY", "领导小组办公室分工")
        self.others = {body: self._seat(body, person) for body, person in OTHERS.items()}

    def _seat(self, name, person, port=None):
        made = Seat(self.folder / name, self.district, person, port)
        made.desk.renderer = self.drawn
        self.seats.append(made)
        return made

    def at(self, words):
        """Set the clock of the story on every desk."""
        self.clock = moment(words)
        for seat in self.seats:
            if seat.desk is not None:
                seat.desk._stated = self.clock
        return self.clock

    def sync(self, *bodies):
        """Let desks run a round: those of the bodies named, ``PC`` and ``LAPTOP`` too; everybody twice when nobody is named."""
        known = {"PC": self.pc, "LAPTOP": self.laptop, **self.others}
        for seat in [known[b] for b in bodies] or self.seats * 2:
            seat.sync()

    def sit(self, person):
        """换人 at the PC."""
        return self.pc.desk.switch_person(person, SECRET if person == ZHOU else HERS)

    def person_of(self, body, role):
        """Return who has a role in a body."""
        return next(p.id for p in self.pc.desk.roster.people if p.body == body and role in p.roles)

    def do(self, seat, name, action, **data):
        """Do an act on a case of the story."""
        return seat.act(self.cases[name], action, **data)

    def call(self, seat, name, **more):
        """Register a complaint of the story."""
        data = {
            "object": f"{name}号投诉对象", "content": "群众来电反映扰民", "place": f"望江街道滨河路{len(self.cases) + 1}号",
            "complainant_name": PEOPLE.get(name, "吴秀英"), "complainant_address": f"滨河路{len(self.cases) + 20}号",
            "contact": f"139000000{len(self.cases) + 10}", "facts": FACTS.get(name, FACTS["乙"]), **more,
        }  # fmt: skip
        self.cases[name] = seat.act("new", "register", **data).case
        return self.cases[name]

    def send(self, seat, name, leader, method="fax", **more):
        """Propose, have approved by telephone, and send a slip."""
        self.do(seat, name, "propose-transfer", **more)
        self.do(seat, name, "approve", road="telephone", leader=leader, words="同意", number="67820001")
        return self.do(seat, name, "transfer", method=method)

    def case(self, seat, name):
        """Return a case as a desk shows it."""
        return seat.desk.case(self.cases[name])

    def due(self, seat, name, rule, owner=""):
        """Return the one running or met limit of a rule: when it ends, and how it stands."""
        found = [d for d in self.case(seat, name).deadlines if d.rule == rule and owner in ("", d.owner)]
        assert len(found) == 1, (name, rule, [(d.rule, d.owner, d.due) for d in self.case(seat, name).deadlines])
        return found[0]

    def close(self):
        """Close every desk."""
        for seat in self.seats:
            seat.close()
        self.proxy.stop()
