"""Texts with fields in braces, filled from a case; what the case does not know stays visible as a place to fill. Pure."""

import re
from collections.abc import Mapping
from typing import Final

SOURCES: Final[dict[str, tuple[str, str]]] = {
    "case.number": ("案件编号", "case number"), "case.object": ("投诉对象", "object"), "case.place": ("事发地点", "place"),
    "case.content": ("反映内容", "what was complained of"), "case.received_on": ("来件日期", "date of the complaint"),
    "case.external_no": ("外部编号", "external number"), "complainant.name": ("投诉人姓名", "complainant's name"),
    "complainant.address": ("投诉人称呼", "how to address the complainant"), "acceptance.number": ("受理编号", "number of acceptance"),
    "acceptance.on": ("受理日期", "date of acceptance"), "transfer.number": ("移送单编号", "number of the slip"),
    "first_receiver.name": ("首接单位", "first receiver"), "body.name": ("本单位", "own body"),
    "body.telephone": ("联系电话", "telephone"), "person.name": ("联系人", "contact person"),
    "visit.on": ("现场调查日期", "date of the visit"), "visit.findings": ("调查情况", "findings"),
    "visit.measures": ("处理措施", "measures"), "visit.officers": ("到场人员", "officers on the scene"),
    "promise.until": ("承诺期限", "promised date"), "reply.on": ("回复日期", "date of the reply"),
    "reply.method": ("回复方式", "way of the reply"), "rating.result": ("群众评价", "rating"),
    "revisit.reason": ("不满意原因", "why dissatisfied"),
}  # fmt: skip
"""What a field in braces may name, in words of both languages."""
_FIELD: Final = re.compile(r"\{([a-z_.]+)\}")
_OPEN: Final = re.compile(r"【待填：([^】\n]{0,40})】")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled; a field without a value becomes 【待填：…】."""
    return _FIELD.sub(lambda m: values.get(m[1]) or f"【待填：{SOURCES.get(m[1], (m[1],))[0]}】", text)


def unknown(text: str) -> tuple[str, ...]:
    """Return the fields of a text that no case has."""
    return tuple(name for name in _FIELD.findall(text) if name not in SOURCES)


def open_places(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the places still to be filled: where each begins and ends, and what is missing there."""
    return tuple((m.start(), m.end(), m[1]) for m in _OPEN.finditer(text))
