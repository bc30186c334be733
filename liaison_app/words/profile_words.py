"""What the fields of a profile's rows are called, and which of them are changed in the program, in which form."""

from typing import Final

Pair = tuple[str, str]

FIELDS: Final[dict[str, dict[str, str]]] = {
    "posts": {"id": "text", "name": "text", "en": "text", "hotlines": "list", "unverified": "list", "stands_in": "text",
              "part_of": "text"},
    "routing": {"row": "text", "when": "data", "lead": "text", "co": "list", "joint": "list", "alternatives": "list",
                "unit": "text", "clauses": "list", "rules": "list", "report_to": "list", "notes": "data"},
    "deadlines": {"rule": "text", "event": "text", "zh": "text", "en": "text", "unit": "unit", "amount": "number",
                  "amount_setting": "text", "grace": "text", "dates": "list", "weekday": "number", "times": "number", "warn": "text", "start": "list", "stop": "list", "owner": "text", "needs": "list", "forbids": "list"},
    "settings": {"id": "text", "zh": "text", "en": "text", "values": "list", "default": "text", "because": "text"},
    "waiting": {"kind": "text", "role": "text", "action": "text", "rule": "text", "zh": "text", "en": "text",
                "needs": "list", "forbids": "list"},
    "documents": {"kind": "text", "name": "text", "en": "text", "title": "text", "opening": "text", "closing": "text", "received": "text", "parts": "list", "fields": "fields",
                  "word": "text", "approval": "list", "to": "list", "copies_to": "list"},
}  # fmt: skip
"""By part: the fields in the order in which they are written, with the form of each (text, list, number, data, unit, fields)."""

UNITS: Final[dict[str, Pair]] = {
    "WD": ("工作日", "working days"), "ND": ("自然日", "days"), "h": ("小时", "hours"), "min": ("分钟", "minutes"),
    "same_day": ("当日", "same day"), "immediate": ("立即", "at once"), "ND_before": ("提前若干日", "days before"),
    "day": ("每日", "every day"), "week": ("每周", "every week"), "month": ("每月", "every month"), "quarter": ("每季度", "every quarter"),
    "half_year": ("每半年", "every half-year"), "year": ("每年", "every year"), "years": ("每若干年", "every so many years"),
    "fixed": ("固定日期", "fixed dates"), "by_date": ("某日前", "by a date"), "set_date": ("另行设定", "a date set"),
}  # fmt: skip
"""The units of a limit: what is written in the file, and how people say it."""

KEYS: Final = {
    "posts": ("id",), "routing": ("row",), "deadlines": ("rule", "event"), "settings": ("id",), "facts": ("id",),
    "waiting": ("kind", "role", "action"), "states": ("code",), "documents": ("kind",), "meetings": ("id",),
    "records": ("id",), "indicators": ("id",), "accountability": ("id",), "outcomes": ("code",), "marks": ("code",),
    "steps": ("code",), "guards": ("action", "states", "given", "rule"), "duties": ("rule", "post"),
    "guidance": ("rule",), "overlays": ("rule",), "groups": ("id",),
}  # fmt: skip
"""What tells the rows of a part apart."""

WORDS: Final[dict[str, Pair]] = {
    "id": ("代码", "code"), "name": ("名称", "name"), "en": ("英文", "in English"), "zh": ("中文", "in Chinese"),
    "hotlines": ("电话", "hotlines"), "unverified": ("未核实的电话", "hotlines not verified"),
    "stands_in": ("代行单位", "who stands in"), "part_of": ("隶属", "part of"), "row": ("行号", "row"),
    "when": ("条件", "conditions"), "lead": ("牵头", "lead"), "co": ("配合", "supporting"), "joint": ("共同", "joint"),
    "alternatives": ("也可", "alternatives"), "unit": ("单位", "unit"), "clauses": ("条款", "clauses"),
    "rules": ("规则", "rules"), "rule": ("规则", "rule"), "report_to": ("同时报", "report to"), "notes": ("说明", "notes"),
    "event": ("事件", "event"), "amount": ("数量", "amount"), "amount_setting": ("数量取自设置", "amount from the setting"),
    "grace": ("宽限取自设置", "grace from the setting"), "dates": ("日期", "dates"), "weekday": ("星期几", "day of the week"),
    "times": ("周期内次数", "times a period"), "warn": ("提前提醒", "warning"), "start": ("起算", "starts"),
    "stop": ("终止", "ends"), "owner": ("责任方", "owner"), "needs": ("需要", "needs"), "forbids": ("排除", "excludes"),
    "values": ("可选值", "values"), "default": ("默认值", "default"), "because": ("为什么可选", "why it may be chosen"),
    "title": ("标题", "title"), "opening": ("开头语", "opening words"), "closing": ("结束语", "closing words"), "received": ("回执联用语（移送单）", "words of the receipt (slip)"),
    "parts": ("各联名称（移送单）", "names of the parts (slip)"),
    "word": ("机关代字", "word of the number"), "approval": ("签批各步", "steps of approval"), "to": ("主送", "to"),
    "copies_to": ("抄送", "copies to"), "fields": ("各栏", "fields"),
    "kind": ("类别", "kind"), "role": ("角色", "role"), "action": ("操作", "act"), "version": ("版本", "version"),
}  # fmt: skip
