"""Labels of handling in both languages: acts, fields and choices that begin after acceptance."""

from typing import Final

Pair = tuple[str, str]

ACTIONS: Final[dict[str, Pair]] = {
    "object": ("移送异议", "Object to the transfer"), "keep-transfer": ("维持移送", "Keep the transfer"),
    "dispute": ("提请协调", "Raise a dispute"), "designate": ("指定移送单位", "Designate the addressee"),
    "rule": ("裁决", "Decide"), "assist-ask": ("请求协助", "Ask for assistance"), "assist-give": ("协助答复", "Assist"),
    "investigate": ("现场调查", "Site visit"), "file-case": ("立案", "File the case"),
    "city-letter": ("函告市级部门", "Letter to the city"), "draft-reply": ("拟回复", "Draft a reply"),
    "submit-reply": ("回复送审", "Submit the reply"), "approve-reply": ("签发回复", "Approve the reply"),
    "pass-reply": ("核稿、审核、会签", "Check, review, co-sign"), "return-reply": ("退回回复", "Return the reply"), "send-reply": ("发出回复", "Send the reply"),
    "preliminary-reply": ("初步回复", "Reply for now"), "feedback": ("反馈12369中心", "Feed back to the centre"),
    "revisit": ("回访", "Revisit"), "redo": ("重新办理", "Send back"), "evaluate": ("满意度评价", "Evaluate satisfaction"),
    "urge": ("催办", "Urge"), "supervise": ("督办", "Supervise"), "list": ("挂牌督办", "List"),
    "unlist": ("摘牌", "Take off the list"), "close": ("结案", "Close"), "archive": ("归档", "Archive"),
    "publish": ("公布", "Publish"), "merge": ("并案办理", "Merge"), "unmerge": ("分案", "Separate"),
    "reopen": ("恢复办理", "Reopen"), "pause": ("暂停计时", "Pause a clock"), "resume": ("恢复计时", "Resume a clock"),
    "ask-extension": ("申请延期", "Ask for an extension"), "grant-extension": ("批准延期", "Grant the extension"),
    "mark": ("标注", "Mark"), "unmark": ("取消标注", "Unmark"), "answer-alarm": ("应答", "Answer the alarm"), "step": ("办理步骤", "Step"),
    "joined": ("他件并入", "Another case merged into this"), "parted": ("并入件分出", "A merged case separated"),
}  # fmt: skip
FIELDS: Final[dict[str, Pair]] = {
    "since": ("自", "Since"), "answer-alarm-what": ("告警", "Alarm"),
    "reasons": ("理由", "Reasons"), "clause": ("依据条款", "Clause"), "proposed": ("建议单位", "Body proposed"),
    "kind": ("类别", "Kind"), "body": ("单位", "Body"), "decision": ("决定", "Decision"), "lead": ("牵头单位", "Lead"),
    "form": ("协助方式", "Form"), "until": ("期限", "Until"), "opinion": ("意见", "Opinion"),
    "extended_to": ("延期至", "Extended to"), "findings": ("调查情况", "Findings"), "arrived_at": ("到场时间", "Arrived at"),
    "ended_at": ("结束时间", "Ended at"), "measures": ("采取措施", "Measures"), "verified": ("违法行为已查实", "Offence verified"),
    "stopped": ("已当场制止", "Stopped on the spot"), "checklist": ("检查项", "Checklist"), "offence": ("违法行为", "Offence"),
    "department": ("市级部门", "City department"), "request": ("请求事项", "Request"), "text": ("正文", "Text"),
    "reply": ("回复稿", "Reply"), "document_no": ("文号", "Document number"), "solved": ("问题已解决", "Solved"),
    "promised": ("承诺解决日期", "Promised date"), "result": ("办理结果", "Result"), "rating": ("群众评价", "Rating"),
    "unrated": ("未评价原因", "Why not rated"), "staff": ("受理人员态度", "Attitude of the staff"),
    "site": ("现场执法人员态度", "Attitude on site"), "last_attempt": ("不再联系", "Last attempt"),
    "panel": ("评价人员", "Panel"), "target": ("目标责任", "Target"), "responsible": ("责任单位", "Responsible"),
    "supervisor": ("督办部门", "Supervisor"), "procedure": ("督办程序", "Procedure"), "decided_by": ("决定机关", "Decided by"),
    "verified_by": ("核实人", "Verified by"), "limit": ("解决期限", "Limit"), "fonds": ("全宗号", "Fonds"),
    "keep": ("保管期限", "Kept for"), "item": ("件号", "Item"), "pages": ("页数", "Pages"), "where": ("公布方式", "Where"),
    "into": ("并入案件", "Into case"), "rule": ("计时规则", "Clock"), "approver": ("批准人", "Approved by"),
    "marks": ("标注", "Marks"), "what": ("事项", "What"), "decided_at": ("决定时间", "Decided at"),
    "file-case-number": ("立案号", "Filing number"), "evidence": ("凭证", "Evidence"), "sha256": ("版本", "Version"),
    "assist-ask-what": ("请求事项", "What is asked"), "draft-reply-text": ("回复正文", "Text of the reply"),
    "revisit-words": ("投诉人意见", "What the complainant said"), "redo-until": ("重办期限", "Limit"),
    "countersign_due": ("待补签", "To be countersigned"),
    "step": ("步骤", "Step"), "skipped": ("跳过这一步的理由", "Why it is skipped"), "pass-reply-signer": ("由谁", "By whom"),
    "pass-reply-body": ("会签单位", "Body that co-signs"), "pass-reply-words": ("意见", "Opinion"), "rule-decision": ("裁决意见", "Decision"),
    "count": ("次数", "Count"), "joined-number": ("并入的案件", "Case"), "parted-number": ("分出的案件", "Case"),
    "merge-number": ("案号", "Case number"),
}  # fmt: skip
_RATING: Final[dict[str, Pair]] = {
    "satisfied": ("满意", "Satisfied"), "basically": ("基本满意", "Basically satisfied"),
    "dissatisfied": ("不满意", "Dissatisfied"),
}  # fmt: skip
_SEND: Final[dict[str, Pair]] = {
    "letter": ("信函", "Letter"), "by_hand": ("当面送达", "By hand"), "message": ("短信", "Message"),
    "phone": ("电话", "Telephone"), "email": ("电子邮件", "E-mail"), "network": ("网络", "Network"),
}  # fmt: skip
_REPLY: Final[dict[str, Pair]] = {
    "formal": ("正式回复", "Formal reply"), "preliminary": ("初步回复", "Preliminary reply"),
    "written": ("24小时书面回复", "Written reply"), "explanation": ("满意度书面说明", "Explanation"),
}  # fmt: skip
CHOICES: Final[dict[str, dict[str, Pair]]] = {
    "answer-alarm-what": {"urgent_transfer": ("紧急移送", "Urgent transfer"),
                          "immediate_case": ("立即办理件", "Case to be handled at once"),
                          "designation": ("指定本单位办理", "Your body was designated"),
                          "designation_asked": ("待指定移送单位", "A dispute waits for your designation")},
    "dispute-kind": {"transfer": ("移送争议", "Transfer"), "handling": ("办理争议", "Handling"),
                     "law": ("法律适用争议", "Law"), "satisfaction": ("满意度争议", "Satisfaction"),
                     "jurisdiction": ("管辖争议（协商）", "Jurisdiction (negotiation)"),
                     "justice": ("申请司法局协调", "Before the justice bureau"),
                     "government": ("报县政府决定", "Before the county government")},
    "rule-outcome": {"agreed": ("达成一致", "Agreed"), "proposal": ("提出处理建议", "Proposal"),
                     "decided": ("作出决定", "Decided"), "beyond_powers": ("超出权限", "Beyond its powers"),
                     "ended": ("宣布终止", "Ended"), "escalated": ("请求上级支援", "Help from above")},
    "form": {"opinion": ("书面意见", "Opinion"), "joint-search": ("联合排查", "Joint search"),
             "joint-enforcement": ("联合执法", "Joint enforcement"), "consultation": ("会商", "Consultation"),
             "appraisal": ("认定、鉴定", "Appraisal"), "register": ("查询登记信息", "Entry of the register")},
    "draft-reply-kind": _REPLY, "submit-reply-kind": _REPLY, "send-reply-kind": _REPLY, "send-reply-method": _SEND,
    "preliminary-reply-method": _SEND, "feedback-rating": _RATING, "staff": _RATING, "site": _RATING,
    "revisit-result": _RATING, "evaluate-result": _RATING,
    "revisit-method": {"phone": ("电话", "Telephone"), "network": ("网络", "Network"), "visit": ("上门", "Visit"),
                       "letter": ("信函", "Letter")},
    "pass-reply-step": {"check": ("核稿", "Check the draft"), "review": ("审核", "Review"), "cosign": ("会签", "Co-sign"), "sign": ("签发", "Sign")},
    "keep": {"permanent": ("永久", "Permanent"), "30": ("30年", "30 years"), "10": ("10年", "10 years")},
    "pause-reason": {"monitoring": ("监测", "Monitoring"), "appraisal": ("鉴定", "Appraisal"),
                     "reply-awaited": ("等待答复", "A reply is awaited"), "material": ("补充材料", "Material"),
                     "other": ("其他", "Other")},
}  # fmt: skip
