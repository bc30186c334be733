"""People of a district out of a workbook or a CSV file: one row a person, headings in Chinese or English."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.intake.tables import read

if TYPE_CHECKING:
    from liaison_app.sync.server import Connection

HEADINGS: Final = {
    "id": ("编号", "工号", "id"),
    "name": ("姓名", "name"),
    "body": ("单位", "单位代码", "body"),
    "title": ("职务", "title"),
    "phone": ("电话", "联系电话", "phone"),
    "roles": ("角色", "roles"),
}
ROLES: Final = {
    "联络员": "liaison", "负责人": "leader", "领导": "leader", "分管领导": "leader", "主要领导": "leader", "科室负责人": "leader",
    "值班": "duty", "值班员": "duty", "管理员": "administrator",
}  # fmt: skip
KNOWN: Final = frozenset(ROLES.values())


def people(
    name: str, content: bytes, bodies: Mapping[str, str], known: Mapping[tuple[str, str], str] | None = None
) -> list[Person]:
    """Return the people of a file; ``bodies``: id → name; ``known``: body and name → id of who is in the roster already,
    so that a table without numbers corrects him. Raise RuleBroken ``roster_book`` naming every wrong row."""
    table = read(name, content)
    places: dict[str, int] = {}
    for i, column in enumerate(table.columns):
        for field, words in HEADINGS.items():
            if str(column).strip().lower() in words:
                places.setdefault(field, i)
    missing = [HEADINGS[f][0] for f in ("name", "body") if f not in places]
    if missing:
        raise RuleBroken("roster_book", rows=[{"row": 1, "reason": f"缺少列 / missing column: {'、'.join(missing)}"}])
    by_name = {said: body for body, said in bodies.items()}
    found, wrong = [], []
    for row in table.rows:
        said = {
            f: str(row.cells[i] if i < len(row.cells) and row.cells[i] is not None else "").strip()
            for f, i in places.items()
        }
        if not any(said.values()):
            continue
        body = said["body"] if said["body"] in bodies else by_name.get(said["body"], "")
        roles = tuple(dict.fromkeys(ROLES.get(r, r) for r in _words(said.get("roles", "") or "联络员")))
        if not body:
            wrong.append({"row": row.number, "reason": f"没有单位 / no body: {said['body']}"})
        elif not said["name"]:
            wrong.append({"row": row.number, "reason": "没有姓名 / no name"})
        elif not set(roles) <= KNOWN:
            wrong.append(
                {"row": row.number, "reason": f"不认识的角色 / unknown role: {'、'.join(sorted(set(roles) - KNOWN))}"}
            )
        else:
            found.append(
                Person(
                    id=said.get("id") or (known or {}).get((body, said["name"])) or f"{body.lower()}-{said['name']}", name=said["name"], body=body,
                    title=said.get("title", ""), roles=roles, phone=said.get("phone", ""),
                )
            )  # fmt: skip
    doubles = {p.id for p in found if sum(q.id == p.id for q in found) > 1}
    wrong += [{"row": 0, "reason": f"编号重复 / the same id twice: {i}"} for i in sorted(doubles)]
    if wrong:
        raise RuleBroken("roster_book", rows=wrong)
    return found


def _words(text: Any) -> list[str]:
    for sign in "，、;；/ ":
        text = text.replace(sign, ",")
    return [w for w in text.split(",") if w]


def of_district(connection: "Connection", name: str, content: bytes) -> list[Person]:
    """Return the people of a file for a shared database: its bodies, and who is in its roster already."""
    bodies = dict(connection.execute("SELECT id, name FROM ld.body").fetchall())
    known = connection.execute("SELECT body, name, id FROM ld.person WHERE revoked_at IS NULL ORDER BY id").fetchall()
    return people(name, content, bodies, {(body, said): person for body, said, person in known})
