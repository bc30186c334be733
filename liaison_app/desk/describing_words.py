"""Says the parts of a profile in one language, for people who read."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from liaison_app.desk import describing_views as dv
from liaison_app.desk.roster import body_name
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.views import QuestionView
from liaison_app.domain.ledger_kinds import RecordField
from liaison_app.mechanism import document_schema, schema
from liaison_app.mechanism.coverage import Covered, Place, cited_in, coverage, line_name, rule_list
from liaison_app.mechanism.deadlines import UNIT_WORDS, WEEKDAYS, resolved
from liaison_app.mechanism.explaining import RowVerdict, explain, in_words, matched_row
from liaison_app.mechanism.indicator_schema import Indicator, Measure
from liaison_app.mechanism.kinds import MEETING, kinds_of
from liaison_app.mechanism.record_schema import Meeting, Record
from liaison_app.words import labels
from liaison_app.words import mechanism_words as mw

ASKED = {"bool", "enum", "date", "body", "bodies"}
"""Types of facts that a form can ask for."""


DRAWN = {
    "cases": ("由案件汇总", "the cases"),
    "meetings": ("由会议汇总", "the meetings"),
    "papers": ("由文书汇总", "the papers"),
}


class MechanismWords:
    """Says the parts of a profile in one language."""

    def __init__(self, rules: DeskRules, lang: str) -> None:
        self._rules, self._profile, self._lang = rules, rules.profile, lang
        self._english = lang == "en"
        self._comma = ", " if self._english else "、"

    def pick(self, zh: str, en: str) -> str:
        """Return the words of the language; Chinese where there is no English."""
        return en or zh if self._english else zh

    def code(self, table: Mapping[str, labels.Pair], code: str) -> str:
        """Return a code of a table in words."""
        return labels.pick(table.get(code) or (code, mw.plain(code)), self._lang)

    def who(self, codes: Iterable[str]) -> str:
        """Return bodies, posts and roles by name."""
        return self._comma.join(dict.fromkeys(self._who(c) for c in codes if c))

    def _who(self, code: str) -> str:
        if code.startswith("@"):
            fact = self._profile.fact(code[1:])
            return self.pick(f"〔{fact.ask}〕", f"[{fact.en}]") if fact else code
        if code in mw.ROLES:
            return labels.pick(mw.ROLES[code], self._lang)
        return body_name(self._profile, code, self._lang)

    def _field(self, field: document_schema.DocField | RecordField) -> tuple[str, str, str]:
        fact = self._profile.fact(field.source.partition(".")[2]) if field.source.startswith("case.") else None
        name = self.pick(field.zh, getattr(field, "en", "") or mw.plain(field.name).capitalize())
        source = self.pick("自动填写", "filled in") if field.source else self.pick("手工填写", "typed")
        if fact is not None:
            source = self.pick("自动填写", "filled in")
        return name, source, self.pick("必填", "required") if field.required else ""

    # -- bodies, papers, meetings -----------------------------------------------------------------

    def body(self, post: schema.Post) -> dv.FolioView:
        """Return a post with its duties."""
        duties = [d for d in self._profile.duties if d.post == post.id]
        numbers = [
            n + (self.pick("（待核实）", " (to be verified)") if n in post.unverified else "") for n in post.hotlines
        ]
        captions = [
            (self.pick("电话", "Telephone"), self._comma.join(numbers) or self.pick("原文没有", "none in the text")),
            (self.pick("工作台", "Desk"), self.pick("有", "yes") if self._rules.has_desk(post.id) else self.pick("没有，由他方代录", "none: others enter for it")),
            (self.pick("隶属", "Part of"), self.who([post.part_of])),
            (self.pick("代行", "Stands in for"), self.who([post.stands_in])),
        ]  # fmt: skip
        return dv.FolioView(
            id=post.id, group="", name=self.pick(post.name, post.en), captions=tuple(c for c in captions if c[1]),
            columns=(self.pick("规则", "Rule"), self.pick("职责", "Duty")),
            rows=tuple((d.rule, self.pick(d.zh, d.en)) for d in duties),
        )  # fmt: skip

    def document(self, paper: document_schema.Document) -> dv.FolioView:
        """Return a paper with its fields."""
        numbered = self.code(mw.SHAPES, paper.numbered) + (f" {paper.word}" if paper.word else "")
        captions = [
            (self.pick("规则", "Rules"), self._comma.join(paper.rules)), (self.pick("出具", "By"), self.who(paper.by)),
            (self.pick("送", "To"), self.who(paper.to)), (self.pick("抄送", "Copies to"), self.who(paper.copies_to)),
            (self.pick("体例", "Form"), self.code(mw.SHAPES, paper.form)), (self.pick("编号", "Number"), numbered),
            (self.pick("审批", "Approval"), " → ".join(self.code(mw.APPROVALS, a) for a in paper.approval)), (self.pick("联次", "Parts"), self._comma.join(self.code(mw.APPROVALS, p) for p in paper.parts)),
            (self.pick("保管期限", "Kept"), self.code(mw.SHAPES, paper.keep)),
        ]  # fmt: skip
        return dv.FolioView(
            id=paper.kind, group="", name=self.pick(paper.name, paper.en), captions=tuple(c for c in captions if c[1]),
            columns=self._field_columns(), rows=tuple(map(self._field, paper.fields)),
        )  # fmt: skip

    def _field_columns(self) -> tuple[str, ...]:
        return self.pick("字段", "Field"), self.pick("来源", "Source"), self.pick("要求", "Must")

    def meetings(self) -> tuple[dv.FolioView, ...]:
        """Return meetings, records and groups."""
        found = [self._meeting(m) for m in self._profile.meetings]
        found += [self._record(r) for r in self._profile.records]
        for group in self._profile.groups:
            captions = ((self.pick("规则", "Rule"), group.rule), (self.pick("负责", "Led by"), self.who(group.lead)))
            members = tuple((self.who([m]),) for m in group.members)
            name = self.pick(group.name, group.en)
            found.append(
                dv.FolioView(
                    id=group.id, group=self.pick("工作组", "Groups"), name=name, captions=captions,
                    columns=(self.pick("成员单位", "Members"),), rows=members,
                )
            )  # fmt: skip
        return tuple(found)

    def _meeting(self, meeting: Meeting) -> dv.FolioView:
        captions = [
            (self.pick("规则", "Rules"), self._comma.join(meeting.rules)), (self.pick("周期", "How often"), self.code(mw.SHAPES, meeting.cadence)),
            (self.pick("召集", "Called by"), self.who(meeting.convenor)), (self.pick("参加", "Attended by"), self.who(meeting.attendees)),
            (self.pick("纪要", "Minutes"), f"{meeting.minutes_title} {self.who([meeting.minutes_by])}".strip()),
            (self.pick("抄送", "Copies to"), self.who(meeting.copies_to)),
        ]  # fmt: skip
        rows = [(a, self.pick("议题", "agenda")) for a in meeting.agenda]
        rows += [(f, self.pick("纪要字段", "field of the minutes")) for f in meeting.minutes_fields]
        rows += [(step, self.pick("步骤", "step")) for step, _ in self._steps(f"{MEETING}{meeting.id}")]
        return dv.FolioView(
            id=meeting.id, group=self.pick("会议", "Meetings"), name=self.pick(meeting.name, meeting.en),
            captions=tuple(c for c in captions if c[1]), columns=(self.pick("内容", "Content"), self.pick("性质", "Kind")), rows=tuple(rows),
        )  # fmt: skip

    def _record(self, record: Record) -> dv.FolioView:
        captions = [
            (self.pick("规则", "Rules"), self._comma.join(record.rules)), (self.pick("登记", "Kept by"), self.who(record.by)),
            (self.pick("报送", "Sent to"), self.who(record.to)), (self.pick("时限", "Limits"), self._comma.join(record.clocks)),
            (self.pick("来源", "Drawn from"), self.pick(*DRAWN[record.drawn]) if record.drawn else ""),
        ]  # fmt: skip
        return dv.FolioView(
            id=record.id, group=self.pick("台账", "Records"), name=self.pick(record.name, record.en),
            captions=tuple(c for c in captions if c[1]), columns=self._field_columns(), rows=(*map(self._field, record.fields), *((step, self.pick("步骤", "step"), rule) for step, rule in self._steps(record.id))),
        )  # fmt: skip

    def _steps(self, kind_id: str) -> list[tuple[str, str]]:
        """Return the steps of a kind of record in words with their rules; none for one that nobody enters."""
        kind = kinds_of(self._profile, self._rules.settings).get(kind_id)
        said = {self.pick(s.zh, s.en): s.rule for s in kind.steps} if kind is not None else {}
        return list(said.items())

    # -- the table --------------------------------------------------------------------------------

    def questions(self) -> tuple[QuestionView, ...]:
        """Return the facts as fields: those that the table asks for first, the quiet ones last."""
        gates = {g: i for i, g in enumerate(self._profile.gates)}
        asked = [f for f in self._profile.facts if f.type in ASKED and not f.derived_from]
        asked.sort(key=lambda f: (gates.get(f.id, len(gates)), f.urgency, f.quiet))
        return tuple(
            QuestionView(fact=f.id, question=self.pick(f.ask, f.en), type=f.type, choices=self._choices(f), needed=False)
            for f in asked
        )  # fmt: skip

    def _choices(self, fact: schema.Fact) -> tuple[tuple[str, str], ...]:
        if fact.type == "bool":
            return ("true", self.pick("是", "Yes")), ("false", self.pick("否", "No"))
        if fact.type in {"body", "bodies"}:
            return tuple((p.id, self.pick(p.name, p.en)) for p in self._profile.posts)
        return tuple((code, self.pick(said[0], said[1])) for code, said in fact.values.items())

    def row(self, row: schema.Row) -> dv.RouteRowView:
        """Return a row of the routing table."""
        remarks = [self.pick(row.notes.get("zh", ""), row.notes.get("en", ""))]
        if row.provisional:
            remarks.append(self.pick("暂定，须核实", "provisional: verify"))
        if row.alternatives:
            others = self.who(row.alternatives)
            remarks.append(self.pick(f"也可由{others}牵头", f"alternatives: {others}"))
        for other in row.lead_when:
            if not other.setting:
                said, body = in_words(self._profile, other.when)[self._english], self._who(other.lead)
                remarks.append(self.pick(f"{said}的，也可由{body}牵头", f"{body} as alternative when {said}"))
                continue
            name = next((self._setting_name(s) for s in self._profile.settings if s.id == other.setting), other.setting)
            reading = self.reading(other.value)
            remarks.append(
                self.pick(f"{name}设为{reading}时：{self._who(other.lead)}", f"{self._who(other.lead)} when '{name}' is {reading}")
            )  # fmt: skip
        leads = self.pick("，否则", ", else ").join(self._who(c) for c in row.lead.split("|"))
        basis = [*row.clauses, self._comma.join(row.rules)]
        return dv.RouteRowView(
            row=row.row, condition=in_words(self._profile, row.when)[self._english], lead=leads,
            supporting=self.who([*row.co, row.unit]), basis="\n".join(basis), remark="\n".join(filter(None, remarks)),
        )  # fmt: skip

    def tried(self, facts: Mapping[str, Any]) -> dv.TriedView:
        """Return what each row says to facts. Raise RuleBroken ``fact_value`` …"""
        verdicts = explain(self._profile, facts, self._rules.settings)
        routing = self._rules.routing(facts, {})
        return dv.TriedView(
            rows=tuple(dv.TriedRowView(row=v.row, verdict=v.verdict, words=self._verdict(v)) for v in verdicts),
            matched=matched_row(verdicts), lead=self._who(routing.lead),
            why=routing.why_en if self._english else routing.why, ask=tuple(map(self._asked, routing.ask)),
        )  # fmt: skip

    def _asked(self, name: str) -> str:
        fact = self._profile.fact(name)
        return self.pick(fact.ask, fact.en) if fact else name

    def _verdict(self, verdict: RowVerdict) -> str:
        if verdict.verdict == "matched":
            return self.pick("✔ 符合", "✔ matches")
        if verdict.verdict == "below":
            return self.pick("— 上面已有符合的行", "— a row above matches")
        if verdict.verdict == "unknown":
            asked = self._comma.join(map(self._asked, verdict.ask))
            return self.pick(f"？ 还不清楚：{asked}", f"? not known yet: {asked}")
        parts = []
        for failed in verdict.failed:
            words, given = failed.words[self._english], failed.given[self._english]
            parts.append(words + (self.pick(f"（所选：{given}）", f" (chosen: {given})") if given else ""))
        return self.pick("✘ 应为 ", "✘ needs ") + self.pick("；应为 ", "; needs ").join(parts)

    # -- clocks, states, indicators, settings, rules ------------------------------------------------

    def clock(self, clock: schema.Deadline) -> dv.ClockView:
        """Return a clock."""
        unit, amount = resolved(clock, self._rules.settings)
        limit = self._period(unit, amount)
        if clock.dates:
            limit += f" ({self._comma.join(clock.dates)})"
        if clock.weekday:
            zh, en = WEEKDAYS[clock.weekday - 1]
            limit += self.pick(f"（{zh}）", f" ({en})")
        if clock.times > 1:
            limit += self.pick(f"{clock.times}次", f", {clock.times} times")
        arrow = " → "
        span = self._or(clock.start) + arrow + self._or(clock.stop)
        owner = self.who(clock.posts) if clock.posts else self._who(clock.owner)
        switched = [self._name_of(s) for s in (clock.amount_setting, clock.grace, *clock.by) if s]
        for setting, values in clock.only.items():
            readings = self.pick("或", " or ").join(map(self.reading, values))
            switched.append(self.pick(f"{self._name_of(setting)}为{readings}时才有", f"only when '{self._name_of(setting)}' is {readings}"))  # fmt: skip
        pauses = [self.pick("暂停：", "pauses: ") + self._or(clock.pauses)] if clock.pauses else []
        if clock.extension:
            cap = f" ≤ {clock.extension.cap}" if clock.extension.cap else ""
            pauses.append(
                self.pick("可延期：", "extended by ")
                + self.who(clock.extension.by)
                + f"（{clock.extension.rule}{cap}）"
            )
        if clock.outer:
            pauses.append(self.pick("最长期限", "outer limit"))
        return dv.ClockView(
            rule=clock.rule, words=self.pick(clock.zh, clock.en), limit=limit, span=span, owner=owner,
            switched="\n".join(switched), pauses="\n".join(pauses),
        )  # fmt: skip

    def _or(self, events: Sequence[str]) -> str:
        return self.pick("或", " or ").join(mw.event(e, self._lang) for e in events)

    def state(self, state: schema.State) -> dv.StateView:
        """Return a state."""
        acts = {
            mw.act(g.action, self._lang)
            for g in self._profile.guards
            if not g.to and (state.code in g.states or ("*" in g.states and not state.end))
        }
        return dv.StateView(
            code=state.code, name=self.pick(state.name, state.en), order=state.order, end=state.end,
            staying=tuple(sorted(acts)),
        )  # fmt: skip

    def transitions(self) -> tuple[dv.TransitionView, ...]:
        """Return the arrows of the diagram."""
        names = {s.code: self.pick(s.name, s.en) for s in self._profile.states}
        living = [s.code for s in sorted(self._profile.states, key=lambda s: s.order) if not s.end]
        found: dict[tuple[str, str, str], dv.TransitionView] = {}
        for guard in self._profile.guards:
            for start in living if guard.states == ["*"] else guard.states:
                to = guard.to or start
                if guard.states == ["*"] and not guard.to:
                    continue
                known = found.get((start, guard.action, to))
                who = self.who([*guard.roles, *guard.posts]) or self.who(guard.persons)
                rules = dict.fromkeys([*(known.rule.split(self._comma) if known else ()), guard.rule])
                found[start, guard.action, to] = dv.TransitionView(
                    start=start, start_name=names.get(start, self.pick("（新）", "(new)")), act=mw.act(guard.action, self._lang),
                    to=to, to_name=names.get(to, to) if to != start else self.pick("（不变）", "(stays)"),
                    who=known.who if known and known.who == who else who, rule=self._comma.join(rules),
                )  # fmt: skip
        order = {code: i for i, code in enumerate(["", *living])}
        return tuple(sorted(found.values(), key=lambda t: (order.get(t.start, 99), order.get(t.to, 99))))

    def indicator(self, indicator: Indicator) -> dv.IndicatorView:
        """Return an indicator with its formula."""
        english = self._measure(indicator.numerator)
        if indicator.denominator:
            english += f" ÷ {self._measure(indicator.denominator)}"
        return dv.IndicatorView(
            name=self.pick(indicator.name, indicator.en), formula=english if self._english else indicator.formula,
            period=self.code(mw.SHAPES, indicator.period), rules=self._comma.join(indicator.rules),
            group=self._comma.join(self.code(mw.SHAPES, g) for g in indicator.group),
        )  # fmt: skip

    def _measure(self, measure: Measure) -> str:
        parts = [" or ".join(mw.event(e, "en") for e in measure.events())]
        parts += [f"{mw.plain(n)} {' or '.join(map(mw.plain, v))}" for n, v in measure.values.items()]
        parts += [mw.plain(f) for f in measure.flags] + [f"not {mw.plain(f)}" for f in measure.without]
        if measure.clock:
            met = "" if measure.met is None else " met" if measure.met else " missed"
            parts.append(f"limit {measure.clock}{met}")
        elif measure.met is not None:
            parts.append("limit met" if measure.met else "limit missed")
        if measure.standing:
            parts.append(f"before the period, not yet {' or '.join(mw.event(e, 'en') for e in measure.standing)}")
        if measure.alike:
            parts.append(f"at least {measure.alike} at one place or object")
        if measure.alike_setting:
            parts.append(f"alike as often as '{self._name_of(measure.alike_setting)}' says")
        parts += [mw.event(a, "en") for a in measure.also] + [f"then {mw.event(a, 'en')}" for a in measure.after]
        return " · ".join(parts)

    def setting(self, setting: schema.Setting, chosen: str) -> dv.SettingView:
        """Return a setting with its readings."""
        value = self._rules.settings.get(setting.id, setting.default)
        said = {v: self._said(setting, v) for v in (*setting.values, value, setting.default)}
        titles = {r.id: self.pick(r.zh, r.en) for r in rule_list()}
        cited = self._comma.join(f"{i} {titles.get(i, '')}".strip() for i in cited_in(setting.because))
        own = setting.because not in titles  # a reason of its own is written in English
        because = self.pick(cited or "原文没有写明", setting.because or "the source does not say") if own else cited
        return dv.SettingView(
            id=setting.id, name=self._setting_name(setting), value=value, value_words=said[value],
            default_words=said[setting.default], because=because, free=setting.free, chosen=chosen,
            choices=tuple((v, said[v]) for v in setting.values),
        )  # fmt: skip

    def _said(self, setting: schema.Setting, value: str) -> str:
        words = self.reading(value)
        single = words == value and setting.values == [value]  # the name of the setting says how it is read
        return self.pick("照此办理", "as said") if single else words

    def _name_of(self, setting: str) -> str:
        return next((self._setting_name(s) for s in self._profile.settings if s.id == setting), setting)

    def _setting_name(self, setting: schema.Setting) -> str:
        known = mw.SETTINGS.get(setting.id.rpartition(".")[2])
        chinese = setting.zh
        if any(value in chinese for value in setting.values):
            chinese = chinese.partition("（")[
                0
            ]  # the codes are for who writes the file; the readings are shown in words
        return self.pick(chinese, setting.en or (known[1] if known else mw.plain(setting.id).capitalize()))

    def reading(self, value: str) -> str:
        """Return a setting's value in words: a reading, a body, a period."""
        if value in mw.READINGS:
            return labels.pick(mw.READINGS[value], self._lang)
        if self._profile.post(value):
            return self._who(value)
        number, _, unit = value.partition(" ")
        if number.isdigit() and unit in UNIT_WORDS:
            return self._period(unit, int(number))
        return value

    def _period(self, unit: str, amount: int) -> str:
        words = labels.pick(UNIT_WORDS.get(unit, (unit, unit)), self._lang)
        if self._english and amount == 1:
            words = (
                words.replace("days", "day")
                .replace("hours", "hour")
                .replace("minutes", "minute")
                .replace("years", "year")
            )
        return words.format(n=amount)

    def rules(self) -> tuple[dv.RuleView, ...]:
        """Return the rules of the source and where they live."""
        found = coverage(self._profile)
        return tuple(map(self._rule, (*found.rules, *found.others)))

    def _line(self, place: Place) -> str:
        """Return a line of a part by the name that people know."""
        if place.part == "guards":
            return mw.act(place.line, self._lang)
        if place.part == "duties":
            return self._who(place.line)
        if place.part == "settings":
            return self._name_of(place.line)
        whole, _, step = place.line.partition("/")
        found = self._named.get((place.part, place.line)) or self._named.get((place.part, whole))
        if found is None:
            return place.line
        if place.part == "forbidden":
            return mw.act(found.action, self._lang)
        said = self.pick(getattr(found, "zh", "") or getattr(found, "name", ""), getattr(found, "en", ""))
        steps = {one.code: self.pick(one.zh, one.en) for one in getattr(found, "steps", ())}
        return "·".join(filter(None, (said, steps.get(step, "")))) or place.line

    @cached_property
    def _named(self) -> dict[tuple[str, str], Any]:
        """Lines of the profile by the part and the name that a place gives them."""
        found = {}
        for part in mw.PARTS:
            lines = getattr(self._profile, part, ())
            for one in lines if isinstance(lines, list) else ():
                if isinstance(one, Struct):
                    for line in (one, *getattr(one, "candidates", ())):
                        found[part, line_name(line, part)] = line
        return {key: line for key, line in found.items() if key[1]}

    def _rule(self, line: Covered) -> dv.RuleView:
        places = dict.fromkeys(f"{self.code(mw.PARTS, p.part)} {self._line(p)}".strip() for p in line.places)
        return dv.RuleView(
            id=line.rule.id, kind=self.code(mw.RULE_KINDS, line.rule.kind), title=self.pick(line.rule.zh, line.rule.en),
            state=self.code(mw.RULE_KINDS, line.state), places=self._comma.join(places),
        )  # fmt: skip
