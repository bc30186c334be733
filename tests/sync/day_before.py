"""What stood on every desk of 锦溪区 on the evening of 29 September 2026 (tests/sync/test_day.py)."""

from tests.sync.day import FACTS, HE, XU, ZHOU


def handled(town, seat, name, reply, feedback, body="EPB"):
    """Let the lead of a delivered case handle it to the feedback."""
    leader = town.person_of(body, "leader")
    town.do(seat, name, "sign", signer="收发室")
    town.do(seat, name, "accept")
    town.do(seat, name, "inform", what="acceptance", method="phone")
    town.do(seat, name, "take-over", handler="经办人")
    town.at(reply)
    town.do(seat, name, "draft-reply", kind="formal", text="已按规定处理。")
    town.do(seat, name, "submit-reply")
    town.do(seat, name, "approve-reply", road="telephone", leader=leader, words="同意")
    town.do(seat, name, "send-reply", kind="formal", method="letter", solved=True)
    town.at(feedback)
    town.do(seat, name, "feedback", result="已整改", rating="basically")


def signed(town, name, method="fax"):
    """Let a slip of 区工商分局 be approved by its leader at the PC, and go."""
    town.do(town.pc, name, "propose-transfer")
    town.sit(HE)
    town.do(town.pc, name, "approve", road="switched")
    town.sit(ZHOU)
    town.do(town.pc, name, "transfer", method=method)


def before(town):
    """The state before the day: what stands on the desks at 29 September, when the line of 区工商分局 went down."""
    pc, epb, centre = town.pc, town.others["EPB"], town.others["C12369"]
    town.at("7 09:00")
    town.sit(ZHOU)
    roster = pc.desk.open_record(
        "contacts", {"leader": "何建平", "liaison": "周敏", "telephone": "67820015", "from": "2026-01-01"}
    ).record
    pc.desk.step_record(roster, "send", {})
    for name in ("丁", "壬", "癸"):
        town.call(pc, name)
        signed(town, name)
        town.do(pc, name, "deliver", confirmed_by="值班员", evidence="传真回执")
        town.do(pc, name, "inform", what="transfer", method="phone")
    town.sync("PC", "EPB")
    for name in ("丁", "壬", "癸"):
        town.at("7 10:00")
        handled(town, epb, name, "23 15:00", "24 10:00")
    town.at("8 17:20")
    town.call(centre, "丙")
    town.send(centre, "丙", town.person_of("C12369", "leader"))
    town.at("9 10:20")
    town.do(centre, "丙", "deliver", confirmed_by="周敏", evidence="传真回执")
    town.do(centre, "丙", "inform", what="transfer", method="phone")
    agreed = next(t.act_id for t in town.case(centre, "丙").timeline if t.kind == "transfer-approved")
    town.do(centre, "丙", "countersign", approval=agreed, scan="呈批单扫描件")
    town.sync("EPB", "C12369", "PC")
    town.do(pc, "丙", "sign", signer="周敏")
    town.do(pc, "丙", "accept")
    town.do(pc, "丙", "inform", what="acceptance", method="phone")
    town.do(pc, "丙", "take-over", handler="周敏")
    town.at("29 15:10")
    town.call(pc, "戊")
    signed(town, "戊")
    town.at("29 16:40")
    town.do(pc, "戊", "deliver", confirmed_by="值班员", evidence="传真回执")
    town.do(pc, "戊", "inform", what="transfer", method="phone")
    town.at("29 16:50")
    town.call(epb, "子")
    town.send(epb, "子", town.person_of("EPB", "leader"))
    town.at("29 17:10")
    town.do(epb, "子", "deliver", confirmed_by="许国强", evidence="传真回执")
    town.sync()
    town.sit(XU)
    town.do(pc, "子", "sign", signer="许国强")
    town.at("29 17:30")
    pc.desk.hand_over(XU, ZHOU, "交接班")
    town.sync("PC", "EPB")
    town.at("29 17:42")
    town.proxy.closed = True
    assert not pc.try_sync(), "the line went down"
    town.at("29 17:50")
    town.do(pc, "子", "accept")


def quarter(town):
    """What the third quarter left on other desks: disputed, overdue, twice dissatisfied, complained of again; two decisions of June."""
    epb, centre, laptop = town.others["EPB"], town.others["C12369"], town.laptop
    leader = town.person_of("C12369", "leader")
    town.at("2026-06-24 09:00")
    ref = laptop.desk.open_record("meeting/joint", {
        "theme": "第二季度环境投诉联席会议", "period": "2026-Q2", "lines": {"agenda": [{"item": "无照餐饮和夜间施工"}]}}).record  # fmt: skip
    step = laptop.desk.step_record
    step(ref, "call", {"at": "2026-06-25T14:30", "place": "区政府三会议室"})
    town.at("2026-06-25 14:30")
    came = [{"body": b, "how": "present"} for b in ("EPB", "COMMERCE", "CONSTR", "MUNI")]
    step(ref, "hold", {"chair": "韦青", "lines": {"attendance": came}})
    step(ref, "decide", {"lines": {"decisions": [
        {"what": "建立无照餐饮台账", "kind": "measure", "lead": "COMMERCE", "due": "2026-09-30"},
        {"what": "夜间施工审批每周通报", "kind": "measure", "lead": "CONSTR", "due": "2026-08-31"}]}})  # fmt: skip
    step(ref, "minutes", {"minutes": "会议研究了无照餐饮和夜间施工。"})
    step(ref, "sign", {"approved_by": "韦青"})
    step(ref, "publish", {"minutes_no": "第2期"})
    town.cases["Q2"] = ref
    town.at("2026-08-17 09:00")
    for name in ("争一", "争二"):
        town.call(epb, name, facts=FACTS["子"])
        town.do(epb, name, "propose-transfer")
        town.do(
            epb, name, "dispute", kind="transfer", reasons="两家都说不归自己", proposed="COMMERCE", clause="四(四)2(2)"
        )
    for name in ("逾一", "逾二", "再次"):
        town.call(centre, name)
        town.send(centre, name, leader)
        town.do(centre, name, "deliver", confirmed_by="值班员", evidence="传真回执")
    for _ in range(3):
        town.call(centre, f"热{_}", object="好味道火锅店", place="望江街道湖滨路196号", facts=FACTS["丙"])
    town.sync("C12369", "EPB")
    handled(town, epb, "再次", "2026-08-28 15:00", "2026-08-28 16:00")
    for times in (1, 2):
        town.sync("EPB", "C12369")
        town.do(centre, "再次", "revisit", method="phone", staff="satisfied", result="dissatisfied", reason="仍有噪声")
        if times == 1:
            town.do(centre, "再次", "redo", reason="仍有噪声")
            town.sync("C12369", "EPB")
            town.at("2026-09-10 09:00")
            town.do(epb, "再次", "draft-reply", kind="formal", text="已再次整改。")
            town.do(epb, "再次", "submit-reply")
            town.do(
                epb, "再次", "approve-reply", road="telephone", leader=town.person_of("EPB", "leader"), words="同意"
            )
            town.do(epb, "再次", "send-reply", kind="formal", method="letter", solved=True)
            town.do(epb, "再次", "feedback", result="已整改", rating="dissatisfied")
    town.sync()
