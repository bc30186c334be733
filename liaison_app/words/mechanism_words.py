"""Words for the codes of a mechanism's data: events that start and stop clocks, roles, readings, units, kinds."""

from typing import Final

from liaison_app.words.labels import ACTIONS, Pair, pick

EVENTS: Final[dict[str, Pair]] = {
    "accepted": ("受理", "accepted"), "answered": ("回复投诉人", "complainant answered"), "approved": ("批准", "approved"),
    "arrived": ("到场", "on the scene"), "assessed": ("考核", "assessed"), "assigned": ("交办", "assigned"),
    "assist-asked": ("请求协助", "assistance asked for"), "assist-given": ("提供协助", "assistance given"),
    "attended": ("出席", "attended"), "beds-ready": ("床位备妥", "beds ready"), "bound": ("立卷归档", "filed and bound"),
    "bulletin": ("简报", "bulletin"), "campaign-started": ("专项行动开始", "campaign begun"),
    "capacity-exceeded": ("超出能力", "capacity exceeded"), "change-filed": ("变更备案", "change filed"),
    "change-reported": ("变更报告", "change reported"), "circulated": ("通报", "circulated"), "cleared": ("清理完毕", "cleared"),
    "closed": ("办结", "closed"), "commended": ("表彰", "commended"), "commented": ("提出意见", "commented"),
    "contacted": ("联系", "contacted"), "copied": ("抄送", "copied"), "corrected": ("改正", "corrected"),
    "counted": ("统计", "counted"), "countersigned": ("补签", "countersigned"), "cross-district": ("发现跨区县", "found to cross districts"),
    "danger-found": ("发现危险", "danger found"), "danger-reported": ("报告危险", "danger reported"), "day": ("每日", "every day"),
    "decided": ("作出决定", "decided"), "decision-due": ("决定事项到期", "decision due"), "delisted": ("摘牌", "taken off the list"),
    "delivery-confirmed": ("确认送达", "delivery confirmed"), "designated": ("指定", "designated"), "discharge": ("出院", "discharge"),
    "dispatched": ("派出", "dispatched"), "disputed": ("提出异议", "disputed"), "diversion": ("分流", "diversion"),
    "drilled": ("演练", "drilled"), "drilled-twice": ("演练两次", "drilled twice"), "due": ("到期", "due"),
    "due-date": ("规定日期", "date fixed"), "dust-programme": ("扬尘方案", "dust programme"), "duty-changed": ("换班", "duty changed"),
    "ended": ("终结", "ended"), "evaluated": ("评估", "evaluated"), "evaluation": ("评估开始", "evaluation"),
    "examination-started": ("开始审查", "examination begun"), "examined": ("审查", "examined"), "exchanged": ("交流", "exchanged"),
    "executed": ("执行", "carried out"), "extended": ("延期", "extended"), "fed-back": ("反馈", "fed back"), "filed": ("备案（立案）", "filed"),
    "followed-up": ("跟踪", "followed up"), "formalities-done": ("手续办完", "formalities done"), "found": ("发现", "found"),
    "half-year": ("每半年", "every half-year"), "held": ("召开", "held"), "help-asked": ("请求支援", "help asked for"),
    "help-sent": ("派出支援", "help sent"), "information-formed": ("信息形成", "information formed"), "informed": ("告知", "told"),
    "inspected": ("检查", "inspected"), "inspected-twice": ("检查两次", "inspected twice"), "instructed": ("指示", "instructed"),
    "investigated": ("现场调查", "investigated"), "invited": ("邀请", "invited"), "joined": ("加入", "joined"),
    "learned": ("得知", "learned"), "leaving": ("离开", "leaving"), "letter-sent": ("发函", "letter sent"),
    "liaison-changed": ("联络员变动", "liaison changed"), "liaison-filed": ("联络员备案", "liaison filed"), "linked": ("联动", "linked"),
    "listed": ("挂牌", "listed"), "mass-admission": ("批量收治", "mass admission"), "meeting": ("会议", "meeting"),
    "meeting-called": ("召集会议", "meeting called"), "month": ("每月", "every month"), "mustered": ("集结", "mustered"),
    "noise-start": ("噪声施工开始", "noisy works begin"), "not-solved": ("未解决", "not solved"), "notified": ("通知", "notified"),
    "object-told": ("告知被投诉方", "object told"), "objected": ("收到移送异议", "objection received"), "kept": ("维持移送", "transfer kept"),
    "papers-made": ("补齐书面手续", "written formalities made up"), "reply-approved": ("批准回复", "reply approved"), "stopped": ("责令停止", "ordered to stop"), "occurred": ("发生", "occurred"), "order-received": ("接到命令", "order received"),
    "over-capacity": ("超负荷", "over capacity"), "passed-on": ("转交", "passed on"), "plan-issued": ("方案印发", "plan issued"),
    "plan-started": ("启动预案", "plan started"), "posted": ("现场公告", "posted"), "preliminary": ("初步回复", "preliminary answer"),
    "progress-sent": ("报送进展", "progress sent"), "promised": ("承诺", "promised"), "publication": ("发布", "publication"),
    "published": ("公布", "published"), "quarter": ("每季度", "every quarter"), "queue": ("排队", "queue"), "rain": ("降雨", "rain"),
    "received": ("收到", "received"), "received-visitors": ("接访", "visitors received"), "reception-day": ("接访日", "reception day"),
    "refused": ("拒绝", "refused"), "registered": ("登记", "registered"), "reply-sent": ("发出回复", "reply sent"),
    "reported": ("报告", "reported"), "requested": ("提出要求", "requested"), "response-started": ("启动响应", "response begun"),
    "result-out": ("结果出来", "result out"), "result-reported": ("报告结果", "result reported"), "returned": ("退回重办", "returned"),
    "reviewed": ("复核", "reviewed"), "revisited": ("回访", "revisited"), "roster-asked": ("索要名册", "roster asked for"),
    "ruled": ("裁定", "ruled"), "sent": ("报送", "sent"), "set-out": ("出发赶赴现场", "set out"), "settled": ("处理完毕", "settled"), "shared": ("共享", "shared"),
    "solved": ("解决", "solved"), "spot-checked": ("抽查", "spot-checked"), "staff-moved": ("人员变动", "staff moved"),
    "step": ("工作步骤", "step"), "step-done": ("步骤完成", "step done"), "summary-sent": ("报送总结", "summary sent"),
    "supervised": ("督办", "supervised"), "supervision": ("督查", "supervision"), "supervision-ended": ("督查结束", "supervision ended"),
    "supervision-reported": ("督查报告", "supervision reported"), "surveyed": ("测评", "surveyed"), "taken-on": ("承接", "taken on"),
    "target-met": ("达到目标", "target met"), "three-party-call": ("三方通话", "three-party call"), "trained": ("培训", "trained"),
    "transfer-approved": ("移送批准", "transfer approved"), "transfer-sent": ("移送", "transfer sent"), "urged": ("催办", "urged"),
    "urgent": ("出现紧急情况", "urgent"), "urgent-reported": ("报告紧急情况", "urgent case reported"), "verified": ("查实", "verified"),
    "week": ("每周", "every week"), "works-start": ("开工", "works begin"), "written-reply": ("书面回复", "written reply"),
    "year": ("每年", "every year"),
}  # fmt: skip
"""Events that start and stop clocks; what stands after ``/`` is said by :data:`KINDS`."""
KINDS: Final[dict[str, Pair]] = {
    "direct": ("直接受理", "direct"), "acceptance": ("受理情况", "of acceptance"), "transfer": ("移送情况", "of the transfer"),
    "refusal": ("不予受理", "of refusal"), "danger": ("危险情况", "of danger"), "stop-ordered": ("责令停止", "stop ordered"),
    "appraisal": ("鉴定", "appraisal"), "emergency": ("急救", "emergency"), "health": ("卫生部门", "health"), "oral": ("口头", "oral"),
    "register": ("登记信息", "of the register"), "onsite": ("现场调查情况", "what was found"), "reply": ("回复", "the reply"),
    "papers": ("材料", "papers"), "telephone": ("电话请示", "by telephone"), "government": ("政府", "government"),
    "justice": ("司法", "justice"), "all": ("全部", "every copy"), "first": ("首次", "the first"), "same": ("原接收单位", "the same body"),
}  # fmt: skip
ROLES: Final[dict[str, Pair]] = {
    "first_receiver": ("首接单位", "first receiver"), "addressee": ("接收单位", "addressee"), "acceptor": ("受理单位", "accepting body"),
    "assistant": ("协助单位", "assisting body"), "post": ("有关岗位", "post named by the rule"), "all": ("全体成员单位", "all bodies"),
    "outside": ("机制外单位", "outside bodies"), "convenor": ("由召集单位起草", "drafted by the convenor"), "complainant": ("投诉人", "complainant"), "liaison": ("联络员", "liaison"),
    "leader": ("领导", "leader"), "duty": ("值班人员", "duty officer"), "administrator": ("管理员", "administrator"),
}  # fmt: skip
READINGS: Final[dict[str, Pair]] = {
    "first_delivery": ("首次送达之时", "the first delivery"), "own_delivery": ("该单位收到之时", "its own delivery"),
    "designation": ("指定之时", "the designation"),
    "none": ("不采用", "no"), "next_workday": ("顺延至次一工作日", "moves to the next working day"), "as_is": ("照常起算", "counts as received"),
    "treat_as_next_workday": ("视为次一工作日收到", "counts as received on the next working day"), "inclusive": ("含当日", "that day included"),
    "exclusive": ("不含当日", "that day excluded"), "previous_workday": ("提前到前一工作日", "moves to the working day before"),
    "calendar": ("按日历", "by the calendar"), "rolling": ("滚动计算", "rolling"), "dual": ("15日为限，60日为最长", "15 days, 60 at the most"),
    "by_origin": ("按来源分别适用", "by the origin of the case"), "15wd": ("15个工作日", "15 working days"),
    "60wd": ("60个工作日", "60 working days"), "arrive": ("到达现场", "on the scene"), "set_out": ("出发", "set out"),
    "period": ("期限末日到期", "due at the end of its period"), "at_once": ("当即到期，过宽限为逾期", "due at once, late after the grace"),
    "separate": ("作为单独单位移送", "as a body of its own: transferred"), "part_of_bureau": ("视为本局职责，直接受理", "as a part of its bureau: accepted"),
    "report": ("照报", "reported"), "only_with_transfer": ("只在移送时报", "with a transfer only"),
    "headquarters": ("区指挥部牵头", "the headquarters"), "sector_body": ("行业主管部门牵头", "the sector's body"),
    "both": ("双方都回访", "both"), "lead": ("牵头单位", "the lead"), "first_receiver": ("首接单位", "the first receiver"),
    "specific_first": ("具体条款在先", "special clauses first"), "project_first": ("项目规则在先", "project rules first"),
    "only_without_env_permit": ("仅限无环保手续", "only without environmental permit"), "always": ("一律适用", "always"),
    "after": ("当日算后", "that day counts as after"), "before": ("当日算前", "that day counts as before"),
    "nd": ("自然日", "natural days"), "wd": ("工作日", "working days"), "same_day": ("当日", "the same day"),
    "immediate": ("立即", "at once"), "proposer": ("提议单位", "the proposing body"), "all": ("全部", "all"),
    "always_two_steps": ("一律两步", "always two steps"), "as_listed": ("按所列", "as listed"), "by_importance": ("按重要程度", "by importance"),
    "direct_government": ("直接报政府", "straight to the government"), "level_first": ("级别在先", "level first"),
    "sign": ("直接签发", "signed at once"), "check": ("核稿", "checked"), "review": ("核稿和审核", "checked and reviewed"),
    "full": ("核稿、审核、会签", "checked, reviewed and co-signed"), "on": ("排序", "ranked"), "off": ("只列数值，不排序", "figures only, no rank"),
    "from_21": ("上月21日至本月20日", "from the 21st of the month before"), "from_26": ("上月26日至本月25日", "from the 26th of the month before"),
    "real_name": ("实名件", "named complaints"), "set_date": ("按所定日期", "by a date set"), "via_justice": ("经司法部门", "through the justice office"),
}  # fmt: skip
SETTINGS: Final[dict[str, Pair]] = {
    "natural_day_roll": ("自然日期限末日为休息日时", "When a limit in natural days ends on a rest day"),
    "nonworking_receipt": ("休息日收到的起算", "What arrives on a rest day"),
    "before_date": ("“N日前”是否含当日", "Whether 'before day N' includes that day"),
    "cadence": ("周期按日历或滚动", "Periods by the calendar or rolling"),
    "office_close": ("下班时间", "Office closes at (reminders only)"),
    "immediate": ("立即、即时的宽限", "Grace of 'at once'"), "first_moment": ("第一时间的宽限", "Grace of 'the first moment'"),
    "in_time": ("及时的期限", "Limit of 'in time'"),
    "ordinary_deadline": ("正常办理期限", "Limit of ordinary handling"), "onsite_1h": ("1小时到场的含义", "What 'on the scene within 1 hour' means"),
    "revisit_by": ("回访单位", "Who revisits"), "routing_precedence": ("具体条款与项目规则的先后", "Special clauses or project rules first"),
    "special_transfer": ("特别移送", "Special transfer"), "entertainment_licensed_lead": ("证照齐全的娱乐场所由谁牵头", "Lead for venues with all licences"),
    "works_dust_municipal": ("市政工程扬尘由谁牵头", "Lead for dust of municipal works"),
    "building_noise_lead": ("建筑施工一般噪声由谁牵头", "Lead for ordinary building noise"),
    "unlicensed_pre2007": ("开业早的无照餐饮由谁牵头", "Lead for unlicensed catering opened before the cut-off day"),
    "unknown_stench_first": ("不明臭气先送谁", "Who gets an unknown stench first"), "livestock_restricted": ("畜禽养殖由谁牵头", "Lead for livestock in restricted zones"),
    "cutoff_day": ("分界日当日算前或后", "The cut-off day itself"), "acc_notice_unit": ("受理告知2日的单位", "Unit of the notice of acceptance"),
    "listing_threshold": ("挂牌建议门槛（件/天）", "Threshold of listing (cases / days)"), "night": ("夜间时段", "Night"),
    "redo_limit": ("重办期限", "Limit of handling again"), "municipal_noise_lead": ("白天市政工程噪声由谁牵头", "Lead for municipal noise by day"),
    "unlicensed_entertainment_lead": ("无照娱乐场所由谁牵头", "Lead for unlicensed venues"),
    "transfer_when_handling_immediate": ("立即办理案件的移送时限", "When a case to handle at once is transferred"),
    "meeting_convenor": ("联席会议由谁召集", "Who calls the joint meeting"), "approval": ("审批", "Approval"),
    "revisit_scope": ("回访范围", "Which cases are revisited"),
}  # fmt: skip
"""English of settings whose profile has none, by the last part of their id."""
SHAPES: Final[dict[str, Pair]] = {
    "sheet": ("表单", "sheet"), "letter": ("函", "letter"), "upward": ("上行文", "report upward"), "minutes": ("纪要", "minutes"),
    "notice": ("告知、通知", "notice"), "table": ("表", "table"), "cards": ("桌签", "name cards"), "seats": ("座次图", "plan of seats"), "slip": ("移送单", "slip"), "ours": ("本机编号", "numbered here"),
    "office": ("文书室编号", "numbered by the office"), "none": ("不编号", "not numbered"), "permanent": ("永久", "for ever"),
    "30": ("30年", "30 years"), "10": ("10年", "10 years"), "day": ("每日", "every day"), "week": ("每周", "every week"),
    "month": ("每月", "every month"), "quarter": ("每季度", "every quarter"), "half_year": ("每半年", "every half-year"),
    "year": ("每年", "every year"), "on_request": ("按需", "on request"), "department": ("部门", "department"),
    "department_pair": ("部门之间", "pair of departments"), "place_or_object": ("地点或对象", "place or object"), "medium": ("污染类别", "kind"),
    "source": ("来源", "source"), "delay": ("逾期环节", "limit missed"), "town_source": ("镇街和来源", "town and source"), "cover": ("封面", "cover"), "town": ("镇街", "town"), "hour": ("时段", "hour"), "district": ("全区", "district"),
    "outcome": ("结果", "outcome"), "direction": ("方向", "direction"),
}  # fmt: skip
APPROVALS: Final[dict[str, Pair]] = {
    "审核": ("审核", "review (审核)"), "审批": ("审批", "approval (审批)"), "签发": ("签发", "issue (签发)"),
    "会签": ("会签", "joint signature (会签)"), "存根联": ("存根联", "counterfoil (存根联)"), "移送联": ("移送联", "transfer part (移送联)"),
    "回执联": ("回执联", "receipt (回执联)"),
}  # fmt: skip
"""Steps of approval and parts of a slip, as Chinese papers name them."""
RULE_KINDS: Final[dict[str, Pair]] = {
    "rule": ("条款", "rule"), "contradiction": ("矛盾", "contradiction"), "gap": ("空白", "gap"), "correction": ("订正", "correction"),
    "common": ("通用", "common"), "office": ("机关惯例", "office practice"), "encoded": ("程序执行", "kept by the program"),
    "guidance": ("供人参照", "guidance"), "missing": ("未编入", "not encoded"),
}  # fmt: skip
PARTS: Final[dict[str, Pair]] = {
    "posts": ("部门", "bodies"), "facts": ("事实", "facts"), "computed": ("推得事实", "facts that follow"), "urgency": ("紧急程度", "urgency"),
    "registration": ("登记要素", "registration"), "precedence": ("先后", "precedence"), "readdress": ("特别移送", "special transfer"),
    "overlays": ("附加义务", "duties added"), "routing": ("决定表", "table"), "settings": ("设置", "settings"), "deadlines": ("时限", "limits"),
    "states": ("状态", "states"), "guards": ("步骤", "steps"), "waiting": ("待办", "waiting"), "forbidden": ("禁止", "forbidden"),
    "documents": ("文书", "papers"), "meetings": ("会议", "meetings"), "records": ("台账", "records"), "groups": ("工作组", "groups"),
    "indicators": ("指标", "indicators"), "accountability": ("问责", "accountability"), "duties": ("职责", "duties"),
    "guidance": ("指引", "guidance"), "meta": ("名称与版本", "name and version"), "gates": ("先问的事实", "facts asked first"),
    "shared_facts": ("各事项共有的事实", "facts that all matters share"), "readings": ("来电用语的读法", "readings of the caller's words"),
    "marks": ("标注", "marks"), "steps": ("办理步骤", "steps taken"), "outcomes": ("结案类别", "outcomes"),
    "stand_ins": ("代录单位", "who stands in"), "templates": ("范文", "templates"), "lives": ("办理过程", "lives of records"),
}  # fmt: skip
ACTS: Final[dict[str, Pair]] = {
    "rule": ("裁定", "Rule"), "investigate": ("调查", "Investigate"), "designate": ("指定", "Designate"), "assist-ask": ("请求协助", "Ask for assistance"),
    "assist-give": ("提供协助", "Give assistance"), "dispute": ("提出异议", "Dispute"), "keep-transfer": ("维持移送", "Keep the transfer"),
    "close": ("办结", "Close"), "feedback": ("反馈", "Feed back"), "start-plan": ("启动预案", "Start the plan"), "publish": ("公布", "Publish"),
    "file-case": ("立案", "File a case"), "ask-extension": ("申请延期", "Ask for an extension"), "draft-reply": ("拟写回复", "Draft the reply"),
    "submit-reply": ("报审回复", "Submit the reply"), "approve-reply": ("审批回复", "Approve the reply"), "return-reply": ("退回回复", "Return the reply"),
    "send-reply": ("发出回复", "Send the reply"), "archive": ("归档", "Archive"), "supervise": ("督办", "Supervise"),
    "draft-scheme": ("拟订方案", "Draft the scheme"), "muster": ("集结", "Muster"), "refuse": ("拒收", "Refuse"), "delete": ("删除", "Delete"),
}  # fmt: skip
"""Acts whose own label is not in :data:`liaison_app.words.labels.ACTIONS`."""


def event(code: str, lang: str) -> str:
    """Return an event with its kind: 受理（直接受理）."""
    name, _, kind = code.partition("/")
    words = pick(EVENTS.get(name, (name, name.replace("-", " "))), lang)
    if not kind:
        return words
    said = pick(KINDS.get(kind, (kind, kind.replace("-", " "))), lang)
    return f"{words} ({said})" if lang == "en" else f"{words}（{said}）"


def act(code: str, lang: str) -> str:
    """Return the label of an act."""
    return pick(ACTIONS.get(code) or ACTS.get(code) or (code, code.replace("-", " ").capitalize()), lang)


def plain(code: str) -> str:
    """Return a code as English words: ``case_number`` → case number."""
    return code.rpartition(".")[2].replace("_", " ").replace("-", " ")
