"""One sentence a refusal code, in both languages: what happened, what is safe, what to do."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from liaison_app.words import labels

SAFE: Final = ("已保存的内容没有改变。", "Nothing that was saved has changed.")

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
REPLY_STATES: Final[dict[str, tuple[str, str]]] = {
    "submitted": ("已送审", "under approval"), "approved": ("已签发", "approved"), "returned": ("已退回", "returned"),
    "sent": ("已发出", "sent"),
}  # fmt: skip

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "same_field": ("“{field}”别处也改了：这里写的是“{mine}”，别处写的是“{theirs}”；请核对后重新补正或保留。", "{field} was changed elsewhere too: here {mine}, there {theirs}; check it, then do it again or keep theirs."),
    "numbers_spent": ("预留的编号用完了；请联网同步一次，领取新的编号。已写的内容在草稿里。", "The leased numbers are spent: synchronise once to get the next block. What you typed is in the drafts."),
    "conflict_unknown": ("没有这个需核对事项（{value}）。", "There is no such item to check ({value})."),
    "conflict_ended": ("这个需核对事项已经处理过了。", "This item was ended already."),
    "not_member": ("本机没有入网；演示和单机不同步。", "This desk is no member of a district: a demo and a desk alone do not synchronise."),
    "join_unfinished": ("入网还没有完成；请再运行一次入网，已收到的不会重收。", "Joining is not finished: run it again, what came is kept."),
    "code_form": ("入网授权码应是24位、六组；请照授权单重新输入。", "An authorisation code has 24 signs in six groups: type it again as the sheet says."),
    "line_secret_missing": ("找不到本机连接共享数据库的口令；请向管理员要新的授权码重新入网，待上传的内容不会丢。", "The password of this desk for the shared database is gone: ask the administrator for a new code and join again; what waits is kept."),
    "server_address": ("地址不对：应为 postgresql://主机:端口/库名。", "That is no address: it should be postgresql://host:port/name."),
    "server_name": ("找不到主机“{host}”；请核对地址和网络，内容在本机等待上传。", "There is no host {host}: check address and network; what you do waits here."),
    "server_port": ("主机“{host}”在，但{port}端口没有数据库；请核对端口，或请管理员看服务是否在运行。", "{host} answers, but no database listens at port {port}: check the port, or ask the administrator whether it runs."),
    "server_silent": ("共享数据库没有回应；本机照常工作，稍后自动再试。", "The shared database does not answer: work goes on here, it is tried again by itself."),
    "server_unreachable": ("连不上共享数据库；本机照常工作，稍后自动再试。", "The shared database cannot be reached: work goes on here, it is tried again by itself."),
    "server_busy": ("共享数据库正忙；稍后自动再试。", "The shared database is busy: it is tried again by itself."),
    "server_certificate": ("共享数据库的证书不对或不可信，没有发送任何内容；请管理员核对证书和主机名。", "The certificate of the shared database does not hold, nothing was sent: ask the administrator to check certificate and host name."),
    "server_password": ("共享数据库不接受本机的口令或授权码；授权码只能用一次，72小时内有效，请向管理员核对。", "The shared database does not take this password or code: a code holds once and for 72 hours, ask the administrator."),
    "server_database": ("主机上没有这个数据库；请核对地址里的库名。", "There is no such database on that host: check the name in the address."),
    "server_version": ("共享数据库的版本与本机程序不合；请管理员升级，内容在本机等待上传。", "The shared database and this program do not fit: ask the administrator to upgrade; what you do waits here."),
    "server_refused": ("共享数据库不能处理这条内容（{state}）；全文留在需核对事项。", "The shared database cannot take this ({state}): its whole text stands among the items to check."),
    "server_epoch": ("共享数据库恢复过；本机正重新核对并补传，内容都在。", "The shared database was restored: this desk checks and sends again, everything is here."),
    "refused_there": ("共享数据库按规则没有接受（{state}）；全文留在需核对事项。", "The shared database refused it by its rules ({state}): its text stands among the items to check."),
    "case_not_ours": ("本单位不在这个案件上，共享数据库没有接受；全文留在需核对事项。", "Your body is not on this case, it was not taken: its text stands among the items to check."),
    "code_refused": ("授权码不对、用过或已过72小时，或者不是给此人的；请向管理员要新的。", "The code is wrong, used, older than 72 hours or not for this person: ask the administrator for another."),
    "package_damaged": ("这个同步包打不开：不是给本机的，或者改动、损坏过；没有采用，请重新拷贝。", "This package does not open: it is not for this desk, or was altered or damaged; nothing was taken, copy it again."),
    "package_not_mine": ("这个同步包是给另一个工作台的。", "This package is for another desk."),
    "package_early": ("这个同步包来早了，前面还缺一个；请先导入前一个，内容都不会丢。", "This package came too early, the one before it is missing: import that one first, nothing is lost."),
    "text_too_long": ("文字太长（{kilobytes}KB，最多{most}KB），共享数据库放不下；请缩短，或作为附件上传。", "The text is too long ({kilobytes} KB, at most {most} KB) for the shared database: shorten it, or attach it as a file."),
    "other_body": ("{person}不是本单位的人；请用他本单位的工作台。", "{person} is of another body: use a desk of that body."),
    "device_new": ("本机是从备份恢复的，或有另一份拷贝写过；请向管理员要授权码，运行入网，新做的操作才会上传。", "This desk came out of a backup, or a copy of it wrote elsewhere: ask for a code and join again, then new acts are sent."),
    "desk_revoked": ("本机已被停用，或者没有权限；待上传的内容还在本机，请找管理员。", "This desk was closed or has no right: what waits is still here, ask the administrator."),
    "person_revoked": ("此人已被停用；他做的内容全文留在需核对事项。", "This person was closed: what he did stands with its text among the items to check."),
    "person_moved": ("此人已不在本单位；他做的内容全文留在需核对事项。", "This person left the body: what he did stands with its text among the items to check."),
    "feed_gap": ("收到的内容缺了一段，没有采用；稍后自动再取。", "A part of what came is missing, nothing was taken: it is fetched again."),
    "feed_chain": ("收到的内容与校验不符，没有采用；请告诉管理员。", "What came does not fit its chain, nothing was taken: tell the administrator."),
    "feed_part": ("收到的一件操作（{act}）与校验不符，没有采用；请告诉管理员。", "An act that came ({act}) does not fit its hash, nothing was taken: tell the administrator."),
    "feed_unknown": ("收到了不属于本机的内容，没有采用；请告诉管理员。", "Something came that is not for this desk, nothing was taken: tell the administrator."),
    "quarantined": ("这件操作与本机日志对不上，共享数据库没有收；全文留在需核对事项，请管理员为本机重新授权。", "This act does not follow the desk's log and was not taken: its text stands among the items to check; ask for a new code for this desk."),
    "register_online_only": ("名册、日历和机制由区里统一管理；请管理员在服务器上登记。", "Roster, calendar and mechanism belong to the district: the administrator enters them at the server."),
    "period_unknown": ("“{value}”不是统计期；请写成 2026-10、2026-Q3、2026-H1 或 2026。", "\"{value}\" is no period: write 2026-10, 2026-Q3, 2026-H1 or 2026."),
    "about_addressee": ("投诉对象就是拟移送的单位；建议改送监察机关，仍要移送请写明理由。", "The complaint is about the addressee itself: send it to the supervision bureau, or give a reason."),
    "already_objection_open": ("移送异议尚待答复。", "An objection awaits its answer."),
    "already_dispute_open": ("争议正在协调，不必重复提请。", "A dispute is before its decider already."),
    "already_satisfaction_disputed": ("满意度争议尚未评价。", "The dispute about satisfaction is not evaluated yet."),
    "already_evaluated": ("已组织过满意度评价。", "Satisfaction was evaluated already."),
    "already_same_body": ("指定的就是原接收单位。", "That is the same addressee."),
    "already_law_dispute": ("这是法律适用争议，由区政府法制办协调。", "This is a question of law: the legal office decides."),
    "already_filed": ("已立案。", "The case is filed already."),
    "already_reply_open": ("回复正在送审或已签发，不能另拟；请先发出或退回。", "A reply is under approval or approved: send or return it first."),
    "already_answered": ("已正式回复。", "It is answered already."),
    "already_listed": ("该案已挂牌。", "The case is listed."),
    "already_archived": ("已归档。", "It is archived already."),
    "already_published": ("已公布。", "It is published already."),
    "already_strict": ("投诉人要求严格保密，只有首接单位可以查看。", "Strict confidence: only the first receiver may see it."),
    "already_accepted_here": ("本单位已受理。", "Your body accepted it already."),
    "already_designated": ("移送单位已经指定，不得再提移送争议。", "The addressee was designated: the transfer cannot be disputed again."),
    "already_designated_here": ("已指定本单位负责，请直接受理，不再移送。", "Your body was designated: accept it, no transfer."),
    "already_holds_merged": ("有其他案件并入本案，请先分案。", "Other cases are merged into this one: separate them first."),
    "already_to_first_receiver": ("指定的就是首接单位。", "That is the first receiver itself."),
    "needs_designated_here": ("没有指定本单位负责。", "Your body was not designated."),
    "needs_to_first_receiver": ("指定的不是首接单位。", "That is not the first receiver."),
    "matter_forbids": ("第{matter}个事项在“{state_zh}”，不能一并这样处理；整个案件没有改变。", "Matter {matter} stands at “{state_en}” and cannot go the same way; the whole case stays as it is."),
    "merge_into_ended": ("案件{value}已终止或已并入他件，不能再并入。", "Case {value} has ended or was merged itself: nothing can be merged into it."),
    "already_delivered": ("已全部确认送达。", "Every copy is delivered already."),
    "already_sent": ("已移送。", "It is sent already."),
    "already_proposed": ("已拟移送。", "A transfer is proposed already."),
    "needs_delivered": ("本单位的移送单还没有确认送达或签收。", "Your copy of the slip is neither delivered nor signed yet."),
    "needs_objection_open": ("没有待答复的移送异议。", "No objection awaits an answer."),
    "needs_dissatisfied": ("投诉人没有表示不满意。", "The complainant is not dissatisfied."),
    "needs_same_body": ("指定的不是原接收单位。", "That is another body than the addressee."),
    "needs_law_dispute": ("这不是法律适用争议。", "This is no question of law."),
    "needs_assistance_mine": ("没有请本单位协助。", "Your body was not asked to assist."),
    "needs_investigated": ("还没有现场调查记录。", "No site visit is recorded yet."),
    "needs_verified": ("违法行为尚未查实。", "The offence is not verified yet."),
    "needs_reply_submitted": ("没有送审的回复。", "No reply awaits approval."),
    "needs_reply_approved": ("回复还没有签发。", "The reply is not approved yet."),
    "needs_satisfaction_disputed": ("没有提出满意度争议。", "Satisfaction is not disputed."),
    "needs_listed": ("该案没有挂牌。", "The case is not listed."),
    "needs_solved": ("问题未解决、隐患未消除，不能摘牌（M1-LST-04）。", "Not solved yet: it stays on the list (M1-LST-04)."),
    "needs_fed_back": ("还没有反馈12369中心。", "The centre has no feedback yet."),
    "needs_revisited": ("还没有回访，不能结案。", "No return visit yet: it cannot be closed."),
    "needs_unreachable": ("没有回访即结案，须多次联系不上并注明。", "Closing without a visit needs attempts that reached nobody."),
    "needs_anonymous": ("投诉人不是匿名。", "The complainant is not anonymous."),
    "needs_accepted": ("还没有受理。", "It is not accepted yet."),
    "needs_paused": ("没有暂停中的计时。", "No clock is paused."),
    "needs_extension_asked": ("没有待批准的延期。", "No extension was asked for."),
    "date_not_ahead": ("“{field}”须晚于现在。", "{field} must lie ahead."),
    "clock_paused": ("{value}已在暂停中。", "{value} is paused already."),
    "clock_running": ("{value}没有暂停。", "{value} is not paused."),
    "merge_with_itself": ("不能并入本案自己。", "A case cannot be merged into itself."),
    "times_out_of_order": ("出发、到场、结束的时间先后不符：{value}。", "Set out, arrived, ended are out of order: {value}."),
    "nothing_to_save": ("与上一版相同，没有要保存的改动。", "The text is the same as the last version: nothing to save."),
    "reply_unknown": ("没有找到本单位的回复稿。", "Your body has no such reply."),
    "reply_kind": ("签发的是另一类回复（{kind}），请按该类发出。", "Another kind of reply was approved ({kind}): send it as that."),
    "reply_state": ("回复当前是“{state}”，不能这样处理；需要更正的，请另拟一份回复。", "The reply is {state} and cannot be changed; for a correction draft a new one."),
    "reply_changed_after_approval": ("正文与签发时不同；请重新送审，已签发的文字不能改动。", "The text differs from what was approved: submit it again."),
    "extension_unknown": ("没有申请过{value}的延期。", "No extension of {value} was asked for."),
    "extension_too_far": ("延期不能晚于{latest}。", "An extension cannot go past {latest}."),
    "stand_in_only": ("无工作台单位的操作只能由首接单位或12369中心代录。", "Only the first receiver or the 12369 centre may enter acts of a body without a desk."),
    "action_unknown": ("没有“{action}”这个操作。", "There is no act called {action}."),
    "already_accepted": ("该事项已受理，不必重复。", "This matter is accepted already."),
    "already_approved": ("该移送已批准，不必重复。", "This transfer is approved already."),
    "already_arrived": ("已记录到场。", "The arrival is recorded already."),
    "already_blocked": ("事发地点不明（或对象和内容均不明），暂不能移送；请先补正。", "The place (or object and content) is unknown: complete the items before a transfer."),
    "already_incomplete": ("要素不全，请先补正。", "Items are missing: complete them first."),
    "already_own_duty": ("按职责分工由本单位办理，不需移送，请直接受理。", "This is the own duty of this body: accept it, no transfer."),
    "already_reported": ("已报区政府应急办。", "The report was made already."),
    "already_signed": ("移送单已签收。", "The slip is signed already."),
    "already_told_acceptance": ("已告知投诉人受理情况。", "The complainant was told of the acceptance already."),
    "already_told_transfer": ("已告知投诉人移送情况。", "The complainant was told of the transfer already."),
    "administrator_only": ("这一项须由本机管理员办理。", "Only this desk's administrator may do this."),
    "founded_already": ("本机数据已经建立，不能再次建立。", "This desk is founded already and cannot be founded again."),
    "founding_missing": ("本机数据里没有建立记录（可能由早期试用版建立）；数据没有改变，请另选一个数据文件夹重新开始。", "The data hold no founding act (made by an early trial version); nothing was changed. Choose another folder and begin anew."),
    "last_administrator": ("这是本机最后一位管理员；请先录入另一位管理员。", "This is the last administrator of the desk: enter another one first."),
    "name_missing": ("请填写姓名。", "Give a name."),
    "not_yourself": ("不能为自己办理离任；请由另一位管理员办理。", "You cannot let yourself go: another administrator does it."),
    "approval_unknown": ("没有找到这次审批记录。", "That approval was not found."),
    "backup_damaged": ("备份文件{file}不完整，没有恢复任何内容；请换一份备份。", "The backup {file} is damaged; nothing was restored. Use another one."),
    "backup_failed": ("备份未通过检验，没有留下文件；请检查磁盘后重试。", "The backup did not pass its test and was not kept. Check the disk and try again."),
    "bad_time": ("“{field}”的时间“{value}”无法识别，请按 2026-09-30 09:16 填写。", "The time {value} of {field} cannot be read: write 2026-09-30 09:16."),
    "bench_missing": ("性能测试随源代码提供；请在源代码文件夹里运行。", "The benchmarks come with the source: run this in the source tree."),
    "body_missing": ("本机没有这个人员。", "That person is not on this desk."),
    "calendar_invalid": ("放假安排有误：应为{expected}，文件中是{value}。", "The calendar notice is wrong: expected {expected}, found {value}."),
    "case_unknown": ("没有找到案件{value}。", "Case {value} was not found."),
    "chain_broken": ("记录链与本机数据不符，本次操作没有保存；请运行校验。", "The chain of records does not fit; this act was not saved. Run verify."),
    "deletion_forbidden": ("登记不得删除；误登请用“误登作废”。", "Registrations are never deleted; void a mistaken one."),
    "device_unknown": ("本机没有该人员的记录链。", "This desk holds no log of that person."),
    "disk_full": ("磁盘已满，本次操作没有保存；以前的内容完好。请腾出空间后重试。", "The disk is full: this act was not saved, everything before is safe. Make room and try again."),
    "earlier_act_missing": ("此前应有的步骤还没有记录。", "An earlier step is not recorded yet."),
    "encoding_unknown": ("无法识别文件的文字编码；请另存为 UTF-8 的 CSV 或 .xlsx。", "The text encoding is not known: save as UTF-8 CSV or .xlsx."),
    "et_file": ("这是 WPS 表格文件（.et），请在 WPS 中另存为 .xlsx 后导入。", "This is a WPS sheet (.et): save it as .xlsx and import that."),
    "fact_unknown": ("没有名为“{field}”的情况。", "There is no fact called {field}."),
    "fact_value": ("“{field}”不能是“{value}”，应为：{expected}。", "{field} cannot be {value}; expected: {expected}."),
    "line_invalid": ("第{line}行不是一个 JSON 对象；其余各行照常回答。", "Line {line} is not a JSON object; the other lines are answered."),
    "field_missing": ("还需填写“{field}”。", "{field} is still needed."),
    "field_type": ("“{field}”填写有误：{reason}。", "{field} is not right: {reason}."),
    "field_value": ("“{field}”的内容不在可选范围。", "{field} has a value that is not offered."),
    "file_empty": ("文件是空的，没有导入任何内容。", "The file is empty; nothing was imported."),
    "file_missing": ("没有找到文件{file}。", "The file {file} was not found."),
    "keyring_locked": ("系统钥匙串被锁住；请解锁后重试，或改用口令。", "The system keyring is locked: unlock it, or use a pass-phrase."),
    "keyring_lost": ("系统钥匙串里没有本机的密钥；请用恢复单打开。", "The keyring no longer holds this desk's key: open it with the recovery sheet."),
    "keyring_missing": ("系统没有可信的钥匙串；请改用至少12个字符的口令。", "No trusted keyring answers: use a pass-phrase of at least 12 characters."),
    "keys_damaged": ("密钥文件{file}已损坏；数据没有改变，请从备份取回该文件。", "The key file {file} is damaged; the data are unchanged. Take the file from a backup."),
    "keys_newer": ("密钥文件由更新版本写成；请升级程序。", "The key file was written by a newer program: upgrade."),
    "late_reason_missing": ("这是补录（{value}），请填写补录原因。", "This is a late entry ({value}): give the reason."),
    "matter_unknown": ("案件没有第{matter}个事项。", "The case has no matter {matter}."),
    "mechanism_unknown": ("没有机制“{value}”。", "There is no mechanism {value}."),
    "mechanism_partial": ("机制“{value}”目前只编入了时限，不能据此建立工作台或移送。", "Only the clocks of {value} are encoded yet: no desk can be founded on it and nothing routed."),
    "missing_glyphs": ("现有字体缺少：{signs}；请安装含该字的字体后再打印。", "No font has: {signs}. Install one that does before printing."),
    "needs_mark": ("还缺少前提：{mark}。", "Not yet: {mark_en}."),
    "already_mark": ("已有此情况，不能再办：{mark}。", "Not any more: {mark_en}."),
    "needs_completes": ("要素仍不全，补正后才能回到登记。", "Items are still missing."),
    "needs_approved": ("移送须先经领导批准。", "A leader must approve the transfer first."),
    "needs_own_duty": ("该事项不属于本单位职责，应当移送。", "This is not the own duty of this body: transfer it."),
    "needs_proposed": ("还没有拟移送。", "No transfer is proposed yet."),
    "needs_report_needed": ("这不是须报区政府应急办的紧急投诉。", "This complaint need not be reported to the emergency office."),
    "needs_sent": ("还没有移送。", "It is not transferred yet."),
    "needs_countersign_due": ("没有待补签的电话请示。", "No telephone approval awaits its countersignature."),
    "needs_proxy_open": ("没有待确认的代录审批。", "No approval entered for you awaits your word."),
    "no_header": ("文件第一行没有可识别的列名。", "The first row names no known column."),
    "no_person": ("该单位名册中没有可以办理的人员。", "Nobody of that body in the roster can do it."),
    "nothing_waits": ("现在没有可以推进的步骤。", "No step can move it on now."),
    "no_transfer": ("还没有移送记录。", "There is no transfer yet."),
    "not_addressee": ("{body}不是这张移送单的接收单位。", "{body} is not an addressee of this slip."),
    "not_demo": ("--as 和 --now 只能用于演示数据。", "--as and --now work on a demo only."),
    "not_in_this_state": ("案件现在的状态（{state_zh}）不能做这个操作。", "This act is not possible in the present state ({state_en})."),
    "not_leader": ("{person}不是本单位有权审批的领导。", "{person} is no leader of this body."),
    "not_the_proposer": ("只有拟稿人可以撤回；领导可以退回修改。", "Only who proposed it may withdraw it; the leader may return it."),
    "mark_not_set": ("没有标注“{value}”，无需取消。", "There is no mark {value} to take off."),
    "note_unknown": ("没有找到这条备注。", "That note is not there."),
    "note_of_another": ("这条备注是别人写的，由本人更正。", "Somebody else wrote that note: he corrects it himself."),
    "note_struck": ("这条备注已经更正过。", "That note is struck through already."),
    "nothing_to_undo": ("没有可以收回的办理。", "There is nothing to take back."),
    "undo_sent": ("已经发出，对方可能已经收到；内容有误的，另发一份更正。", "It went out and may have been read: what is wrong in it is corrected by another one."),
    "undo_said": ("已经告诉对方，说过的话收不回；有误的，再告知一次并记录。", "It was told: tell it again as it should be, and record that."),
    "undo_happened": ("记的是已经发生的事，收不回；记错的，写一条备注说明。", "It records what happened: where it was recorded wrongly, write a note that says so."),
    "undo_registered": ("登记号已经使用；误登的，用“作废或终止”办理，号码不再用。", "The number is taken: a wrong registration is voided, its number not used again."),
    "undo_decided": ("已经作出决定，不能自行收回；需要改变的，按程序重新报批。", "It was decided and cannot be taken back alone: ask for a new decision."),
    "undo_rule": ("挂牌只能按规定摘牌：问题已解决并经核实。", "A listing ends by the rule only: solved, and verified."),
    "undo_seen": ("已经看过，查看的记录必须保留。", "It was seen: the record of seeing it stays."),
    "undo_filed": ("材料已经入卷；有误的，再附正确的材料并写备注。", "It is in the file: attach the right one and write a note."),
    "undo_again": ("不能自动恢复；需要的话请重新办理一次。", "It cannot be restored by itself: do it again where needed."),
    "undo_not_yours": ("本人不能收回：{why}", "You may not take it back: {why}"),
    "not_overseeing": ("督查总览只对督查、督办单位开放。", "The overview is open to supervising bodies only."),
    "rater_is_handler": ("承办人不能给自己评价；请由本单位其他人员回访。", "Who handled it cannot be rated by himself: let a colleague make the visit."),
    "not_the_same_person": ("不能由同一人办理。", "The same person may not do this."),
    "not_your_case": ("本单位不是这一步的办理单位。", "This step is not for this body."),
    "not_your_office": ("这一步须由{needed}办理。", "This step is for: {needed}."),
    "passphrase_too_short": ("口令至少{least}个字符。", "A pass-phrase has at least {least} characters."),
    "person_exists": ("该人员已在本机。", "That person is on this desk already."),
    "desk_unknown": ("没有已入网的工作台{value}；请用 server status 查看。", "There is no enrolled desk {value}: see server status."),
    "folder_not_empty": ("文件夹{folder}里已有文件；导出须用空文件夹，没有写入任何内容。", "The folder {folder} has files: an export needs an empty one; nothing was written."),
    "roster_book": ("名册表格有不能采用的行，一行也没有录入；请按 details 中的行号改正后再试。", "The roster has rows that cannot be taken and none was entered: correct those that details name."),
    "server_check": ("自查有{count}项不合格（共{tried}项），第一项：{first}；请按 docs/ADMIN.md 处理后再查。", "{count} of {tried} checks failed, the first: {first}. See docs/ADMIN.md and check again."),
    "server_encoding": ("数据库的编码是{encoding}，须为 UTF8；请另建一个 UTF8 的数据库。", "The database's encoding is {encoding}; it must be UTF8: create another one."),
    "server_founded_already": ("这个数据库已为机制{mechanism}建立；另一个机制请用另一个数据库。", "This database was founded for {mechanism}: another mechanism needs another database."),
    "server_newer": ("共享数据库的版本（{schema}）比本程序（{program}）新；数据没有改变，请先升级本程序。", "The shared database ({schema}) is newer than this program ({program}); nothing was changed: upgrade the program."),
    "server_not_administrator": ("建立和升级共享数据库须用 PostgreSQL 的管理员（超级用户）登录；没有作任何改变。", "Founding and upgrading need a superuser of PostgreSQL; nothing was changed."),
    "server_not_founded": ("这里还没有共享数据库；请先运行 liaison server init。", "There is no shared database here yet: run liaison server init first."),
    "server_too_old": ("PostgreSQL 的版本是{version}，至少须为{needed}；没有作任何改变。", "PostgreSQL is {version}; at least {needed} is needed. Nothing was changed."),
    "database_unreachable": ("连不上共享数据库：{reason}。本机数据完好；请检查网络和地址后再试。", "The shared database cannot be reached: {reason}. What is here is safe; check the network and the address."),
    "person_unknown": ("没有找到人员{value}。", "Person {value} was not found."),
    "picture_file": ("这是图片，不是表格；请导入 .xlsx、.xls 或 .csv。", "This is a picture, not a table: import .xlsx, .xls or .csv."),
    "pin_too_short": ("PIN 至少{least}位。", "A PIN has at least {least} signs."),
    "desk_profile_invalid": ("本机依据的机制文件{file}有{count}处错误（第{line}行应为 {expected}），工作台暂不打开；数据完好，请恢复这个文件或重新安装程序后再打开。", "The profile {file} that this desk goes by is wrong in {count} places and the desk stays closed; your data are whole: restore that file or install the program again. Line {line}: expected {expected}."),
    "profile_invalid": ("机制文件{file}有{count}处错误，没有采用；请改正，第{line}行应为 {expected}。", "The profile {file} is wrong in {count} places and is not used; correct it. Line {line}: expected {expected}."),
    "proxy_evidence_missing": ("代录须附凭证。", "An act entered for another needs its evidence."),
    "proxy_forbidden": ("这一步不能代录。", "This act cannot be entered for another."),
    "proxy_has_desk": ("{body}有自己的工作台，不能代录。", "{body} has a desk of its own: it enters its own acts."),
    "proxy_not_leader": ("只能代本单位领导录入，{person}不是。", "{person} is no leader of this body."),
    "reason_missing": ("请填写理由。", "Give the reason."),
    "received_after_registered": ("来电时间不能晚于登记时间。", "It cannot be received after it was registered."),
    "recovery_group_wrong": ("恢复单第{group}组抄写有误，请核对。", "Group {group} of the recovery sheet is mistyped."),
    "recovery_wrong": ("恢复单与本机不符。", "This recovery sheet does not belong to this desk."),
    "refusal_forbidden": ("接收单位不得拒收（M1-TRF-02）；有异议请提出移送异议。", "A receiver may not refuse (M1-TRF-02); file an objection instead."),
    "renderer_missing": ("这里不能生成文书。", "Papers cannot be made here."),
    "replica_busy": ("数据正被占用，本次操作没有保存；请重试。", "The data are busy; this act was not saved. Try again."),
    "replica_damaged": ("本机数据文件损坏，没有改动；请用备份恢复。", "The data file is damaged and was not touched: restore a backup."),
    "replica_exists": ("{home}已有数据，不会覆盖。", "{home} holds data already; nothing is overwritten."),
    "replica_missing": ("{home}没有数据；请先新建（liaison init）。", "There are no data in {home}: begin with liaison init."),
    "replica_readonly": ("数据文件只读，本次操作没有保存。", "The data file is read-only; this act was not saved."),
    "retransfer_forbidden": ("接收单位不得再行移送（M1-TRF-02）；有异议请由首接单位提请指定。", "A receiver may not transfer again (M1-TRF-02); the first receiver asks for a designation."),
    "event_unknown": (
        "期限规则{rule}没有事件“{value}”，可用：{known}。", "Deadline rule {rule} has no event {value}; it knows: {known}.",
    ),
    "rule_unknown": ("没有期限规则“{value}”。", "There is no deadline rule {value}."),
    "schema_newer": ("数据由更新版本写成（{found}），没有改动；请升级程序。", "The data were written by a newer program ({found}) and were not touched: upgrade."),
    "second_instance": ("程序已经在运行；请切换到已打开的窗口。", "The program is running already: use the open window."),
    "secret_missing": ("请输入 PIN 或口令。", "Enter the PIN or pass-phrase."),
    "setting_value": ("设置值“{value}”不可用，应为：{expected}。", "The setting cannot be {value}; expected: {expected}."),
    "sqlite_too_old": ("数据库组件过旧（{found}），请升级程序。", "The database library is too old ({found}): upgrade."),
    "time_before_previous": ("时间{value}早于上一步（{previous}）。", "The time {value} is before the step it follows ({previous})."),
    "time_in_future": ("时间{value}在将来。", "The time {value} lies in the future."),
    "too_many_attempts": ("输错多次，请{seconds}秒后再试。", "Too many wrong attempts: try again in {seconds} seconds."),
    "transfer_to_self": ("不能移送给本单位。", "A case cannot be transferred to the own body."),
    "unknown_body": ("名册中没有单位“{value}”。", "There is no body {value} in the roster."),
    "usage": ("用法有误：{reason}", "Wrong usage: {reason}"),
    "workbook_damaged": ("工作簿无法打开（{reason}）；请在 Excel 或 WPS 中另存为 .xlsx。", "The workbook cannot be opened ({reason}): save it as .xlsx."),
    "workbook_locked": ("工作簿有密码；请去掉密码后导入。", "The workbook has a password: remove it and import again."),
    "word_file": ("这是文字文档，不是表格；请另存为 .xlsx 或 .csv。", "This is a text document, not a table: save the table as .xlsx or .csv."),
    "pdf_file": ("这是 PDF，不是表格；请导入 .xlsx、.xls 或 .csv。", "This is a PDF, not a table: import .xlsx, .xls or .csv."),
    "csv_damaged": ("文件第{line}行的引号不完整（{reason}），没有导入任何内容。", "Line {line} of the file is damaged ({reason}); nothing was imported."),
    "too_many_columns": ("文件有{found}列，不像投诉表。", "The file has {found} columns: it does not look like a table of complaints."),
    "map_invalid": ("列对应文件{file}有误。", "The column map {file} is not right."),
    "day_unknown": ("日期“{value}”无法识别，请按 2026-10-01 填写。", "The date {value} cannot be read: write 2026-10-01."),
    "version_before": ("施行日期{value}早于前一版本{version}的{day}；请改为同日或以后。", "{value} is before {day}, the date of {version}: choose that day or a later one."),
    "version_known": ("版本{value}已经发布，不能改动；请另编一个版本号。", "Version {value} is published and never changes: give the new one another number."),
    "version_not_yet": ("版本{value}自{day}起施行；到时再转用。", "Version {value} is in force from {day}: move cases then."),
    "version_other_mechanism": ("这是机制{value}的文件，本机用的是{expected}。", "This file is of mechanism {value}; this desk goes by {expected}."),
    "version_same": ("案件{case}已按版本{value}办理。", "Case {case} goes by version {value} already."),
    "version_state_missing": ("案件{case}现在的状态（{state_zh}）在版本{value}里没有；请先把案件办到两个版本都有的状态，再转用。", "Case {case} is in a state ({state_en}) that {value} does not have; first bring it to a state of both versions."),
    "version_unknown": ("没有版本{value}，已发布的是：{expected}。", "There is no version {value}; published are: {expected}."),
    "verify_failed": ("校验发现问题：{broken}。数据没有改动。", "Verification found: {broken}. Nothing was changed."),
    "record_unknown": ("没有找到这条台账记录（{value}），或本单位不在其阅读范围。", "There is no such record ({value}), or this body does not read it."),
    "record_kind_unknown": ("本机制没有台账或会议“{value}”。", "This mechanism has no record or meeting {value}."),
    "record_not_opened": ("“{kind_zh}”由程序从案件和会议中汇总，不能手工登记。", "{kind_en} is drawn from cases and meetings: it is not entered by hand."),
    "records_not_shared": ("台账和会议目前只能在单机或演示工作台上办理，共享数据库还不接收；本次没有保存。", "Records and meetings are kept on a desk alone or a demo only: the shared database does not take them yet. Nothing was saved."),
    "record_replaced": ("{number}已被后续记录更正；请打开更正后的记录办理。", "{number} was corrected by a successor: open that one."),
    "record_state": ("这条记录现在的状态（{state_zh}）不能做这一步。", "This step is not possible in the present state ({state_en})."),
    "record_field_unknown": ("这一步没有“{field}”这一项。", "This step has no item {field}."),
    "record_field_personal": ("“{field}”涉及个人信息，须单独填写。", "{field} is personal: it travels apart."),
    "not_your_record": ("这一步不归{body}办理。", "This step is not for {body}."),
    "line_unknown": ("“{table}”没有第{value}条，或已销号。", "{table} has no open line {value}."),
    "line_twice": ("“{table}”同一单位或事项只能有一条。", "{table} takes one line for each."),
    "lines_missing": ("“{table}”还没有内容；请至少填一条。", "{table} is empty: fill in at least one line."),
    "lines_open": ("“{table}”还有{count}条没有销号；请逐条销号。", "{count} lines of {table} are still open: close them one by one."),
    "duty_gap": ("值班有空档：{start}至{end}无人值班；请补排班次。", "Nobody is on duty from {start} to {end}: add a shift."),
    "record_period": ("“{value}”不是这项台账的报送期间；请按 2026-09、2026-Q3、2026-H2、2026 填写。", "{value} is no period of this record: write 2026-09, 2026-Q3, 2026-H2 or 2026."),
    "wrong_key": ("密钥不对，或文件不是本程序的数据；没有改动。", "The key is wrong or this is no replica; nothing was touched."),
    "wrong_secret": ("PIN 或口令不对。", "The PIN or pass-phrase is wrong."),
}  # fmt: skip


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


class Sentence(msgspec.Struct, frozen=True):
    """A refusal in words: what happened, what is safe, what to do."""

    what: str
    safe: str
    todo: str


def _shown(name: str, value: Any, action: str, lang: str) -> Any:
    """Return a fact as people read it: fields and kinds by their labels, moments without the machine's marks."""
    if name == "field":
        return labels.field_label(action, str(value), lang)
    if name == "kind":
        return labels.choice("draft-reply-kind", str(value), lang)
    if name == "state":
        return labels.label(REPLY_STATES, str(value), lang)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return value[:16].replace("T", " ")
    return value


