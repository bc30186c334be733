"""Fictitious official papers, one of each form, and the words they are bent with."""

from liaison_app.domain.papers import Field, OfficialPaper, Section, Table

RARE = "䶮㛃𬱖喆堃"
WORDS = (
    "你反映的“锦绣花园”北侧工地夜间打桩噪声扰民问题收悉。经会同区建委、区城管局于2026年9月28日现场检查，情况属实；"
    "该工地未取得《夜间施工许可证》，连续作业至次日2时——已责令立即停止，并依法处理……。"
)

LETTER = OfficialPaper(
    kind="reply", form="letter", title="渝北区环境保护局关于锦绣花园工地夜间施工噪声问题的回复", issuer="渝北区环境保护局",
    date="2026-09-30", number="渝北环函〔2026〕36号", to=(f"王{RARE}",),
    sections=(
        Section(heading="关于夜间施工问题", level=1, text=(WORDS, WORDS)),
        Section(heading="关于处理结果", level=1, text=("罚款12345.67元，限于2026年10月15日前整改完毕。",)),
    ),
    closing="特此回复。", note="联系人：周敏，电话：023-67800000", annexes=("现场检查（勘察）笔录", "行政处罚决定书"),
    copies=("区创模办", "12369中心"), code="LD1|reply|渝北环函〔2026〕36号", mechanism="环境污染投诉联络员机制", basis="COM-05",
)  # fmt: skip

UPWARD = OfficialPaper(
    kind="urgent_report", form="upward", title="渝北区环境保护局关于八号工地污水外溢紧急投诉情况的报告", issuer="渝北区环境保护局",
    date="2026-09-30", number="渝北环〔2026〕8号", urgency="特急", signed_by="何建平", to=("区人民政府",),
    opening="2026年9月30日8时，我局接到群众来电，现将有关情况报告如下。",
    sections=(Section(heading="基本情况", level=1, text=(WORDS,)), Section(heading="处置情况", level=1, text=(WORDS, WORDS)),
              Section(heading="下一步工作", level=1), Section(heading="继续监测", level=2, text=(WORDS,)),
              Section(heading="督促整改", level=2, text=(WORDS,))),
    closing="特此报告。", note="联系人：周敏，电话：023-67800000",
)  # fmt: skip

NOTICE = OfficialPaper(
    kind="meeting_notice", form="notice", title="渝北区创建环保模范城市领导小组办公室关于召开第三季度联席会议的通知",
    issuer="渝北区创模领导小组办公室", date="2026-09-20", word="渝北创模办发", to=("区环保局", "区建委", "区城管局", "各镇街"),
    opening="经研究，定于2026年9月25日召开联席会议，现将有关事项通知如下。",
    fields=(Field("时间", "2026年9月25日9:30"), Field("地点", "区政府三楼第二会议室，请提前10分钟签到，会场内请将手机调至静音"), Field("主持", "")),
    sections=(Section(heading="议题", level=1, text=("审议八号工地噪声投诉的处理。",),
                      table=Table(heads=("序号", "议题", "汇报单位", "时间"),
                                  rows=(("1", "八号工地夜间施工噪声问题", "区建委", "10分钟"), ("2", WORDS, "区环保局", "15分钟")))),
              Section(heading="要求", level=1, text=(WORDS,))),
    copies=("区政府办公室", "区政府督查室"), seal=True, demo=True,
)  # fmt: skip

MINUTES = OfficialPaper(
    kind="minutes", form="minutes", title="研究八号工地噪声扰民问题专题会议纪要", issuer="渝北区联络员联席会议", date="2026-09-26",
    number="第12期", opening="2026年9月25日，副区长张某某主持召开联席会议，听取汇报并进行讨论。现将议定事项纪要如下。",
    sections=(Section(heading="会议认为", level=1, text=(WORDS,)), Section(heading="会议议定", level=1),
              Section(heading="由区建委牵头，12月5日前完成整改。", level=2), Section(heading="由区城管局配合。", level=2)),
    fields=(Field("出席", "、".join(f"{n}（区环保局）" for n in ("张某某", f"李{RARE[0]}", f"赵{RARE[2]}", "陈某某", "王某某", "周某"))),
            Field("请假", "孙某某（区财政局）"), Field("列席", "吴某某（区司法局）")),
    copies=("出席、列席会议单位",), seal=False,
)  # fmt: skip

SHEET = OfficialPaper(
    kind="register", form="sheet", title="环境污染投诉登记表", issuer="渝北区工商分局", date="2026-09-30", number="渝北工商登〔2026〕31号",
    urgency="加急",
    fields=(Field("案件编号", "渝北工商诉〔2026〕31号"), Field("来件时间", "2026年9月30日8:15"), Field("来源", "电话"),
            Field("登记人", "周敏"), Field("投诉人姓名", f"王{RARE}"), Field("投诉人联系方式", "13900000001"),
            Field("投诉人地址", "滨河路10号锦绣花园3幢2单元501室"), Field("外部编号", ""), Field("投诉内容", WORDS * 2)),
    sections=(Section(heading="处理经过", text=(WORDS, WORDS)),
              Section(heading="检查要点", table=Table(heads=("序号", "检查内容", "是否", "备注"),
                                                    rows=tuple((str(i), f"第{i}项检查的内容", "□是　□否", "") for i in range(1, 8))))),
    boxes=("拟办意见", "领导批示", "签收人", "签收时间", "附件份数"), basis="第二篇 二（一）", mechanism="环境污染投诉联络员机制",
    code="LD1|register|31", reprint="补打 第2次 2026-10-08 周敏",
)  # fmt: skip

TABLE = OfficialPaper(
    kind="follow_up", form="table", title="议定事项落实情况台账", issuer="渝北区创模办", date="2026-09-30",
    fields=(Field("统计期间", "2026年第三季度（截至9月30日10时）"),),
    sections=(Section(table=Table(heads=("序号", "会议", "议定事项", "牵头单位", "配合单位", "完成时限", "落实情况", "销号", "备注"),
              rows=tuple((str(i), f"第{i % 4 + 1}次联席会议", "完成八号工地整改并复查", "区建委", "区环保局、区城管局",
                          "2026年12月5日", WORDS[: 20 + i * 5 % 60], "是" if i % 2 else "", "") for i in range(1, 46)))),),
    boxes=("填表人", "审核人"), seal=False, outside=True,
)  # fmt: skip

COVER = OfficialPaper(
    kind="cover", form="cover", title="环境污染投诉卷宗", issuer="渝北区环境保护局", date="2026-12-31",
    fields=(Field("案卷题名", "锦绣花园北侧工地夜间施工噪声扰民投诉的受理、移送、办理和回复材料"), Field("案件编号", "渝北工商诉〔2026〕31号"),
            Field("起止时间", "2026年9月30日至2026年12月20日"), Field("件数", "12件"), Field("页数", "46页"), Field("立卷人", "周敏")),
    boxes=("全宗号", "年度", "保管期限", "件号"), code="LD1|cover|31", seal=False,
)  # fmt: skip

EACH = (LETTER, UPWARD, NOTICE, MINUTES, SHEET, TABLE, COVER)
