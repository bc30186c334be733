"""Cases on which a reply is to be written, made through the façade: for tests of the editor and the folder."""

from datetime import timedelta

from liaison_app.domain.commands import Register
from tests.conftest import NOON

ODOUR = {"medium": "odour", "source": "catering", "has_business_licence": False}
"""An unlicensed restaurant: the duty of the body that has the desk in the demo district."""


def in_hand(desk, n=1, *, name="闫䶮", investigated=True):
    """Return a case of the own body that is taken over, and on which the site was visited."""
    case = desk.act(
        "new",
        Register(
            object=f"第{n}饭店", content="无照经营，异味扰民", place=f"锦湖街道湖滨路{n}号", complainant_name=name,
            complainant_address="湖滨路2号", contact=f"1390000{n:04d}", salutation="女士", facts=ODOUR,
            happened_at=(NOON - timedelta(hours=1)).isoformat(), late_reason="先记在纸上",
        ),
    ).case  # fmt: skip
    desk.act_from(case, "accept", {})
    desk.act_from(case, "inform", {"what": "acceptance", "method": "phone", "to": "complainant"})
    desk.act_from(case, "take-over", {})
    if investigated:
        desk.act_from(
            case, "investigate",
            {"findings": "该店未办理营业执照", "measures": "责令停止经营，罚款3000元", "officers": "周敏、许国强", "verified": True},
        )  # fmt: skip
    return case


def proposed(desk, n):
    """Return a case whose transfer waits for the leader."""
    from tests.ui.conftest import register

    case = register(desk, 1, first=n)[0]
    desk.act_from(case, "propose-transfer", {})
    return case
