"""One sentence a refusal code, in both languages: what happened, what is safe, what to do."""

import errno
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from liaison_app.words import finding_words, labels, mechanism_words

SAFE: Final = ("已保存的内容没有改变。", "Nothing that was saved has changed.")

TROUBLES: Final = {
    errno.EIO: "磁盘读写出错", errno.EBUSY: "被占用", errno.EISDIR: "是文件夹", errno.ENAMETOOLONG: "名称太长", errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多", errno.ETIMEDOUT: "网络盘没有回应", errno.EFBIG: "文件太大", errno.ENODEV: "设备不在", errno.ENXIO: "设备不在",
    errno.ENOTEMPTY: "文件夹不是空的", errno.EINVAL: "名称或位置不能用", errno.ELOOP: "链接绕成了圈", errno.EXDEV: "不在同一个磁盘",
}  # fmt: skip
"""What the system says of a file in English only, by its number (POSIX); what is not here is quoted."""

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
REPLY_STATES: Final[dict[str, tuple[str, str]]] = {
    "submitted": ("已送审", "under approval"), "approved": ("已签发", "approved"), "returned": ("已退回", "returned"),
    "sent": ("已发出", "sent"),
}  # fmt: skip

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "number_form": ("文号“{value}”写法不对；应为 机关代字〔年份〕序号号，例如 渝北环函〔2026〕12号，请改后再存。", "{value} is no number of an office: write it as word〔year〕n号, as in 渝北环函〔2026〕12号."),
    "number_year": ("文号“{value}”的年份不是{year}年；请照发文登记簿核对。", "{value} is not of the year {year}: check it against the office's register."),
    "number_double": ("文号“{value}”已经编给另一件文书；请照发文登记簿核对。", "{value} stands on another paper already: check it against the office's register."),
    "number_ours": ("这种文书由本系统编号；请把文号留空。", "The desk numbers this kind of paper: leave the number empty."),
    "paper_numbered": ("这件文书已经有文号（{value}）；要换号请先作废原号。", "This paper has a number already ({value}): void it first to give another."),
    "paper_unknown": ("本案没有文号为“{value}”的有效文书；请从案件页的“文书”里核对文号。", "This case has no valid paper numbered {value}: check the number among the papers of the case."),
    "paper_not_yet": ("这件案件还不能出“{name}”；请先办理产生它的那一步。", "This case cannot have this paper yet ({name}): do the step first from which it follows."),
    "paper_of_others": ("这件文书由{body}制发；文号由它编，请向它索取。", "{body} issues this paper and gives its number: ask it for the number."),
    "docx_one_paper": ("存为 .docx 一次只能一件；多件请存为 PDF。", "A .docx holds one paper: save several as PDF."),
    "paper_not_drawn": ("本机程序还不会画这种文书（{value}）；请升级程序后再出。", "This program cannot draw this paper yet ({value}): upgrade it first."),
    "same_field": ("“{field}”别处也改了：这里写的是“{mine}”，别处写的是“{theirs}”；请核对后重新补正或保留。", "{field} was changed elsewhere too: here {mine}, there {theirs}; check it, then do it again or keep theirs."),
    "numbers_spent": ("预留的编号用完了；请联网同步一次，领取新的编号。已写的内容在草稿里。", "The leased numbers are spent: synchronise once to get the next block. What you typed is in the drafts."),
    "conflict_unknown": ("没有这个需核对事项（{value}）；请刷新“同步”页后再选。", "There is no such item to check ({value}): refresh the page and choose again."),
    "conflict_ended": ("这个需核对事项已经处理过了；请刷新“同步”页看结果。", "This item was ended already: refresh the page to see how."),
    "not_member": ("本机没有入网；演示和单机不同步。", "This desk is no member of a district: a demo and a desk alone do not synchronise."),
    "join_unfinished": ("入网还没有完成；请再运行一次入网，已收到的不会重收。", "Joining is not finished: run it again, what came is kept."),
    "code_form": ("入网授权码应是24位、六组；请照授权单重新输入。", "An authorisation code has 24 signs in six groups: type it again as the sheet says."),
    "line_secret_missing": ("找不到本机连接共享数据库的口令；请向管理员要新的授权码重新入网，待上传的内容不会丢。", "The password of this desk for the shared database is gone: ask the administrator for a new code and join again; what waits is kept."),
    "server_address": ("地址不对；应为 postgresql://主机:端口/库名，请照授权单重新输入。", "That is no address: write postgresql://host:port/name as the sheet says."),
    "server_name": ("找不到主机“{host}”；请核对地址和网络，内容在本机等待上传。", "There is no host {host}: check address and network; what you do waits here."),
    "server_port": ("主机“{host}”在，但{port}端口没有数据库；请核对端口，或请管理员看服务是否在运行。", "{host} answers, but no database listens at port {port}: check the port, or ask the administrator whether it runs."),
    "server_silent": ("共享数据库没有回应；本机照常工作，稍后自动再试。", "The shared database does not answer: work goes on here, it is tried again by itself."),
    "server_unreachable": ("连不上共享数据库；本机照常工作，稍后自动再试。", "The shared database cannot be reached: work goes on here, it is tried again by itself."),
    "server_busy": ("共享数据库正忙；稍后自动再试。", "The shared database is busy: it is tried again by itself."),
    "server_certificate": ("共享数据库的证书不对或不可信，没有发送任何内容；请管理员核对证书和主机名。", "The certificate of the shared database does not hold, nothing was sent: ask the administrator to check certificate and host name."),
    "server_password": ("共享数据库不接受本机的口令或授权码；授权码只能用一次，72小时内有效，请向管理员核对。", "The shared database does not take this password or code: a code holds once and for 72 hours, ask the administrator."),
    "administrator_password": ("共享数据库不接受管理员“{role}”的口令；请核对角色名和口令，什么也没有改变。", "The shared database does not take the password of {role}: check role and password, nothing was changed."),
    "server_database": ("主机上没有这个数据库；请核对地址里的库名。", "There is no such database on that host: check the name in the address."),
    "server_other_database": ("主机上有这个数据库，但它不是联络员工作台的共享数据库；请核对地址里的库名。", "That database is there, but it is no shared database of this program: check the name in the address."),
    "clocks_apart": ("这台电脑的时间（{here}）和服务器的时间（{there}）相差太多；请把电脑的日期、时间和时区调准再试，否则期限会算错。", "The clock of this PC ({here}) and that of the server ({there}) are too far apart: set date, time and time zone right, or limits will be counted wrongly."),
    "server_version": ("共享数据库的版本与本机程序不合；请管理员升级，内容在本机等待上传。", "The shared database and this program do not fit: ask the administrator to upgrade; what you do waits here."),
    "server_refused": ("共享数据库不能处理这条内容（{state}）；全文留在需核对事项。", "The shared database cannot take this ({state}): its whole text stands among the items to check."),
    "server_epoch": ("共享数据库恢复过；本机正重新核对并补传，内容都在。", "The shared database was restored: this desk checks and sends again, everything is here."),
    "refused_there": ("共享数据库按规则没有接受（{state}）；全文留在需核对事项。", "The shared database refused it by its rules ({state}): its text stands among the items to check."),
    "paper_refused": ("这件文书不由本单位编号、作废或用印，或者这个文号不是领给本单位的、已经编给别的文书，共享数据库没有接受；全文留在需核对事项，请核对案件的文书。", "Your body does not issue this paper, or its number was not leased to your body or stands on another paper: it was not taken. Its text stands among the items to check; check the papers of the case."),
    "case_not_ours": ("本单位不在这个案件上，共享数据库没有接受；全文留在需核对事项。", "Your body is not on this case, it was not taken: its text stands among the items to check."),
    "case_left": ("本案自 {since} 起不再属于本单位：以前收到的仍可查阅，以后的情况不再收到，也不能再办理；没有办成的内容留在需核对事项。", "Since {since} this case is no longer your body's: what came until then can be read, what happens later does not come, and nothing can be done in it; what was not carried out stands among the items to check."),
    "code_refused": ("授权码不对、用过或已过72小时，或者不是给此人的；请向管理员要新的。", "The code is wrong, used, older than 72 hours or not for this person: ask the administrator for another."),
    "package_damaged": ("这个同步包打不开：不是给本机的，或者改动、损坏过；没有采用，请重新拷贝。", "This package does not open: it is not for this desk, or was altered or damaged; nothing was taken, copy it again."),
    "profile_day": ("这件案件按还没有施行的机制版本登记（本机时间可能不对）；共享数据库没有接受，全文留在需核对事项，请核对本机日期后重做。", "This case was registered by a version of the mechanism whose day has not come (the clock of this PC may be wrong): it was not taken, its text stands among the items to check; set the date right and do it again."),
    "package_unsigned": ("这个同步包没有发出它的工作台的签名，或者签名不符；没有采用，请那台工作台重新导出。", "This package is not signed by the desk that it names: nothing was taken, export it there again."),
    "signature_missing": ("收到的 {count} 件操作没有发出它的工作台的签名，可能不是本人所做；请告诉管理员，用“校验”查看是哪些。", "Acts that came without the signature of the desk that they name: {count}. They may not be their persons': tell the administrator; verify names them."),
    "package_not_mine": ("这个同步包是给另一个工作台的；请换成发给本机的那一个。", "This package is for another desk: take the one made for this desk."),
    "package_early": ("这个同步包来早了，前面还缺一个；请先导入前一个，内容都不会丢。", "This package came too early, the one before it is missing: import that one first, nothing is lost."),
    "text_too_long": ("文字太长（{kilobytes}KB，最多{most}KB），共享数据库放不下；请缩短，或作为附件上传。", "The text is too long ({kilobytes} KB, at most {most} KB) for the shared database: shorten it, or attach it as a file."),
    "other_body": ("{person}不是本单位的人；请用他本单位的工作台。", "{person} is of another body: use a desk of that body."),
    "device_new": ("本机是从备份恢复的，或有另一份拷贝写过；请向管理员要授权码，运行入网，新做的操作才会上传。", "This desk came out of a backup, or a copy of it wrote elsewhere: ask for a code and join again, then new acts are sent."),
    "desk_revoked": ("本机已被停用，或者没有权限；待上传的内容还在本机，请找管理员。", "This desk was closed or has no right: what waits is still here, ask the administrator."),
    "desk_closed": ("管理员已停用本机；本机数据对所有人关闭，已经办理的都在区里。", "The administrator closed this desk: its copy is closed to everybody, what was done is with the district."),
    "copy_closed": ("本机已停用，全部内容已在区里，本机的密钥已销毁，数据打不开了；要继续工作，请向管理员要授权码，在本机重新入网（命令行：换一个数据文件夹 --home 入网）；停用的数据原样移到一旁，不会删除。", "This desk was closed: everything it held is with the district and its keys are destroyed, so that its data opens no more; to go on, ask the administrator for a code and join again on this PC (on the command line: with another --home); the closed copy is put by as it is, nothing is deleted."),
    "desk_closed_waits": ("本机已停用，还有 {count} 件没有送到区里；已加密存成 {file}，请交给管理员；导入他答复的文件后本机即关闭（命令行：liaison sync --import）。", "This desk was closed before everything had reached the district ({count} of its acts): what waited lies sealed in {file}, give it to the administrator; when his answer is imported here (or by liaison sync --import) the copy is closed."),
    "person_closed": ("{person}已离任或调动，本机数据对此人关闭；以前办理的都在区里；调到别的单位的，请向管理员要授权码，在那里的电脑上入网。", "{person} left or moved: this desk is closed to him; what he did is with the district; who moved asks the administrator for a code and goes on at a desk of his new body."),
    "person_closed_waits": ("{person}已离任或调动，本机对此人关闭；还有 {count} 件没有送到区里，连上网后会自动送出，或由同事同步一次。", "{person} left or moved and this desk is closed to him; what has not reached the district ({count}) goes over at the next contact, or when a colleague synchronises."),
    "erased": ("本案的个人信息和附件已按期删除（{reason}）；办理经过和校验值仍在。", "The personal parts and files of this case were erased when their time was over ({reason}); what was done and its hashes stay."),
    "case_still_open": ("案件还没有办结，不能删除个人信息；请先办结。", "The case is still open: personal parts are erased only after it ended."),
    "erase_by_server": ("区里的案件由管理员在服务器上到期删除（liaison server erase）；各台自动跟着删除，请向管理员提出。", "Cases of a district are erased at the server (liaison server erase), every desk follows by itself: ask the administrator."),
    "second_person": ("删除个人信息须两人决定；请一位管理员和另一位领导或管理员一起办。", "Erasing needs two persons: let an administrator and another one who leads or administers do it together."),
    "line_by_file": ("本机不联网，没有在线同步；请用同步包往来（导出、送到数据库、导入答复）。", "This desk has no network: go by packages (export, carry to the database, import the answer)."),
    "person_revoked": ("此人已被停用；他做的内容全文留在需核对事项。", "This person was closed: what he did stands with its text among the items to check."),
    "person_moved": ("此人已不在本单位；他做的内容全文留在需核对事项。", "This person left the body: what he did stands with its text among the items to check."),
    "feed_gap": ("收到的内容缺了一段，没有采用；稍后自动再取。", "A part of what came is missing, nothing was taken: it is fetched again."),
    "feed_chain": ("收到的内容与校验不符，没有采用；请告诉管理员。", "What came does not fit its chain, nothing was taken: tell the administrator."),
    "feed_part": ("收到的一件操作（{act}）与校验不符，没有采用；请告诉管理员。", "An act that came ({act}) does not fit its hash, nothing was taken: tell the administrator."),
    "feed_unknown": ("收到了不属于本机的内容，没有采用；请告诉管理员。", "Something came that is not for this desk, nothing was taken: tell the administrator."),
    "quarantined": ("这件操作与本机日志对不上，共享数据库没有收；全文留在需核对事项，请管理员为本机重新授权。", "This act does not follow the desk's log and was not taken: its text stands among the items to check; ask for a new code for this desk."),
    "register_needs_line": ("名册、日历和设置属于全区，须连着共享数据库才能登记；现在没有连上，什么也没有改，请连上以后再做。", "Roster, calendar and settings belong to the district and are entered only while the shared database answers; it does not now and nothing was changed: do it again when the line is back."),
    "register_unanswered": ("已送出，线路断了没有等到答复；下次连上时自动核实，请先看同步页，不要重复登记。", "It was sent, but the line broke before the answer: it is asked for at the next contact, look at the synchronisation page before doing it again."),
    "register_behind": ("别处刚改过同一登记，这一项没有采用；请看过现在的登记再做。", "Somebody changed the same register meanwhile and this was not taken: look at it as it stands and do it again."),
    "register_value": ("共享数据库不接受所填内容；请核对编号、姓名、单位和理由。", "The shared database does not take what was entered: check id, name, body and reason."),
    "registers_by_server": ("机制新版本须在服务器上发布；请管理员用 liaison server profile 发布，各台自动收到。", "A new version of the mechanism is published at the server: ask the administrator (liaison server profile), every desk gets it by itself."),
    "not_a_colleague": ("{value}不是本单位的在职人员，不能接收；请另选一人。", "{value} is nobody who works at your body: choose somebody else."),
    "same_charge": ("现在就由他经办，不用移交。", "He is in charge already: nothing to hand over."),
    "nothing_in_charge": ("{person}名下没有在办案件，不用移交。", "{person} is in charge of no open case: nothing to hand over."),
    "charge_unknown": ("没有这一次移交（{value}），或者不是交给您的；请与交办人核对。", "There is no such handing over ({value}), or it was not to you: ask the one who handed over."),
    "case_unreadable": ("有 {count} 件案件的记载本机读不懂（如 {value}），可能由更新或有误的程序写入：记载已原样保存，其他案件照常办理；请升级程序，仍不行请把这个编号告诉管理员。", "Cases that this desk cannot read, written by a newer or a faulty program: {count} (such as {value}). They are kept as they came and all other cases go on. Upgrade the program; if that does not help, tell the administrator this id."),
    "version_unread": ("区里已发布机制新版本（{value}），本机程序太旧，读不了；请升级程序，升级前仍按原版本登记，按新版本登记的案件只能查看。", "The district published {value}, which this program is too old to read: upgrade it; until then registrations go by the earlier version, and cases of the new one can only be looked at."),
    "move_not_shared": ("入网以后，在办案件始终按登记时的版本办理，不能转用。", "In a district a running case keeps the version it was registered by: it cannot be moved."),
    "register_again": ("登记类操作请到它自己的页面重做；这里可以作废并写明理由。", "Do an act on the registers again on its own page: here it can be discarded with a reason."),
    "code_needed": ("已入网：同事要凭管理员发给他本人的授权码开通；请输入授权码。", "This desk is a member: a colleague is let in by a code of his own from the administrator; enter the code."),
    "moved_alone": ("单机没有其他单位的工作台，不能调动；人员离任请用“离任”。", "A desk alone has no desk of another body to move to: let the person leave instead."),
    "copy_not_named": ("这份文书的抄送里没有“{value}”，不能出副本；补打或复印件请在打印时选。", "The paper names no copy for “{value}”: a 副本 cannot be made; choose a reprint or an outside copy."),
    "document_wrong": ("文书“{kind}”写得不对：{reason}；原来的文书仍然有效。", "The paper “{kind}” is not right: {reason}. The old one stays in force."),
    "code_wrong": ("二维码里的编号 {value} 与校验码不符，可能拍糊了或不是本系统的文书；没有归档，请重拍或手工选择。", "The number {value} in the QR code does not fit its check digits: the picture is blurred or the paper is not of this system. Nothing was filed; take it again or choose by hand."),
    "picture_unreadable": ("这张图片读不出来；没有归档，请换一张清楚的照片或扫描件。", "This picture cannot be read. Nothing was filed; use a clear photo or scan."),
    "not_a_meeting": ("{value}不是会议；材料汇编只为会议编制。", "{value} is no meeting: a material pack is made of meetings only."),
    "period_running": ("统计期{value}到{day}才结束，结束后才能冻结；现在可看“截至”数。", "The period {value} ends on {day} and can be frozen after that; until then figures say as of when they stand."),
    "figures_stopped": ("统计数据的整理已停下，已整理的部分保留；再次打开统计会从停下处接着做。", "Adding up the figures was stopped; what is done is kept, and opening the figures again goes on from there."),
    "period_frozen": ("{value}已冻结过，数字不再改动；后来的变化列在更正中。", "{value} is frozen already and its figures stay; what came later is listed as corrections."),
    "figures_broken": ("这个统计期的冻结数据与其校验值不符，没有显示；请用“校验”检查并联系管理员。", "The frozen figures of this period do not match their checksum and are not shown: run a check and tell the administrator."),
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
    "needs_appraisal_mine": ("没有请本单位认定或鉴定；请等承办单位提出。", "Your body was not asked for a determination or appraisal: wait until the handler asks."),
    "already_appraisal_mine": ("还等着本单位的认定或鉴定意见；请连同意见一并出具。", "Your determination or appraisal is awaited: give it with your opinion."),
    "needs_assistance_mine": ("没有请本单位协助；请等承办单位提出。", "Your body was not asked to assist: wait until the handler asks."),
    "needs_investigated": ("还没有记下现场调查情况。", "No site visit is recorded yet."),
    "needs_verified": ("违法行为尚未查实。", "The offence is not verified yet."),
    "needs_reply_submitted": ("没有送审的回复。", "No reply awaits approval."),
    "needs_oral_open": ("没有口头移送等着补齐书面手续。", "No oral transfer waits for its papers."),
    "needs_reply_approved": ("回复还没有签发。", "The reply is not approved yet."),
    "needs_satisfaction_disputed": ("没有提出满意度争议。", "Satisfaction is not disputed."),
    "needs_listed": ("该案没有挂牌。", "The case is not listed."),
    "needs_solved": ("问题未解决、隐患未消除，不能摘牌（M1-LST-04）；请先办结并经核实。", "Not solved yet, it stays on the list (M1-LST-04): solve it and have it verified first."),
    "needs_fed_back": ("还没有反馈12369中心。", "The centre has no feedback yet."),
    "needs_revisited": ("还没有回访，不能结案；请先回访并记录结果。", "No return visit yet: call the citizen and record the result first."),
    "needs_unreachable": ("没有回访即结案，须多次联系不上；请先记录各次联系。", "Closing without a visit needs attempts that reached nobody: record them first."),
    "needs_anonymous": ("投诉人不是匿名。", "The complainant is not anonymous."),
    "needs_accepted": ("还没有受理。", "It is not accepted yet."),
    "needs_paused": ("没有暂停中的计时。", "No clock is paused."),
    "needs_extension_asked": ("没有待批准的延期。", "No extension was asked for."),
    "date_not_ahead": ("“{field}”须晚于现在；请改日期。", "{field} must lie ahead: change the date."),
    "clock_paused": ("{value}已在暂停中。", "{value} is paused already."),
    "clock_running": ("{value}没有暂停。", "{value} is not paused."),
    "merge_with_itself": ("不能并入本案自己。", "A case cannot be merged into itself."),
    "times_out_of_order": ("出发、到场、结束的时间先后不符（{value}）；请改时间。", "Set out, arrived, ended are out of order ({value}): change the times."),
    "nothing_to_save": ("与上一版相同，没有要保存的改动。", "The text is the same as the last version: nothing to save."),
    "reply_unknown": ("没有找到本单位的回复稿；请从案件页的“回复”里重新打开。", "Your body has no such reply: open it again from the case."),
    "reply_kind": ("签发的是另一类回复（{kind}），请按该类发出。", "Another kind of reply was approved ({kind}): send it as that."),
    "reply_state": ("回复当前是“{state}”，不能这样处理；需要更正的，请另拟一份回复。", "The reply is {state} and cannot be changed; for a correction draft a new one."),
    "reply_changed_after_approval": ("正文与签发时不同；请重新送审，已签发的文字不能改动。", "The text differs from what was approved: submit it again."),
    "extension_unknown": ("没有申请过{value}的延期。", "No extension of {value} was asked for."),
    "extension_too_far": ("延期不能晚于{latest}；请改到这一天或更早。", "An extension cannot go past {latest}: choose that day or an earlier one."),
    "stand_in_only": ("无工作台单位的操作只能由首接单位或12369中心代录；请把材料转给它们。", "Acts of a body without a desk are entered by the first receiver or the 12369 centre only: pass the papers to them."),
    "action_unknown": ("没有“{action}”这个操作。", "There is no act called {action}."),
    "already_accepted": ("该事项已受理；不必重复。", "This matter is accepted already: nothing to do."),
    "already_approved": ("该移送已批准；不必重复。", "This transfer is approved already: nothing to do."),
    "already_arrived": ("已记录到场。", "The arrival is recorded already."),
    "already_blocked": ("事发地点不明（或对象和内容均不明），暂不能移送；请先补正。", "The place (or object and content) is unknown: complete the items before a transfer."),
    "already_held": ("证照、开业日期等尚不清楚，移送单暂缓：请当日向登记机关查询；查不到的，写明理由后可先移送。", "Licence or opening date is unknown, so the slip is held: ask the register the same day; if it cannot say, give a reason and transfer."),
    "needs_held": ("没有需要查询登记信息的情形。", "Nothing here needs the register to be asked."),
    "already_register_here": ("登记信息在本单位，请查明后补正事实。", "The register is your own: look it up and complete the facts."),
    "already_register_asked": ("已查询登记信息。", "The register was asked already."),
    "already_incomplete": ("要素不全，请先补正。", "Items are missing: complete them first."),
    "already_own_duty": ("按职责分工由本单位办理，不需移送，请直接受理。", "This is the own duty of this body: accept it, no transfer."),
    "already_reported": ("已报区政府应急办。", "The report was made already."),
    "already_signed": ("移送单已签收。", "The slip is signed already."),
    "already_told_acceptance": ("已告知投诉人受理情况。", "The complainant was told of the acceptance already."),
    "already_told_transfer": ("已告知投诉人移送情况。", "The complainant was told of the transfer already."),
    "administrator_only": ("这一项须由本机管理员办理；请管理员登录后办。", "Only this desk's administrator may do this: ask him to sign in."),
    "founded_already": ("本机数据已经建立，不能再次建立。", "This desk is founded already and cannot be founded again."),
    "founding_missing": ("本机数据里没有建立记录（可能由早期试用版建立）；数据没有改变，请另选一个数据文件夹重新开始。", "The data hold no founding act (made by an early trial version); nothing was changed. Choose another folder and begin anew."),
    "last_administrator": ("这是本机最后一位管理员；请先录入另一位管理员。", "This is the last administrator of the desk: enter another one first."),
    "name_missing": ("请填写姓名。", "Give a name."),
    "not_yourself": ("不能为自己办理离任；请由另一位管理员办理。", "You cannot let yourself go: another administrator does it."),
    "approval_unknown": ("没有找到这次审批记录；请刷新案件页后再选。", "That approval was not found: refresh the case and choose again."),
    "backup_damaged": ("备份文件{file}不完整，没有恢复任何内容；请换一份备份。", "The backup {file} is damaged; nothing was restored. Use another one."),
    "backup_failed": ("备份未通过检验，没有留下文件；请检查磁盘后重试。", "The backup did not pass its test and was not kept. Check the disk and try again."),
    "bad_time": ("“{field}”的时间“{value}”无法识别，请按 2026-09-30 09:16 填写。", "The time {value} of {field} cannot be read: write 2026-09-30 09:16."),
    "bench_missing": ("性能测试随源代码提供；请在源代码文件夹里运行。", "The benchmarks come with the source: run this in the source tree."),
    "body_missing": ("本机没有这个人员。", "That person is not on this desk."),
    "calendar_invalid": ("放假安排有误（应为{expected}，文件中是{value}）；没有采用，请照通知原文改正。", "The calendar notice is wrong (expected {expected}, found {value}) and not used: correct it by the notice."),
    "case_unknown": ("没有找到案件{value}；请核对编号，或用地点、电话查找。", "Case {value} was not found: check the number, or search by place or telephone."),
    "chain_broken": ("记录链与本机数据不符，本次操作没有保存；请运行校验。", "The chain of records does not fit; this act was not saved. Run verify."),
    "deletion_forbidden": ("登记不得删除；误登请用“误登作废”。", "Registrations are never deleted; void a mistaken one."),
    "device_unknown": ("本机没有该人员的记录链。", "This desk holds no log of that person."),
    "disk_full": ("磁盘已满，本次操作没有保存；以前的内容完好。请腾出空间后重试。", "The disk is full: this act was not saved, everything before is safe. Make room and try again."),
    "earlier_act_missing": ("此前应有的步骤还没有记录；请先补记那一步。", "An earlier step is not recorded yet: record it first."),
    "encoding_unknown": ("无法识别文件的文字编码；请另存为 UTF-8 的 CSV 或 .xlsx。", "The text encoding is not known: save as UTF-8 CSV or .xlsx."),
    "et_file": ("这是 WPS 表格文件（.et），请在 WPS 中另存为 .xlsx 后导入。", "This is a WPS sheet (.et): save it as .xlsx and import that."),
    "fact_unknown": ("没有名为“{field}”的情况。", "There is no fact called {field}."),
    "fact_value": ("“{field}”不能是“{value}”；请填：{expected}。", "{field} cannot be {value}: give one of {expected}."),
    "line_invalid": ("第{line}行不是一个 JSON 对象；其余各行照常回答。", "Line {line} is not a JSON object; the other lines are answered."),
    "field_missing": ("还缺“{field}”；请填写后再办。", "{field} is still needed: fill it in."),
    "field_type": ("“{field}”填写有误（{reason}）；请改正。", "{field} is not right ({reason}): correct it."),
    "field_value": ("“{field}”的内容不在可选范围；请从列表里选。", "{field} has a value that is not offered: choose one of the list."),
    "file_empty": ("文件是空的，没有导入任何内容；请核对是不是选错了文件。", "The file is empty and nothing was imported: check that it is the right one."),
    "file_denied": ("没有权限读写{file}；已保存的内容没有改变。请换一个文件夹，或请管理员给出权限。", "{file} may not be read or written; nothing saved has changed. Choose another folder, or ask the administrator for access."),
    "folder_is_file": ("{file}所在的位置是一个文件，不能当文件夹用；请换一个位置。", "A file stands where {file} needs a folder: choose another place."),
    "file_trouble": ("{file}没有读写成功（{reason}）；已保存的内容没有改变。请检查磁盘或网络盘后重试。", "{file} could not be read or written ({reason_en}); nothing saved has changed. Check the disk or network drive and try again."),
    "file_missing": ("没有找到文件{file}；请核对位置，或重新选择。", "The file {file} was not found: check its place, or choose it again."),
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
    "needs_completes": ("要素仍不全；请补正后再退回登记。", "Items are still missing: complete them first."),
    "needs_approved": ("移送须先经领导批准；请先送审批，或记录电话请示。", "A leader must approve the transfer first: submit it, or record an approval by telephone."),
    "needs_own_duty": ("该事项不属于本单位职责；请移送给负责的单位。", "This is not the own duty of this body: transfer it."),
    "needs_proposed": ("还没有拟移送；请先拟移送意见。", "No transfer is proposed yet: propose it first."),
    "needs_report_needed": ("这不是须报区政府应急办的紧急投诉。", "This complaint need not be reported to the emergency office."),
    "needs_sent": ("还没有移送；请先移送。", "It is not transferred yet: transfer it first."),
    "needs_countersign_due": ("没有待补签的电话请示。", "No telephone approval awaits its countersignature."),
    "needs_proxy_open": ("没有待确认的代录审批。", "No approval entered for you awaits your word."),
    "no_header": ("文件第一行没有可识别的列名，没有导入；请在第一行写上列名，或用列对应文件。", "The first row names no known column and nothing was imported: name the columns there, or give a column map."),
    "no_person": ("该单位名册中没有可以办理的人员；请管理员在名册里补上。", "Nobody of that body in the roster can do it: ask the administrator to complete the roster."),
    "nothing_waits": ("现在没有可以推进的步骤。", "No step can move it on now."),
    "scan_kind": ("“{name}”不是 PDF、图片或 OFD，不能作为已盖章件；请用扫描件或版式文件。", "{name} is no PDF, picture or OFD and cannot stand for the sealed paper: use the scan."),
    "attachment_empty": ("“{name}”是空文件，没有附上；请核对是否拷贝完整。", "{name} is empty and was not attached: check whether it was copied whole."),
    "file_too_large": ("“{name}”有{megabytes}MB，一个附件最多{most}MB；请压缩或分段后再附，原件请妥善保存。", "{name} has {megabytes} MB, a file may have {most} MB: compress or divide it, and keep the original."),
    "files_too_large": ("本案附件已有{megabytes}MB，再附就超过{most}MB；请另存介质随卷，并写备注说明存放处。", "The files of this case hold {megabytes} MB already and would pass {most} MB: keep this one on a disk in the file and note where."),
    "file_pending": ("附件“{name}”还没有从共享数据库收到；联网同步后再打开。", "{name} has not come from the shared database yet: open it after the next synchronisation."),
    "file_damaged": ("附件“{name}”和记录的指纹不一致，没有打开；请联系管理员从备份或共享数据库恢复。", "{name} does not agree with its recorded fingerprint and was not opened: ask the administrator to restore it."),
    "file_unknown": ("本案没有这个附件，没有做任何改动；请刷新案件页，从“附件”里重新选。", "This case has no such file and nothing was changed: refresh the case and choose it again among its files."),
    "file_masked": ("附件属于投诉人信息，不对本单位显示；需要时用“查看完整信息（留痕）”。", "Files belong to the complainant's data and are closed to this body: reveal them with a reason."),
    "visit_unknown": ("没有找到这次现场检查的记录，照片还没有归入；请刷新案件页，选一次已登记的现场检查，或先登记这次检查。", "There is no such site visit and the photo was not filed: refresh the case and choose a visit that is recorded, or record this one first."),
    "letter_old_format": ("“{file}”是旧格式（.doc、.wps）；请在 WPS 里另存为 .docx 再读回。", "{file} is of an old format (.doc, .wps): save it as .docx in WPS and read it back then."),
    "letter_unreadable": ("“{file}”打不开，不是完整的 .docx 文件；版本没有变化。", "{file} cannot be opened, it is no whole .docx; the versions are as they were."),
    "letter_empty": ("“{file}”里没有找到回复正文；版本没有变化。", "No text of a reply was found in {file}; the versions are as they were."),
    "chain_step_before": ("签发前还有一步没有办：{step}；请先办理这一步，或写明理由跳过。", "A step comes before the signature: {step}; take it first, or skip it with a reason."),
    "chain_step_unknown": ("现在不轮到这一步（{step}）；请在签批夹里按次序办理。", "It is not the turn of this step ({step}): take the steps in their order in the folder."),
    "chain_not_yours": ("这一步（{step}）不由您办理；可由有权的人办，或凭纸质、电话代录。", "This step ({step}) is not yours: who may takes it, or it is entered with its paper or telephone call."),
    "chain_other_body": ("会签单位应是{body}；请改选，或写明理由跳过这一步。", "The body that co-signs is {body}: choose it, or skip the step with a reason."),
    "chain_own_body": ("会签是请别的单位签；请另选单位。", "Another body co-signs, not your own: choose another."),
    "cosign_confidential": ("投诉人要求保密，文稿没有送出；请隐去投诉人信息，用纸质会签单办理。", "The complainant asked for confidence and the text was not sent: leave him out and have it co-signed on paper."),
    "cosign_waits": ("这份文稿已送{body}，正等它会签；请等答复，或先撤回。", "This text is with {body} already and waits for its answer: wait, or take it back first."),
    "own_chain_end": ("签发流程要有1到{most}步，最后一步而且只有最后一步是签发；没有保存。", "A chain has 1 to {most} steps; the last one, and only that one, signs. Nothing was saved."),
    "own_chain_twice": ("签发流程里同一步出现了两次；请删去一个，没有保存。", "A step stands twice in the chain: take one away. Nothing was saved."),
    "own_chain_cosign": ("会签这一步要写明由哪个单位会签；没有保存。", "Name the body that co-signs. Nothing was saved."),
    "own_chain_person": ("{person}不是本单位在岗人员；请另选，没有保存。", "{person} does not work at this body: choose another. Nothing was saved."),
    "chain_by_writer": ("这一步（{step}）不能由送审的人自己办理，请由另一人办理。", "The person who submitted the text cannot take this step ({step}): another does."),
    "needs_reply_unsigned": ("没有待补签的回复签发。", "No telephone approval of a reply awaits its signature."),
    "needs_reply_unconfirmed": ("没有待确认的代录签发。", "No approval of a reply entered for you awaits your word."),
    "list_too_long": ("一次最多导出{most}行；请先筛选或按月份分几次导出。", "At most {most} rows go out at once: narrow the list first, or take it month by month."),
    "form_unreadable": ("这个表格打不开，不是完整的 .xlsx 工作簿；请在 WPS 或 Excel 里另存为 .xlsx。", "This form cannot be opened, it is no whole .xlsx workbook: save it as .xlsx in WPS or Excel."),
    "form_without_heads": ("表格前12行里没有认出表头（如 编号、投诉对象、地点、责任单位）；请核对表头文字。", "No headings were known in the first 12 rows (such as 编号, 投诉对象, 地点, 责任单位): check the words of the headings."),
    "no_transfer": ("还没有移送记录。", "There is no transfer yet."),
    "not_addressee": ("{body}不是这张移送单的接收单位。", "{body} is not an addressee of this slip."),
    "not_demo": ("--as 和 --now 只能用于演示数据。", "--as and --now work on a demo only."),
    "not_in_this_state": ("案件现在的状态（{state_zh}）不能做这个操作；请看案件页“下一步”。", "This act is not possible in the present state ({state_en}): see the next step on the page of the case."),
    "not_leader": ("{person}不是本单位有权审批的领导；请换成有权审批的领导。", "{person} is no leader of this body: name one who may approve."),
    "not_the_proposer": ("只有拟稿人可以撤回；领导可以退回修改。", "Only who proposed it may withdraw it; the leader may return it."),
    "mark_not_set": ("没有标注“{value}”，无需取消。", "There is no mark {value} to take off."),
    "note_unknown": ("没有找到这条备注；请刷新案件页。", "That note is not there: refresh the case."),
    "note_of_another": ("这条备注是别人写的，由本人更正。", "Somebody else wrote that note: he corrects it himself."),
    "note_struck": ("这条备注已经更正过。", "That note is struck through already."),
    "nothing_to_undo": ("没有可以收回的办理。", "There is nothing to take back."),
    "undo_sent": ("已经发出，对方可能已经收到；内容有误的，另发一份更正。", "It went out and may have been read: what is wrong in it is corrected by another one."),
    "undo_said": ("已经告诉对方，说过的话收不回；有误的，再告知一次并记录。", "It was told: tell it again as it should be, and record that."),
    "undo_happened": ("记的是已经发生的事，收不回；记错的，写一条备注说明。", "It records what happened: where it was recorded wrongly, write a note that says so."),
    "undo_registered": ("号码已经使用；有误的，办理作废，号码不再用。", "The number is taken: what is wrong is voided, its number not used again."),
    "undo_decided": ("已经作出决定，不能自行收回；需要改变的，按程序重新报批。", "It was decided and cannot be taken back alone: ask for a new decision."),
    "undo_rule": ("挂牌只能按规定摘牌：问题已解决并经核实。", "A listing ends by the rule only: solved, and verified."),
    "undo_seen": ("已经看过，查看的记录必须保留。", "It was seen: the record of seeing it stays."),
    "undo_filed": ("材料已经入卷；有误的，再附正确的材料并写备注。", "It is in the file: attach the right one and write a note."),
    "undo_again": ("不能自动恢复；需要的话请重新办理一次。", "It cannot be restored by itself: do it again where needed."),
    "undo_not_yours": ("本人不能收回：{why}", "You may not take it back: {why}"),
    "not_overseeing": ("督查总览只对督查、督办单位开放。", "The overview is open to supervising bodies only."),
    "rater_is_handler": ("承办人不能给自己评价；请由本单位其他人员回访。", "Who handled it cannot be rated by himself: let a colleague make the visit."),
    "not_the_same_person": ("不能由同一人办理；请换一位同事办。", "The same person may not do this: ask a colleague."),
    "not_your_case": ("本单位不是这一步的办理单位；请看案件页写明由谁办。", "This step is not for this body: the page of the case says whose it is."),
    "not_your_office": ("这一步须由{needed}办理。", "This step is for: {needed}."),
    "passphrase_too_short": ("口令太短；至少{least}个字符，请重新输入。", "The pass-phrase is too short: it needs {least} characters."),
    "person_exists": ("该人员已在本机。", "That person is on this desk already."),
    "desk_unknown": ("没有已入网的工作台{value}；请用 server status 查看。", "There is no enrolled desk {value}: see server status."),
    "folder_not_empty": ("文件夹{folder}里已有文件；导出须用空文件夹，没有写入任何内容。", "The folder {folder} has files: an export needs an empty one; nothing was written."),
    "release_form": ("“{value}”不是版本号；应是用点分开的数字，例如 0.2.0。", "{value} is no version: it is numbers with dots, such as 0.2.0."),
    "roster_at_server": ("入网以后名册在共享数据库；请在“管理”页登录以后再按表格登记，现在什么也没有改。", "The roster of a district stands in the shared database: sign in on the page \"Administration\" first; nothing was changed."),
    "roster_book": ("名册表格有不能采用的行，一行也没有录入；请按 details 中的行号改正后再试。", "The roster has rows that cannot be taken and none was entered: correct those that details name."),
    "server_check": ("自查有{count}项不合格（共{tried}项），第一项：{first}；请按 docs/ADMIN.md 处理后再查。", "Checks that failed: {count} of {tried}, the first: {first}. See docs/ADMIN.md and check again."),
    "server_encoding": ("数据库的编码是{encoding}，须为 UTF8；请另建一个 UTF8 的数据库。", "The database's encoding is {encoding}; it must be UTF8: create another one."),
    "server_founded_already": ("这个数据库已为机制{mechanism}建立；另一个机制请用另一个数据库。", "This database was founded for {mechanism}: another mechanism needs another database."),
    "server_newer": ("共享数据库的版本（{schema}）比本程序（{program}）新；数据没有改变，请先升级本程序。", "The shared database ({schema}) is newer than this program ({program}); nothing was changed: upgrade the program."),
    "server_not_administrator": ("建立和升级共享数据库须用 PostgreSQL 的管理员（超级用户）登录；没有作任何改变。", "Founding and upgrading need a superuser of PostgreSQL; nothing was changed."),
    "server_not_founded": ("这里还没有共享数据库；请先运行 liaison server init。", "There is no shared database here yet: run liaison server init first."),
    "server_too_old": ("PostgreSQL 的版本是{version}，至少须为{needed}；没有作任何改变。", "PostgreSQL is {version}; at least {needed} is needed. Nothing was changed."),
    "database_unreachable": ("连不上共享数据库：{reason}。本机数据完好；请检查网络和地址后再试。", "The shared database cannot be reached: {reason}. What is here is safe; check the network and the address."),
    "person_unknown": ("没有找到人员{value}；请核对姓名，或请管理员在名册里补上。", "Person {value} was not found: check the name, or ask the administrator to complete the roster."),
    "picture_file": ("这是图片，不是表格；请导入 .xlsx、.xls 或 .csv。", "This is a picture, not a table: import .xlsx, .xls or .csv."),
    "pin_too_short": ("PIN 太短；至少{least}位，请重新输入。", "The PIN is too short: it needs {least} signs."),
    "desk_profile_invalid": ("本机依据的机制文件{file}有{count}处错误（{place}：{expected}），工作台暂不打开；数据完好，请恢复这个文件或重新安装程序后再打开。", "The profile {file} that this desk goes by is wrong (places: {count}) and the desk stays closed; your data are whole: restore that file or install the program again. At {place}: expected {expected}."),
    "profile_invalid": ("机制文件{file}有{count}处错误，没有采用；请改正，{place}：{expected}。", "The profile {file} is wrong (places: {count}) and is not used; correct it. At {place}: expected {expected}."),
    "proxy_evidence_missing": ("代录须附凭证；请附上电话记录、签字件或照片。", "An act entered for another needs its evidence: attach the note of the call, the signed paper or a picture."),
    "proxy_forbidden": ("这一步不能代录。", "This act cannot be entered for another."),
    "proxy_has_desk": ("{body}有自己的工作台，不能代录；请它自己办理。", "{body} has a desk of its own: let it enter its own acts."),
    "proxy_not_leader": ("只能代本单位领导录入，{person}不是；请改选领导。", "{person} is no leader of this body: choose one who is."),
    "reason_missing": ("请填写理由。", "Give the reason."),
    "received_after_registered": ("来电时间不能晚于登记时间；请改来电时间。", "It cannot be received after it was registered: change the time of the call."),
    "recovery_group_wrong": ("恢复单第{group}组抄写有误，请核对。", "Group {group} of the recovery sheet is mistyped."),
    "recovery_wrong": ("恢复单与本机不符；请核对是不是这台机器的恢复单、有没有输错。", "This recovery sheet does not belong to this desk: check that it is this PC's sheet and typed right."),
    "refusal_forbidden": ("接收单位不得拒收（M1-TRF-02）；有异议请提出移送异议。", "A receiver may not refuse (M1-TRF-02); file an objection instead."),
    "printer_door": ("打印机“{printer}”的盖子没有关好；文书已送到打印队列并已登记；处理好后会自己继续打印，不要再打一次。", "A cover of printer {printer} is open; the paper is in the queue and recorded; it goes on by itself once that is mended. Do not print again."),
    "printer_jam": ("打印机“{printer}”卡纸；文书已送到打印队列并已登记；处理好后会自己继续打印，不要再打一次。", "Paper is jammed in printer {printer}; the paper is in the queue and recorded; it goes on by itself once that is mended. Do not print again."),
    "printer_no_paper": ("打印机“{printer}”缺纸；文书已送到打印队列并已登记；处理好后会自己继续打印，不要再打一次。", "Printer {printer} has no paper; the paper is in the queue and recorded; it goes on by itself once that is mended. Do not print again."),
    "printer_no_toner": ("打印机“{printer}”的墨粉或墨水用完了；文书已送到打印队列并已登记；处理好后会自己继续打印，不要再打一次。", "Printer {printer} is out of toner or ink; the paper is in the queue and recorded; it goes on by itself once that is mended. Do not print again."),
    "printer_offline": ("打印机“{printer}”没有开机或没有连上；文书已送到打印队列并已登记；处理好后会自己继续打印，不要再打一次。", "Printer {printer} is off or not connected; the paper is in the queue and recorded; it goes on by itself once that is mended. Do not print again."),
    "printer_gone": ("没有找到打印机“{printer}”，或打印服务没有运行；文书没有打印，也没有编号和登记。请检查打印机后重试。", "Printer {printer} was not found, or the print service is not running; nothing was printed, numbered or recorded. Check the printer and try again."),
    "printer_refused": ("打印机“{printer}”没有接收文书，没有登记为已打印；请按打印服务说的处理后重打：{said}", "Printer {printer} did not take the paper and it is not recorded as printed; see to what the print service says and print again: {said}"),
    "printer_stopped": ("打印机“{printer}”已暂停；文书没有打印，也没有编号和登记。请恢复打印机，或换一台打印机。", "Printer {printer} is stopped; nothing was printed, numbered or recorded. Resume it or choose another one."),
    "no_holiday": ("七天之内没有法定节假日，没有节前清单。", "There is no statutory holiday within seven days, so there is no list before one."),
    "renderer_missing": ("这里不能生成文书。", "Papers cannot be made here."),
    "replica_busy": ("数据正被占用，本次操作没有保存；请重试。", "The data are busy; this act was not saved. Try again."),
    "replica_damaged": ("本机数据文件损坏，没有改动；请用备份恢复。", "The data file is damaged and was not touched: restore a backup."),
    "replica_exists": ("{home}已有数据，不会覆盖；请换一个文件夹，或直接打开它。", "{home} holds data already and nothing is overwritten: choose another folder, or open it."),
    "replica_missing": ("{home}没有数据；请先新建（liaison init）。", "There are no data in {home}: begin with liaison init."),
    "zone_other": ("这台电脑的时区（{zone}）不是北京时间；本程序的日期和期限仍按北京时间计算，没有算错。请在系统设置里改为北京时间（UTC+08:00）。", "The time zone of this PC ({zone}) is not China's; dates and limits here go by Beijing time all the same. Set it to UTC+08:00 in the system."),
    "home_denied": ("本机账户没有权限读写数据文件夹{home}；里面的数据没有改变。请让管理员恢复读写权限后重试，不要另外新建。", "Your account may not read and write the data folder {home}; nothing in it has changed. Have an administrator give access back and try again; do not begin anew."),
    "replica_readonly": ("数据文件只读，本次操作没有保存；请检查文件夹权限后重试。", "The data file is read-only and this act was not saved: check the rights of the folder and try again."),
    "retransfer_forbidden": ("接收单位不得再行移送（M1-TRF-02）；有异议请由首接单位提请指定。", "A receiver may not transfer again (M1-TRF-02); the first receiver asks for a designation."),
    "event_unknown": (
        "期限规则{rule}没有事件“{value}”，可用：{known}。", "Deadline rule {rule} has no event {value}; it knows: {known}.",
    ),
    "rule_unknown": ("没有期限规则“{value}”。", "There is no deadline rule {value}."),
    "migration_stopped": ("本机数据正在换成新格式，中途停下了；已做完的步骤保留，数据没有丢。下次打开会接着做。", "The data were being moved to the new format and that was stopped. The steps that are done stay, nothing is lost; the rest follows when you open it again."),
    "schema_newer": ("数据由更新版本写成（{found}），没有改动；请升级程序。", "The data were written by a newer program ({found}) and were not touched: upgrade."),
    "second_instance": ("程序已经在运行；请切换到已打开的窗口。", "The program is running already: use the open window."),
    "secret_missing": ("请输入 PIN 或口令。", "Enter the PIN or pass-phrase."),
    "setting_value": ("设置值“{value}”不可用；应为：{expected}。", "The setting cannot be {value}: give {expected}."),
    "sqlite_too_old": ("数据库组件过旧（{found}），请升级程序。", "The database library is too old ({found}): upgrade."),
    "time_before_previous": ("时间{value}早于上一步（{previous}）；请改时间。", "The time {value} is before the step it follows ({previous}): change it."),
    "time_in_future": ("时间{value}在将来；请改成实际时间，并核对本机时钟。", "The time {value} lies in the future: give the real time, and check the clock of this PC."),
    "too_many_attempts": ("输错多次，请{seconds}秒后再试。", "Too many wrong attempts: try again in {seconds} seconds."),
    "transfer_to_self": ("不能移送给本单位；属于本单位的请直接受理。", "A case cannot be transferred to the own body: accept it here."),
    "unknown_body": ("名册中没有单位“{value}”；请核对名称，或请管理员在名册里补上。", "There is no body {value} in the roster: check the name, or ask the administrator to complete the roster."),
    "usage": ("用法有误：{reason}", "Wrong usage: {reason}"),
    "workbook_damaged": ("工作簿无法打开（{reason}）；请在 Excel 或 WPS 中另存为 .xlsx。", "The workbook cannot be opened ({reason}): save it as .xlsx."),
    "workbook_locked": ("工作簿有密码；请去掉密码后导入。", "The workbook has a password: remove it and import again."),
    "word_file": ("这是文字文档，不是表格；请另存为 .xlsx 或 .csv。", "This is a text document, not a table: save the table as .xlsx or .csv."),
    "pdf_file": ("这是 PDF，不是表格；请导入 .xlsx、.xls 或 .csv。", "This is a PDF, not a table: import .xlsx, .xls or .csv."),
    "csv_damaged": ("文件第{line}行的引号不完整（{reason}），没有导入任何内容；请改正这一行，或另存为 .xlsx 后再导入。", "Line {line} of the file is damaged ({reason}) and nothing was imported: correct it, or save the table as .xlsx."),
    "too_many_columns": ("文件有{found}列，不像投诉表，没有导入；请只留投诉内容的列。", "The file has {found} columns and does not look like a table of complaints; nothing was imported: keep the columns of the complaints only."),
    "bring_in_member_only": ("旧案移入只在入网后的工作台上做。", "Cases are brought in on a desk that joined a district."),
    "bring_in_alone_only": ("只能移入单机工作台的案件，演示和入网的都不行；请核对所选的文件夹。", "Only the cases of a desk that worked alone can be brought in, not a demo's or a member's: check the folder."),
    "bring_in_other_body": ("原工作台属于{old}，本机属于{here}；案件只移入原单位，确是同一单位的请在对应表中写明。", "The old desk belongs to {old}, this one to {here}: cases come in for their own body; where it is the same body, say so in the table."),
    "password_kept_outside": ("数据库口令由环境变量 LIAISON_PASSWORD 提供，请在保管它的地方更换；本机没有改动。", "The password comes from LIAISON_PASSWORD: change it where it is kept; nothing was changed here."),
    "archive_elsewhere": ("这个文件夹的案件已移入{district}另一单位；没有改动任何内容。", "The cases of this folder were brought in by another body of {district}; nothing was changed."),
    "archive_read_only": ("这是已移入全区数据库的存档，只能查看；请在入网的工作台上办理。", "This is an archive whose cases were brought into the district: it can only be read. Work on the desk that joined."),
    "map_unknown": ("对应表中的{value}不在本区的单位或名册里；请改对应表。", "{value} in the table is neither a body nor a person of this district: correct the table."),
    "map_invalid": ("列对应文件{file}有误，没有采用；请照导入说明改正。", "The column map {file} is not right and not used: correct it by the guide."),
    "day_unknown": ("日期“{value}”无法识别，请按 2026-10-01 填写。", "The date {value} cannot be read: write 2026-10-01."),
    "version_before": ("施行日期{value}早于前一版本{version}的{day}；请改为同日或以后。", "{value} is before {day}, the date of {version}: choose that day or a later one."),
    "version_known": ("版本{value}已经发布，不能改动；请另编一个版本号。", "Version {value} is published and never changes: give the new one another number."),
    "version_not_yet": ("版本{value}自{day}起施行；到时再转用。", "Version {value} is in force from {day}: move cases then."),
    "version_other_mechanism": ("这是机制{value}的文件，本机用的是{expected}。", "This file is of mechanism {value}; this desk goes by {expected}."),
    "version_same": ("案件{case}已按版本{value}办理。", "Case {case} goes by version {value} already."),
    "version_state_missing": ("案件{case}现在的状态（{state_zh}）在版本{value}里没有；请先把案件办到两个版本都有的状态，再转用。", "Case {case} is in a state ({state_en}) that {value} does not have; first bring it to a state of both versions."),
    "version_unknown": ("没有版本{value}；已发布的是：{expected}。", "There is no version {value}: published are {expected}."),
    "verify_failed": ("校验发现问题（{broken}），数据没有改动；请先备份，再用“修复”，或联系管理员。", "Verification found {broken}; nothing was changed: back up first, then use Repair, or ask the administrator."),
    "record_unknown": ("没有找到这条台账记录（{value}），或本单位不在其阅读范围；请从台账里重新选。", "There is no such record ({value}), or this body does not read it: choose it again in the register."),
    "record_kind_unknown": ("本机制没有台账或会议“{value}”。", "This mechanism has no record or meeting {value}."),
    "record_not_opened": ("“{kind_zh}”由程序从案件和会议中汇总，不能手工登记。", "{kind_en} is drawn from cases and meetings: it is not entered by hand."),
    "record_not_ours": ("本单位不在这条台账的阅读范围，共享数据库没有接受；全文留在需核对事项。", "Your body does not read this record, it was not taken: its text stands among the items to check."),
    "record_replaced": ("{number}已被后续记录更正；请打开更正后的记录办理。", "{number} was corrected by a successor: open that one."),
    "record_state_instead": ("这条记录现在的状态（{state_zh}）不能再改；已经签发的内容用“{instead_zh}”更正，原文保留。",
                             "It can no longer be changed in this state ({state_en}): what was approved is put right by “{instead_en}”, the old words stay."),
    "line_incomplete": ("“{table}”第{line}条还没有写明“{field_zh}”；请补上再办。", "Line {line} of {table_en} does not say its {field_en} yet: add it first."),
    "record_state": ("这条记录现在的状态（{state_zh}）不能做这一步；请看记录上写的下一步。", "This step is not possible in the present state ({state_en}): the record says what comes next."),
    "record_field_unknown": ("这一步没有“{field}”这一项。", "This step has no item {field}."),
    "record_field_personal": ("“{field}”涉及个人信息，须单独填写。", "{field} is personal: it travels apart."),
    "not_your_record": ("这一步不归{body}办理；请看记录上写明由谁办。", "This step is not for {body}: the record says whose it is."),
    "line_unknown": ("“{table}”没有第{value}条，或已销号；请刷新后再选。", "{table} has no open line {value}: refresh and choose again."),
    "line_twice": ("“{table}”同一单位或事项只能有一条；请改已有的那一条。", "{table} takes one line for each: change the one that is there."),
    "line_not_among": ("{value}不在“{table}”里；只能填其中的。", "{value} is not in {table_en}: only what stands there can be entered."),
    "lines_missing": ("“{table}”还没有内容；请至少填一条。", "{table} is empty: fill in at least one line."),
    "lines_open": ("“{table}”还有{count}条没有销号；请逐条销号。", "Still open in {table}: {count}. Close them one by one."),
    "duty_gap": ("值班有空档：{start}至{end}无人值班；请补排班次。", "Nobody is on duty from {start} to {end}: add a shift."),
    "record_period": ("“{value}”不是这项台账的报送期间；请按 2026-09、2026-Q3、2026-H2、2026 填写。", "{value} is no period of this record: write 2026-09, 2026-Q3, 2026-H2 or 2026."),
    "wrong_key": ("密钥不对，或文件不是本程序的数据；没有改动。", "The key is wrong or this is no replica; nothing was touched."),
    "wrong_secret": ("PIN 或口令不对；请重新输入，连错五次要等一会儿。", "The PIN or pass-phrase is wrong: type it again; after five wrong ones it makes you wait."),
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
    if name == "step" and value in labels.choices_of("pass-reply", "step"):
        return labels.pick(labels.choices_of("pass-reply", "step")[value], lang)
    if name == "state":
        return labels.label(REPLY_STATES, str(value), lang)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return value[:16].replace("T", " ")
    return value