def told(code: str, facts: Mapping[str, Any], lang: str) -> str:
    """Return one line for a refusal; an unknown code is shown as itself."""
    zh, en = SENTENCES.get(code, ("操作未完成（{code}）。" + SAFE[0], "It was not done ({code}). " + SAFE[1]))
    plain = {k: "、".join(map(str, v)) if isinstance(v, list | tuple) else v for k, v in facts.items()}
    plain = {k: _shown(k, v, str(facts.get("action", "")), lang) for k, v in plain.items()}
    for name in ("field", "table"):  # what a profile names is said in its own words
        named = facts.get(f"{name}_en" if lang == "en" else f"{name}_zh")
        plain |= {name: named} if named else {}
    return (en if lang == "en" else zh).format_map(_Facts(plain, code=code))


def sentence(code: str, lang: str, facts: Mapping[str, Any]) -> Sentence:
    """Return what happened, what is safe and what to do."""
    line = told(code, facts, lang)
    for mark in ("；", "; ", ": ") if lang == "en" else ("；",):
        what, found, todo = line.partition(mark)
        if found and len(what) > 4:
            end = "." if lang == "en" else "。"
            return Sentence(what.strip() + end, SAFE[lang == "en"], todo[:1].upper() + todo[1:])
    return Sentence(line, SAFE[lang == "en"], "")
