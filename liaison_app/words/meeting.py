"""Words of the meeting in progress: what is doubtful in a decision, how two meetings clash, how minutes are put together."""

from typing import Final

from liaison_app.words.labels import Pair

DOUBTS: Final[dict[str, Pair]] = {
    "no_lead": ("没有牵头单位，起草纪要前须补上", "No lead yet: needed before the minutes"),
    "no_due": ("没有时限，起草纪要前须补上", "No date yet: needed before the minutes"),
    "rest_day": ("时限{day}是休息日（{why}）", "{day} is a day of rest ({why})"),
    "past": ("时限{day}已经过去", "{day} has passed already"),
    "absent": ("{body}没有到会，须会后告知", "{body} is not here: tell it afterwards"),
    "left": ("{body}已经离会，须会后告知", "{body} has left: tell it afterwards"),
}
"""Code of a doubt with its words; none of them stops the entry (OFFICE B10)."""

CLASHES: Final[dict[str, Pair]] = {
    "place": ("同一地点{at}已有{meeting}", "{meeting} is in the same place at {at}"),
    "chair": ("主持人{chair}{at}还有{meeting}", "{chair} chairs {meeting} at {at}"),
    "bodies": ("{bodies}{at}还要参加{meeting}", "{bodies} are expected at {meeting} at {at}"),
}

ITEM: Final = "（{n}）{item}"
STUDIED: Final = "会议研究了{case}有关情况。"
POINTS: Final = "讨论要点：{points}。"
DECIDED: Final = "会议议定："
DECISION: Final = "{n}．{what}，由{lead}牵头{assisting}，{due}前完成。"
OTHERS: Final = "、{names}配合"