def localised(facts: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return the facts of a refusal with what is wrong in a profile in the user's language."""
    if not facts.get("findings"):
        return dict(facts)
    findings = [finding_words.shown(one, lang) for one in facts["findings"]]
    first = {name: findings[0].get(name, "") for name in ("line", "place", "expected")}
    return {**facts, **first, "findings": findings}


def told(code: str, facts: Mapping[str, Any], lang: str) -> str:
    """Return one line for a refusal; an unknown code is shown as itself."""
    if facts.get("findings"):
        facts = localised(facts, lang)
    zh, en = SENTENCES.get(code, ("操作未完成（{code}）。" + SAFE[0], "It was not done ({code}). " + SAFE[1]))
    plain = {k: "、".join(map(str, v)) if isinstance(v, list | tuple) else v for k, v in facts.items()}
    plain = {k: _shown(k, v, str(facts.get("action", "")), lang) for k, v in plain.items()}
    for name in ("field", "table", "name"):  # what a profile names is said in its own words
        named = facts.get(f"{name}_en" if lang == "en" else f"{name}_zh")
        plain |= {name: named} if named else {}
    if "mark_en" in plain and plain["mark_en"] == plain.get("mark"):  # a reading that the profile names in Chinese only
        known = dict(mechanism_words.SETTINGS.values())
        plain["mark_en"] = known.get(str(plain["mark"]), plain["mark"])
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


def of_files(error: OSError, at: str = "") -> tuple[str, dict[str, Any]]:
    """Return the code and facts of what the system said about a file: the same sentence everywhere."""
    file, number = str(error.filename or at), error.errno or 0
    codes = {
        errno.ENOENT: "file_missing", errno.ENOSPC: "disk_full", getattr(errno, "EDQUOT", errno.ENOSPC): "disk_full", errno.EACCES: "file_denied",
        errno.EPERM: "file_denied", errno.EROFS: "file_denied", errno.ENOTDIR: "folder_is_file", errno.EEXIST: "folder_is_file",
    }  # fmt: skip
    plain, system = TROUBLES.get(number, ""), error.strerror or type(error).__name__
    return codes.get(number, "file_trouble"), {"file": file, "reason": plain or system, "reason_en": system}
