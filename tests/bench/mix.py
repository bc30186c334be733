"""The cases that the synchronisation benches push and pull: from the call to the archive, about one in twenty still open."""

from datetime import timedelta

from tests.sync.acting import Author

OPEN_SHARE = 0.05
"""How many of the cases are open; they stand anywhere on their way."""


def one_case(hands, dice, n, *, opened):
    """Return the author of a case: COMMERCE registers and transfers it, EPB handles, answers and archives it.

    A closed case has 18 acts in three feeds (COMMERCE, EPB, oversight); an open one stops on its way.
    """
    author = Author(hands, dice)
    author.now += timedelta(minutes=11 * n + dice.randint(0, 9), seconds=dice.randint(0, 59))
    leader = next(p.id for p in author.people if p.body == "EPB" and "leader" in p.roles)
    mine, other = "p-zhaowenjing", "p-zhoumin"
    author.register(object=f"对象{n}", place=f"某路{n}号")
    steps = [
        (other, "propose-transfer", {"to": ["EPB"], "reason": "理由"}),
        ("p-hejianping", "approve", {"road": "own_desk"}),
        (other, "transfer", {"method": "fax"}),
        (other, "deliver", {"confirmed_by": "值班员", "evidence": "传真回执"}),
        (mine, "sign", {}),
        (mine, "accept", {}),
        (mine, "inform", {"what": "acceptance", "method": "phone"}),
        (mine, "take-over", {"handler": "刘洋"}),
        (mine, "investigate", {"findings": "夜间打桩属实，噪声超标。", "verified": True, "officers": "刘洋、范敏"}),
        (mine, "draft-reply", {"kind": "formal", "text": "经核实，反映的问题属实，已责令停工整改，夜间不再施工。"}),
        (mine, "submit-reply", {}),
        (leader, "approve-reply", {"road": "own_desk"}),
        (mine, "send-reply", {"kind": "formal", "method": "letter", "solved": True}),
        (mine, "feedback", {"result": "已停工整改", "rating": "satisfied"}),
        (other, "revisit", {"method": "phone", "staff": "satisfied", "site": "satisfied", "result": "satisfied"}),
        (mine, "close", {"outcome": "solved"}),
        (mine, "archive", {"fonds": "012", "keep": "30", "item": "7", "pages": 12}),
    ]
    reply = {}
    for person, action, fields in steps[: dice.randint(3, 14) if opened else len(steps)]:
        author.now += timedelta(seconds=dice.randint(60, 90_000))
        if action in {"submit-reply", "approve-reply", "send-reply"}:
            told = {"reply": reply["reply"]} | ({"sha256": reply["sha256"]} if action == "submit-reply" else {})
            author.take(person, action, **fields, **told)
        else:
            author.take(person, action, **fields)
        if action == "draft-reply":
            draft = author.drafts[("EPB", 1)]
            reply = {"reply": draft.reply, "sha256": draft.sha256}
    return author


def cases(hands, acts, dice):
    """Yield the signed acts of at least so many acts' worth of cases, in the order in which they were done."""
    made = n = 0
    while made < acts:
        author = one_case(hands, dice, n, opened=n % round(1 / OPEN_SHARE) == 0)
        made, n = made + len(author.made), n + 1
        yield from author.made
