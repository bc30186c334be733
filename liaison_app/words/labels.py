"""Labels of codes in both languages: lists, acts, fields, choices, countdowns."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from liaison_app.words import handling

Pair = tuple[str, str]

LISTS: Final[dict[str, Pair]] = {
    "today": ("今日待办", "Today"), "to-complete": ("待补正", "To complete"), "to-transfer": ("待移送", "To transfer"),
    "to-approve": ("待审批", "To approve"), "to-sign": ("待签收", "To sign"), "to-accept": ("待受理", "To accept"),
    "to-inform": ("待告知", "To inform"), "handling": ("办理中", "In hand"), "to-reply": ("待回复", "To reply"),
    "to-feedback": ("待反馈", "To feed back"), "to-revisit": ("待回访", "To revisit"),
    "due-today": ("今日到期", "Due today"), "overdue": ("逾期", "Overdue"), "listed": ("挂牌督办", "Listed"),
    "disputes": ("争议", "Disputes"), "conflicts": ("需核对事项", "Conflicts"), "closed": ("已结束", "Closed"),
    "all": ("全部", "All"),
}  # fmt: skip
ACTIONS: Final[dict[str, Pair]] = {
    "register": ("登记", "Register"), "complete": ("补正", "Complete"), "propose-transfer": ("拟移送", "Propose transfer"),
    "approve": ("审批", "Approve"), "return": ("退回修改", "Return"), "withdraw": ("撤回", "Withdraw"), "transfer": ("移送", "Transfer"),
    "deliver": ("确认送达", "Confirm delivery"), "sign": ("签收", "Sign"), "accept": ("受理", "Accept"),
    "inform": ("告知", "Inform"), "report-urgent": ("报区政府应急办", "Report urgent"), "note": ("备注", "Note"), "strike-note": ("更正备注", "Strike a note"),
    "attach": ("附件", "Attach"), "take-over": ("接办", "Take over"), "arrive": ("到场", "Arrive"),
    "void": ("作废或终止", "Void"), "inquire": ("催问", "Inquiry"), "countersign": ("补签", "Countersign"),
    "confirm-proxy": ("代录确认", "Confirm entry"), "reveal": ("查看完整信息（留痕）", "Reveal"), "take-out": ("取出留痕", "Data taken out"),
    "issue-paper": ("编文号", "Number a paper"), "print-paper": ("印发文书", "Print a paper"),
    "void-paper": ("文号作废", "Void a number"), "seal-paper": ("用印登记", "Enter a sealing"),
    "move-version": ("转用机制新版本", "Move to another version"), "erase-personal": ("到期删除个人信息", "Erase personal parts"),
    "bring-in": ("旧案移入", "Brought in"),
}  # fmt: skip
FIELDS: Final[dict[str, Pair]] = {
    "object": ("投诉对象", "Object"), "content": ("内容", "Content"), "place": ("事发地点", "Place"),
    "complainant_name": ("投诉人姓名", "Complainant"), "complainant_address": ("地址", "Address"),
    "contact": ("联系方式", "Contact"), "salutation": ("称谓", "Salutation"), "channel": ("来源", "Channel"),
    "received_at": ("来电时间", "Received at"), "town": ("所属镇街", "Town"), "headcount": ("人数", "Headcount"),
    "external_no": ("外部编号", "External number"), "confidential": ("保密", "Confidential"), "record": ("来电记录", "Record"),
    "to": ("接收单位", "Addressee"), "reason": ("理由", "Reason"), "remark": ("备注", "Remark"),
    "attachments": ("附件", "Attachments"), "road": ("审批方式", "Road"), "leader": ("批准领导", "Leader"),
    "number": ("电话号码", "Telephone"), "words": ("内容", "Words"), "scan": ("扫描件", "Scan"),
    "comment": ("修改意见", "Comment"), "method": ("方式", "Method"), "to_number": ("对方号码", "Number dialled"),
    "attempts": ("拨打情况", "Attempts"), "confirmed_by": ("确认人", "Confirmed by"), "evidence": ("凭证", "Evidence"),
    "for": ("经手人（该单位谁办的）", "Who did it there"), "for_body": ("代录单位", "Entered for"),
    "proxy-evidence": ("凭据（传真、来函、电话记录）", "Evidence (fax, letter, call)"),
    "contact_person": ("联系人", "Contact person"), "contact_number": ("联系电话", "Contact number"),
    "body": ("单位", "Body"), "signer": ("签收人", "Signed by"), "handler": ("承办人", "Handler"),
    "what": ("告知事项", "What"), "take-out-what": ("取出的内容", "What"), "reached": ("是否联系到", "Reached"), "impossible": ("无法告知的原因", "Why not"),
    "to_person": ("接报人", "Reported to"), "text": ("备注", "Note"), "name": ("名称", "Name"), "size": ("大小", "Size"),
    "sha256": ("校验值", "Hash"), "officers": ("到场人员", "Officers"), "set_out_at": ("出发时间", "Set out at"),
    "outcome": ("结果", "Outcome"), "approver": ("批准人", "Approver"), "told": ("答复内容", "What was told"),
    "note": ("备注", "Note"), "approval": ("审批记录", "Approval"), "agrees": ("是否属实", "True"), "happened_at": ("实际时间", "Happened at"),
    "late_reason": ("补录原因", "Reason of late entry"), "move-version-to": ("转用版本", "Version"),
    "issue-paper-kind": ("文书", "Paper"), "print-paper-kind": ("文书", "Paper"), "void-paper-kind": ("文书", "Paper"),
    "seal-paper-kind": ("文书", "Paper"), "issue-paper-number": ("文号", "Number"), "print-paper-number": ("文号", "Number"),
    "void-paper-number": ("文号", "Number"), "seal-paper-number": ("文号", "Number"), "copies": ("份数", "Copies"),
    "sealed_by": ("用印人", "Sealed by"), "of": ("所据操作", "About"), "fields": ("填写内容", "Words typed"),
    "way": ("方式", "Way"), "print-paper-to": ("发往", "Sent to"), "print-paper-way": ("方式", "Way"), "outside": ("对外复印件", "For outside"), "about": ("有关记载", "About"),
    "paper": ("文号", "Number"),
    "old_id": ("原案件标识", "Old id"), "old_number": ("旧号", "Old number"), "state": ("进度", "State"),
    "registered_at": ("登记时间", "Registered at"),
    "version": ("版本", "Version"), "valid_from": ("施行日期", "In force from"),
}  # fmt: skip
BRINGING: Final[dict[str, Pair]] = {
    "foreign_act": ("后面的经过中有其他单位的操作，由该单位自己登记；退到此前的状态", "Another body acted after this: that body enters it itself"),
    "matters_differ": ("各事项进度不同，退到一致的状态", "Its matters stand differently: the last state they shared"),
    "state_unknown": ("本区的机制没有原来的状态，退到最近的状态", "The district's mechanism does not have the old state: the nearest one before"),
    "merged": ("已并入他件，留在存档中", "Merged into another case: it stays in the archive"),
    "body_unmapped": ("对应不上的单位", "A body that is not matched"),
}  # fmt: skip
"""Why a case that is brought in does not stand in the state it had."""
CHOICES: Final[dict[str, dict[str, Pair]]] = {
    "road": {"own_desk": ("本人工作台", "Own desk"), "switched": ("本机换人", "This desk, other person"),
             "telephone": ("电话请示", "By telephone"), "paper": ("纸质呈批（代录）", "On paper")},
    "method": {"three_party_call": ("三方通话", "Three-party call"), "recorded_phone": ("录音电话", "Recorded telephone"),
               "fax": ("书面传真", "Fax"), "email": ("电子邮件", "E-mail"), "by_hand": ("当面送达", "By hand"),
               "letter": ("函件", "Letter"), "platform": ("平台", "Platform"), "oral": ("口头", "By word of mouth")},
    "inform-method": {"phone": ("电话", "Telephone"), "message": ("短信", "Message"), "letter": ("信件", "Letter"),
                      "visit": ("当面", "In person"), "through_first": ("由首接单位转告", "Through the first receiver")},
    "report-urgent-method": {"phone": ("电话", "Telephone"), "fax": ("传真", "Fax"), "visit": ("当面", "In person"),
                             "email": ("电子邮件", "E-mail")},
    "inform-what": {"transfer": ("移送情况", "The transfer"), "acceptance": ("受理情况", "The acceptance"),
                    "onsite": ("现场调查情况", "What was found"), "refusal": ("不予受理", "Not accepted"),
                    "in_progress": ("正在发生的违法行为", "An offence going on"), "danger": ("安全隐患", "A danger")},
    "void-outcome": {"void": ("误登作废", "Voided"), "out_of_scope": ("非本机制事项（已告知渠道）", "Not of this mechanism"),
                "withdrawn": ("投诉人撤回", "Withdrawn")},
    "every": {"month": ("每月", "Every month"), "quarter": ("每季度", "Every quarter"), "half_year": ("每半年", "Every half-year"),
              "year": ("每年", "Every year"), "once": ("须有一份", "One must stand")},
    "print-paper-way": {"printed": ("打印", "Printed"), "saved": ("存为文件", "Saved as a file")},
    "take-out-what": {"file": ("附件另存为文件", "A file saved outside"), "letter": ("回复稿存为 .docx", "The reply as .docx"),
                      "items": ("逐项复制到别的程序", "Items copied to another program"),
                      "list": ("列表导出为表格", "A list as a workbook"), "form": ("填入本单位台账", "Filled into the office's own form")},
    "likeness": {"place": ("地点相同或相近", "Same or similar place"), "object": ("对象相同", "Same object")},
    "attach-what": {"site": ("现场照片", "Photo of the site"), "recording": ("通话录音", "Recorded call"),
                    "film": ("现场录像", "Film of the site"), "screenshot": ("截图", "Screenshot"),
                    "scan": ("扫描件", "Scan"), "sealed": ("已盖章件", "Sealed paper"), "receipt": ("签收回执", "Signed receipt"),
                    "letter": ("来信来文", "Letter received"),
                    "report": ("监测、检测报告", "Report of measurements"), "evidence": ("其他证据材料", "Other evidence"),
                    "other": ("其他", "Other")},
    "signature-verdict": {
        "good": ("签名有效，签名后未被改动", "Valid signature, nothing changed since"),
        "added": ("签名有效，但签名后又加过内容", "Valid signature, but something was added later"),
        "changed": ("签名后被改动，签名无效", "Changed after it was signed: the signature is not valid"),
        "unknown": ("本程序不能验证这种签名（如国密电子印章），请用出具单位的阅读软件核对", "A kind of signature that cannot be verified here: check it with the issuer's reader"),
    },
    "confidential": {"none": ("否", "No"), "ordinary": ("一般", "Ordinary"), "strict": ("严格", "Strict")},
    "channel": {"phone": ("来电", "Phone"), "visit": ("来访", "Visit"), "letter": ("来信", "Letter"), "web": ("网络", "Web"),
                "petition": ("信访", "Petition"), "transferred": ("转办", "Transferred"), "media": ("媒体", "Media")},
    "inform-to": {"complainant": ("投诉人", "Complainant"), "first_receiver": ("首接单位", "First receiver")},
    "urgency": {"immediate": ("立即办理", "At once"), "ordinary": ("正常办理", "Ordinary")},
    "transfer": {"immediate": ("立即移送", "Transfer at once"), "24h": ("24小时内移送", "Transfer within 24 hours"),
                 "3wd": ("3个工作日内移送", "Transfer within 3 working days"), "same_day": ("当日移送", "Transfer the same day"),
                 "none_own_duty": ("本单位职责，不移送", "Own duty, no transfer"),
                 "not_transferred": ("要素不足，暂不移送", "Not transferred: items missing")},
}  # fmt: skip
WAITS: Final[dict[str, Pair]] = {
    "new": ("还没有上传", "Not sent yet"), "behind": ("别处有新记载，收到后重新核对", "Others acted meanwhile: it is decided again"),
    "epoch": ("共享数据库恢复过，重新上传", "The shared database was restored: it is sent again"),
    "server_unreachable": ("连不上共享数据库，连上后上传", "No line to the shared database: it goes when there is one"),
    "server_silent": ("共享数据库没有回音，稍后再传", "The shared database does not answer: it is sent again"),
    "server_busy": ("共享数据库正忙，稍后再传", "The shared database is busy: it is sent again"),
    "line_by_file": ("本机不联网，导出同步包后送出", "This desk has no line: it goes with the next package"),
    "server_password": ("共享数据库不让本机登录，请找管理员", "The shared database refuses this desk: ask the administrator"),
    "desk_closed": ("本机已停用", "This desk was closed"),
}  # fmt: skip
"""Why an act still waits to be sent."""
ACTIONS.update(handling.ACTIONS)
ACTIONS.update({
    "hand-over": ("移交经办", "Hand the case over"), "receive-charge": ("接收移交", "Take over what was handed over"),
    "enter-person": ("录入、更正人员", "Enter or correct a person"), "person-leaves": ("人员离任", "A person leaves"),
    "enter-year": ("录入年度放假安排", "Enter a year's calendar"), "choose-setting": ("改设置", "Choose a setting"),
    "freeze-period": ("冻结统计期", "Freeze a period"),
})  # fmt: skip
ACTIONS["unread"] = ("新版本的记载", "Recorded by a later program")
FIELDS.update({name: pair for name, pair in handling.FIELDS.items() if name not in FIELDS})
FIELDS.update({
    "hand-over-to": ("接收人", "Who takes over"), "hand-over-until": ("代办至（长期不填）", "Until (empty: for good)"),
    "batch": ("移交批次", "Handing over"),
    "enter-person-name": ("姓名", "Name"), "enter-person-body": ("单位", "Body"), "enter-person-title": ("职务", "Title"),
    "enter-person-phone": ("电话", "Telephone"), "enter-person-roles": ("职责", "Duties"), "person-leaves-person": ("人员", "Person"),
    "enter-year-notice": ("年度", "Year"), "choose-setting-setting": ("设置", "Setting"), "choose-setting-value": ("改为", "Value"),
    "freeze-period-period": ("统计期", "Period"), "freeze-period-cut": ("截至", "As of"), "freeze-period-missing": ("未同步的终端", "Desks behind"),
    "choose-setting-running": ("在办案件也照此办理", "Running cases too"),
})  # fmt: skip
CHOICES.update(handling.CHOICES)


ITEMS: Final[dict[str, Pair]] = {
    "number": ("编号", "Number"), "external_no": ("外部编号", "External number"), "received_at": ("来件时间", "Received"),
    "channel": ("来源", "Channel"), "complainant_name": ("投诉人", "Complainant"), "contact": ("联系方式", "Contact"),
    "complainant_address": ("投诉人地址", "Address"), "object": ("投诉对象", "Object"), "place": ("事发地点", "Place"),
    "town": ("所属镇街", "Town"), "content": ("投诉内容", "Content"), "first_receiver": ("首接单位", "First receiver"),
    "lead": ("责任单位", "Lead"), "state": ("办理状态", "State"), "due": ("办理时限", "Due"), "findings": ("调查情况", "Findings"),
    "result": ("办理结果", "Result"), "replied_at": ("回复时间", "Replied"), "rating": ("群众评价", "Rating"),
}  # fmt: skip
"""Items of a case as the forms of other systems call them."""
ROLES: Final[dict[str, Pair]] = {
    "liaison": ("联络员", "liaison"), "leader": ("领导", "leader"), "duty": ("值班员", "duty officer"),
    "administrator": ("管理员", "administrator"),
}  # fmt: skip
"""Offices of a person in the roster."""
LINKS: Final[dict[str, Pair]] = {
    "merged_into": ("已并入", "Merged into"), "joined": ("并入本案", "Merged into this"),
    "repeat_of": ("重复投诉，前案", "Repeats"), "repeated_by": ("其后重复投诉", "Repeated by"),
}  # fmt: skip
"""How another case belongs to this one."""


def pick(pair: Pair, lang: str) -> str:
    """Return the label in a language."""
    return pair[1] if lang == "en" else pair[0]


def listed(words: Iterable[str], lang: str) -> str:
    """Join words as the language does: 、 or a comma."""
    return (", " if lang == "en" else "、").join(words)


def clauses(words: Iterable[str], lang: str) -> str:
    """Join what is said one after the other; what is empty is left out."""
    return ("; " if lang == "en" else "；").join(filter(None, words))


def said(name: str, words: str, lang: str) -> str:
    """Say a name and after a colon what belongs to it."""
    return f"{name}: {words}" if lang == "en" else f"{name}：{words}"


def label(table: dict[str, Pair], code: str, lang: str) -> str:
    """Return the label of a code, the code itself when it has none."""
    return pick(table.get(code, (code, code)), lang)


def choice(name: str, code: str, lang: str) -> str:
    """Return the label of a choice."""
    return label(CHOICES.get(name, {}), code, lang)


def choices_of(action: str, field: str) -> dict[str, Pair]:
    """Return the choices of a field of an act, empty when it is free."""
    return CHOICES.get(f"{action}-{field}") or CHOICES.get(field, {})


def field_label(action: str, field: str, lang: str) -> str:
    """Return the label of a field as an act calls it."""
    own = f"{action}-{field}"
    return label(FIELDS, own if own in FIELDS else field, lang)


def countdown(due: datetime | None, late_after: datetime | None, now: datetime, lang: str) -> tuple[str, str]:
    """Return how a clock stands: level (calm, warn, today, late) and words."""
    if due is None:
        return "calm", pick(("无期限", "no limit"), lang)
    limit = late_after or due
    left = limit - now
    seconds = abs(int(left.total_seconds()))
    days, hours, minutes = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60
    if days:
        zh, en = f"{days}天{hours}小时", f"{days} d {hours} h"
    elif hours:
        zh, en = f"{hours}小时{minutes}分", f"{hours} h {minutes} min"
    else:
        zh, en = f"{minutes}分钟", f"{minutes} min"
    if left.total_seconds() < 0:
        return "late", pick((f"逾期{zh}", f"late by {en}"), lang)
    level = "today" if limit.date() == now.date() else "warn" if seconds < 2 * 86400 else "calm"
    return level, pick((f"剩{zh}", f"{en} left"), lang)


HOLIDAYS: Final = {
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Qingming", "劳动节": "Labour Day", "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival", "国庆节": "National Day", "抗战胜利70周年纪念日": "Victory Day",
}  # fmt: skip
"""Statutory holidays in English."""
_KINDS: Final = {"list": LISTS, "action": ACTIONS, "field": FIELDS, "role": ROLES}


def label_of(kind: str, code: str, lang: str) -> str:
    """Return the label of a code: kind is list, action, field, role or the name of a choice."""
    return label(_KINDS.get(kind) or CHOICES.get(kind, {}), code, lang)
