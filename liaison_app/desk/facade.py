"""The façade: every use case of the desk once. The window and the command line call nothing else."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import day_end, paper_views, projecting, views
from liaison_app.desk.beside import Beside
from liaison_app.desk.books import Books
from liaison_app.desk.charging import Charging
from liaison_app.desk.clocks import clocks, history, key_of
from liaison_app.desk.deciding import folded
from liaison_app.desk.exporting import Exporting
from liaison_app.desk.folder import Foldering
from liaison_app.desk.meeting_story import with_meetings
from liaison_app.desk.next_step import next_steps
from liaison_app.desk.papers import Renderer
from liaison_app.desk.proposing import propose
from liaison_app.desk.records_out import RecordsOut
from liaison_app.desk.rules import DeskRules, regimes
from liaison_app.desk.whole_case import WholeCase
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Case
from liaison_app.domain.decide import flags_of
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.papers import Section
from liaison_app.domain.rules import case_facts
from liaison_app.domain.text import clean
from liaison_app.security import keys
from liaison_app.store import desk_tables as small
from liaison_app.store import following, queries
from liaison_app.store.replica import Replica
from liaison_app.words import labels
from liaison_app.words.errors import told


class _NoneDone(Exception):
    """Takes a transaction back without an error: one of many acts was refused."""


class Desk(Charging, WholeCase, Beside, Exporting, Foldering, Books, RecordsOut):
    """An open desk with a person at work: lists, cases, acts, papers."""

    def __init__(
        self, replica: Replica, bundle: keys.Bundle, rules: DeskRules, person: str, *, lang: str, now: datetime | None,
        renderer: Renderer | None = None,
    ) -> None:  # fmt: skip
        super().__init__(replica, bundle, rules, person, lang=lang, now=now)
        self.renderer = renderer

    def status(self) -> views.DeskStatus:
        """Return what the status line says."""
        sync = self.sync_state()
        return views.DeskStatus(
            founding=self.rules.founding, home=str(self.home), district=self.roster.district,
            mechanism=self.rules.profile.meta.name_en if self.lang == "en" else self.rules.profile.meta.name,
            person=self.person, now=stamp(self.now()), stated_clock=self._stated is not None, pending=sync.waiting,
            last_sync=sync.last_sync, to_check=sync.to_check, sync_code=sync.code, off_since=sync.off_since, received=sync.received, head=sync.head,
            calendar_until=self.rules.calendar.last_year(),
        )  # fmt: skip

    def bodies(self) -> tuple[tuple[str, str], ...]:
        """Return the bodies of the district with their names."""
        show = self._show()
        return tuple((p.id, show.body(p.id)) for p in self.rules.profile.posts)

    # -- lists ----------------------------------------------------------------------------------

    def today(self) -> tuple[views.TaskView, ...]:
        """Return 今日待办: what waits for this body, earliest first."""
        now = self.now()
        with self._replica.read() as connection:
            found = queries.rows(connection, queries.TASKS, body=self._person.body, limit=200)
            words = self._waiting_words(connection)
            told = {(case, kind, action): words(case, kind, action) for _, kind, case, _, action, *_ in found}
        tasks = []
        for task, kind, case, due, action, number, title, first, outer in found:
            limit = china(due) if due and due != "9999" else None
            level, left = labels.countdown(limit, None, now, self.lang) if limit else ("none", "")
            if level == "late" and outer and due == first and now <= china(outer):
                level = "passed"  # amber: the outer limit still runs
            tasks.append(
                views.TaskView(
                    id=task, kind=kind, label=labels.pick(told[case, kind, action], self.lang), case_id=case, number=number,
                    title=clean(title), due=due if limit else None, level=level, countdown=left, action=action,
                )
            )  # fmt: skip
        tasks += self.record_tasks() + self.charge_tasks()
        return tuple(sorted(tasks, key=lambda t: t.due or "9999"))

    def before_holiday(self) -> views.HolidayView | None:
        """Return 节前清单: what of this body falls due inside the holiday ahead (within 7 days) or on the first day after it,
        and what others must tell through this body meanwhile (严格保密); None without a holiday."""
        ahead = self.rules.calendar.holiday_ahead(self.now().date())
        if ahead is None:
            return None
        back = ahead.last + timedelta(1)
        named = {(d.rule, d.event): (d.zh, d.en) for d in self.rules.profile.deadlines}
        own, show = self._person.body, self._show()
        others = json.dumps([p.id for p in self.rules.profile.posts if p.id != own])
        span = {"body": own, "first": ahead.first.isoformat(), "limit": 200}
        with self._replica.read() as connection:
            mine = queries.rows(connection, queries.DUE_INSIDE, until=(back + timedelta(1)).isoformat(), **span)
            theirs = queries.rows(connection, queries.OTHERS_INSIDE, until=back.isoformat(), owners=others, **span)
        items = tuple(
            views.DueLine(
                case_id=case, number=number, title=clean(title), rule=rule, due=due,
                label=labels.pick(named.get((rule, event), (rule, rule)), self.lang) + (f"（{show.body(owner)}）" if owner else ""),
            )
            for case, rule, event, due, number, title, owner in sorted([*((*m, "") for m in mine), *theirs], key=lambda d: str(d[3]))
        )  # fmt: skip
        return views.HolidayView(
            name=labels.pick((ahead.name, labels.HOLIDAYS.get(ahead.name, "Holiday")), self.lang),
            first=ahead.first.isoformat(), last=ahead.last.isoformat(), back=back.isoformat(), items=items,
        )  # fmt: skip

    def holiday_paper(self) -> paper_views.PaperView:
        """Return 节前清单 as it is printed. Raise RuleBroken ``no_holiday``, ``renderer_missing``."""
        return day_end.holiday_paper(self)

    def _open_matters(self) -> Section:
        return day_end.matters_table(self)

    def pack(self, ref: str) -> paper_views.PaperView:
        """Return the material pack of a meeting as one PDF. Raise RuleBroken ``not_a_meeting``."""
        from liaison_app.desk import pack  # figures are read only where they are asked for

        return pack.make(self, ref)

    # -- cases ----------------------------------------------------------------------------------

    def case(self, ref: str) -> views.CaseView:
        """Return everything this desk may show of a case. Raise RuleBroken ``case_unknown``."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref), shown=True)
            case = folded(happened)
            links, erased = self._links(connection, case), small.get_meta(connection, f"erased.{case.id}")
            left = following.left_since(connection, case.id)
        body = self._person.body
        show, running = self._show(case=case), clocks(case, self.rules)
        was = history(case, running, regimes(self.rules, case))
        masked = self._masked(case)
        personal = {} if masked else case.personal
        rules = self.rules.of(case)
        lead = rules.lead(case.matters[0].facts, case_facts(case))
        shown = projecting.shown_matter(case, rules)
        tell, message = self._notices(case)
        return views.CaseView(
            case_id=case.id, number=case.number, state=shown.state, state_name=show.state(shown.state),
            flags=tuple(sorted(flags_of(case, shown, lead, rules))), missing=case.missing,
            first_receiver=case.first_receiver, first_receiver_name=show.body(case.first_receiver),
            erased=told("erased", msgspec.json.decode(erased), self.lang) if erased else "", in_charge=self._in_charge(happened), channel=labels.choice("channel", case.channel, self.lang), received_at=case.received_at,
            registered_at=case.registered_at, object=clean(case.object), place=clean(case.place), town=case.town,
            headcount=case.headcount, external_no=case.external_no, confidential=case.confidential,
            handling=labels.choice("urgency", lead.handling, self.lang),
            transfer_urgency=labels.choice("transfer", lead.transfer, self.lang), masked=masked,
            content=clean(personal.get("content", "")), record=clean(personal.get("record", "")),
            complainant_name=clean(personal.get("complainant_name", "")),
            complainant_address=clean(personal.get("complainant_address", "")),
            contact=clean(personal.get("contact", "")), salutation=clean(personal.get("salutation", "")),
            matters=show.matters(case), transfers=tuple(show.transfer(t) for t in case.transfers),
            may_erase=self._may_erase(case, erased), left=told("case_left", {"since": left[:16].replace("T", " ")}, self.lang) if left else "",
            deadlines=tuple(show.due(c, was[key_of(c)], running) for c in running if not left or c.state != "open"),
            timeline=with_meetings(self, case.number, show.timeline(happened)), actions=() if left else self._actions(case, show),
            standing_in=() if left else self._standing_in(case, show),
            awaits=() if left else tuple(dict.fromkeys(one.action for _, one, _ in projecting.awaited_here(case, self.rules, body))),
            links=links, next=() if left else tuple(show.next(one) for one in next_steps(case, self.rules)), tell_complainant=tell, short_message=message,
            old_number=case.old_number, history=personal.get("history", ""),
        )  # fmt: skip

    def _links(self, connection: Connection, case: Case) -> tuple[views.LinkView, ...]:
        """Return the other cases that belong to a case: where it went, what came to it, what it repeats and repeats it."""
        handling = case.handling
        found = [("merged_into", handling.merged_into, handling.merged_number)] if handling.merged_into else []
        linked = (("joined", "merged"), ("repeated_by", "repeat"))
        if case.repeat_of:
            earlier = queries.rows(connection, queries.ROW, case=case.repeat_of)
            found.append(("repeat_of", case.repeat_of, str(earlier[0][2]) if earlier else case.repeat_of))
        for kind, key in linked:
            rows = queries.rows(connection, queries.LINKED, kind=key, case=case.id)
            found += [(kind, str(i), str(n)) for i, n in rows]
        return tuple(
            views.LinkView(kind=kind, label=labels.label(labels.LINKS, kind, self.lang), case_id=other, number=number)
            for kind, other, number in found
        )

    def propose(self, fields: Mapping[str, Any], *, call_record: str = "") -> views.ProposalView:
        """Return who is responsible, why and by when, while the form is filled. Reads nothing from the disk."""
        return propose(self.rules, self.lang, self._person.body, self.now(), fields, call_record)

    def similar(self, fields: Mapping[str, Any]) -> tuple[views.RowView, ...]:
        """Return open complaints with the same phone, place or object."""
        wanted = projecting.similar_keys(*(str(fields.get(k) or "") for k in ("contact", "place", "object")))
        ids: dict[str, None] = {}
        with self._replica.read() as connection:
            for kind, key in wanted:
                for row in queries.rows(connection, queries.SIMILAR, kind=kind, key=key):
                    ids[str(row[0])] = None
        return self.rows(list(ids)[:10])

    def act_from(self, ref: str, action: str, data: Mapping[str, Any]) -> views.Outcome:
        """Do an act given as plain data (command line, dialogs). Raise RuleBroken naming the field."""
        return self.act(ref, self._command(ref, action, data))

    def act(self, ref: str, command: cmd.Command) -> views.Outcome:
        """Do an act; when this returns it is on the disk. Raise RuleBroken when it is not allowed."""
        action = cmd.action_of(command)
        command = self.about(ref, command)
        if isinstance(command, cmd.Reveal) and self.rules.founding == "member":
            self.open_parts(ref, command.reason)
        try:
            with self._replica.write() as connection:
                case_id = None if isinstance(command, cmd.Register) else self._find(connection, ref)
                outcome = self._decide_all(connection, [(case_id, command)])[0]
        except Exception as error:
            self.log.refused(action, error)
            raise
        self.log.note("act", action=action)
        self._remember(action, [command], [outcome])
        if isinstance(command, cmd.Reveal):
            self._revealed.add(outcome.case)
        self._tell({outcome.case, *outcome.changed})
        return outcome

    def act_many(
        self, refs: Sequence[str], action: str, data: Mapping[str, Any], *, those_allowed: bool = False
    ) -> views.ManyOutcome:
        """Do one act on many cases in one transaction: on all or on none, or on ``those_allowed`` only."""
        done: list[views.Outcome] = []
        commands: list[cmd.Command] = []
        refused: list[tuple[str, RuleBroken]] = []
        with suppress(_NoneDone), self._replica.write() as connection:
            for ref in dict.fromkeys(refs):
                try:
                    with connection.begin_nested():
                        item = (self._find(connection, ref), self._command(ref, action, data))
                        done += self._decide_all(connection, [item])
                        commands.append(item[1])
                except RuleBroken as error:
                    refused.append((ref, error))
            if refused and not those_allowed:
                done.clear()
                commands.clear()
                raise _NoneDone
        self.log.note("acts", action=action, done=len(done), refused=len(refused))
        if done:
            self._remember(action, commands, done)
            self._tell({case for outcome in done for case in (outcome.case, *outcome.changed)})
        return views.ManyOutcome(done=tuple(done), refused=tuple(refused))

    def register_many(self, commands: Sequence[cmd.Register]) -> list[views.Outcome]:
        """Register several complaints in one transaction (import)."""
        with self._replica.write() as connection:
            outcomes = self._decide_all(connection, [(None, c) for c in commands])
            small.put_sources(
                connection, [(c.source_key, o.case) for c, o in zip(commands, outcomes, strict=True) if c.source_key]
            )
        self._remember("register", commands, outcomes)
        self._tell({o.case for o in outcomes})
        return outcomes

    def known_sources(self, source_keys: Sequence[str]) -> frozenset[str]:
        """Return the source keys that were imported before."""
        with self._replica.read() as connection:
            return frozenset(small.known_sources(connection, list(source_keys)))

    def _notices(self, case: Case) -> tuple[str, str]:
        transfer = case.transfer(1)
        if transfer is None or not transfer.sent_at:
            return "", ""
        rules = self.rules.of(case)
        said = {p.id: p.name for p in rules.profile.posts}  # the citizen is spoken to in Chinese
        to, at = "、".join(said.get(b, b) for b in transfer.to), china(transfer.sent_at)
        post = rules.post(transfer.to[0])
        copy = transfer.delivery()
        number = copy.contact_number or (post.verified[0] if post and post.verified else "")
        person, way = copy.contact_person, labels.choice("method", transfer.method, "zh_CN")
        when = f"{at.month}月{at.day}日{at:%H:%M}"
        told = (
            f"您好，您反映的问题已于{when}以{way}方式移送{to}办理，联系人{person or '值班人员'}，"
            f"联系电话{number}。办理编号{case.number}，您可以凭此编号查询。"
        )
        return (
            told,
            f"【{said.get(case.first_receiver, case.first_receiver)}】您反映的{case.number}已于{when}移送{to}，联系电话{number}。",
        )
