"""Papers with content that no office would write, and papers with none: each form, each kind and the slip."""

import msgspec

from liaison_app.desk.paper_phrases import Word
from liaison_app.domain.papers import Cell, Field, OfficialPaper, Section, Table
from tests.documents.kinds import is_list, paper
from tests.documents.official_papers import EACH, LETTER, WORDS
from tests.documents.test_slip_more import slip

with_words = msgspec.structs.replace
NAME = ("渝北区创建国家环境保护模范城市领导小组" * 16)[:300]
NUMBER = "渝北创模办" * 12 + "〔2026〕1号"
PEOPLE = "、".join(f"王某{i}（区环境保护局环境监察支队）" for i in range(200))
ROWS = Table(
    heads=("序号", "单位", "事项", "备注"),
    rows=tuple(
        (str(i), "区环保局" + "某" * (i % 9), f"第{i}件" + WORDS[: i * 3 % 90], NAME[: i % 40]) for i in range(60)
    ),
)


def official():
    """Return papers by name."""
    made = {}
    for one in EACH:
        plain = with_words(one, demo=False, reprint="", outside=False)
        fields = plain.fields or (Field("名称", ""),)
        made[f"{one.form}-long"] = with_words(
            plain, issuer=NAME, title=NAME, to=(NAME, NAME), copies=(NAME,), number=NUMBER, annexes=(NAME, NAME), note=NAME[:120],
            fields=tuple(Field(f.caption if i % 2 else NAME[:40], f"第{i}处{NAME}") for i, f in enumerate(fields)),
        )  # fmt: skip
        made[f"{one.form}-empty"] = OfficialPaper(
            kind=one.kind, form=one.form, title=one.title, issuer=one.issuer, date=one.date, boxes=one.boxes,
            fields=tuple(Field(f.caption, "") for f in fields), code="",
        )  # fmt: skip
        made[f"{one.form}-people"] = with_words(plain, fields=(Field("出席", PEOPLE), *fields[1:]))
        made[f"{one.form}-rows"] = with_words(
            plain, sections=(*plain.sections, Section(heading="附表", level=1, table=ROWS))
        )
    made["letter-pages"] = with_words(
        LETTER,
        sections=tuple(Section(heading=f"第{i}个问题", level=1, text=(f"第{i}处" + WORDS,) * 6) for i in range(40)),
    )
    return made


def of_kind(document):
    """Return a paper of a kind in which everything is endless: names of 300 signs, a text of 48 paragraphs, 60 rows."""
    order = {f.name: i for i, f in enumerate(document.fields)}

    def value(field):
        i = order[field.name]
        if is_list(document, field):
            return Word(cells=tuple(f"{i}之{k}{NAME[: (k * 7 + i) % 60]}" for k in range(60)))
        return Word("\n".join(f"第{k}段{WORDS * 4}" for k in range(12))) if field.body else Word(f"第{i}处{NAME}")

    letter = paper(document).copies
    return paper(
        document, value=value, issuer=NAME, title=NAME, number=NUMBER, urgency="特急", to=(NAME, NAME) if document.to else (),
        copies=(NAME, "区政府督查室") if letter else (), annexes=(NAME, NAME) if letter else (),
    )  # fmt: skip


def bare(document):
    """Return a paper of a kind of which nobody has said anything yet."""
    return paper(
        document,
        value=lambda field: Word(field.text),
        to=(),
        copies=(),
        number="",
        word=document.word,
        code="",
        signed_by="",
    )


def slips():
    """Return slips by name."""
    fields = tuple(Field(f"字段{i}", f"第{i}处{NAME}") for i in range(27))
    return {
        "long": slip(
            first_receiver=NAME, addressees=(NAME, NAME, NAME), supporting=(NAME,), object=NAME, place=NAME, content=WORDS * 30, basis=NAME,
            reason=NAME, limits=NAME, method=NAME, proposer=NAME, approved=NAME, fields=fields, number=NUMBER, title=NAME[:60],
            reprint=NAME[:80], mechanism=NAME[:60], rule=NAME, opening=NAME * 2, urgent="特急",
        ),
        "empty": slip(
            number="", addressees=(), supporting=(), fields=(), object="", place="", content="", basis="", reason="", method="", limits="",
            proposer="", approved="", first_receiver="",
        ),
        "crowded": slip(fields=tuple(Field(f"字段{i}", "某某某某") for i in range(27)), content=WORDS * 3, urgent="特急", reprint="补打 第2次"),
        "crammed": slip(
            stub=tuple(Cell(f"栏目名称{i}", NAME[: i * 9], "full") for i in range(20)), receipt=tuple(Cell(f"回执{i}", NAME[:i]) for i in range(30)),
            sent=tuple(Cell(f"第{i}栏" * (i % 5 + 1), NAME[: i * 5], ("third", "half", "full")[i % 3]) for i in range(60)),
        ),
        "middling": slip(content=WORDS * 9, object="某某建筑公司项目部" * 6, place="路口东北角" * 8, basis="第四篇" * 30),
    }  # fmt: skip
