"""What is wrong in a profile file, in the user's language: a stable code, the place, what is wrong and the cure.

The checks compose what they expected in English (``liaison_app.mechanism``); here each sentence has its code and its
Chinese. A sentence that this table does not know keeps the code ``other`` and is shown as it stands.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from liaison_app.words.labels import label, pick
from liaison_app.words.mechanism_words import PARTS
from liaison_app.words.profile_words import WORDS

NAMES: Final = {
    "a post of this profile": "本机制已列的岗位（posts）", "a role or a post of this profile": "角色或本机制的岗位",
    "a post or role of this profile": "本机制的岗位或角色", "a fact of this profile": "本机制已列的事实（facts）",
    "a setting of this profile": "本机制已列的设置（settings）", "a state of this profile": "本机制已列的状态（states）",
    "a document of this profile": "本机制已列的文书（documents）", "a life of this profile": "本机制已列的办理过程（lives）",
    "a setting and one of its values": "一项设置和它的可选值（设置=值）", "setting=value": "一项设置和它的可选值（设置=值）",
    "a post and setting=value": "一个岗位和一项“设置=值”", "a fact of this profile and one of its values": "本机制的事实和它的可选值",
    "an act of this program": "本程序有的操作", "an act that some guard allows": "步骤表（guards）允许的操作",
    "the rule of a clock": "时限表（deadlines）里的规则号", "a rule of the source": "原文规则目录里的规则号",
    "a flag, a fact, a mark or setting=value": "标志、事实、标注或“设置=值”", "an event": "本程序有的事件",
    "an event of a case or a step of this profile": "案件事件或本机制的办理步骤",
    "a step, an event or a table of a record": "台账的步骤、事件或表", "a source of papers": "文书可以取用的来源",
    "a field that a case has": "案件有的字段", "an office": "职务", "a role": "角色", "a kind of 代录": "代录方式",
    "the kind of an event that all bodies see": "各单位都看得见的事件种类", "a field of register": "登记表的字段",
    "an item of the registration": "登记要素", "the event that stops a clock of this profile": "终止本机制某个时限的事件",
    "an office, a role or a post that may extend": "可以批准延期的职务、角色或岗位",
    "a role or a post of this profile as holder": "作为持有方的角色或本机制岗位",
    "a warning shorter than the limit itself": "短于时限本身的提前提醒",
    "a date such as 06-30 or 12-23 17:00": "06-30 或 12-23 17:00 这样的日期", "a date such as 2026-01-01": "2026-01-01 这样的日期",
    "a period such as 12 h or 2 WD": "12 h 或 2 WD 这样的期间", "a setting such as 3 / 90": "3 / 90 这样的设置",
    "an amount above 0": "大于0的数量", "a date that exists": "存在的日期", '"true" or "false"': "“true”或“false”",
    "a regular expression": "正确的正则表达式", "a paper of meetings": "会议的文书（documents 里 subject: meeting）",
}  # fmt: skip
"""Before “instead of …”: what was expected there."""

Said = str | Callable[[re.Match[str]], str]


def _wanted(words: str) -> str:
    """Return in Chinese what was expected, with the list of what may stand there kept as it is."""
    if words in NAMES:
        return NAMES[words]
    for pattern, zh in INSTEAD:
        found = re.fullmatch(pattern, words)
        if found:
            return found.expand(zh)
    listed = re.fullmatch(r"(.+?) \((.+)\)", words)
    return f"{_wanted(listed[1])}（{listed[2]}）" if listed else words


INSTEAD: Final = (
    (r"a value of (\S+)", r"\1的可选值"),
    (r"values of (\S+) and (\S+)", r"\1和\2的可选值"),
    (r"one of (.+?)(?: for step (\S+))?", r"以下之一：\1"),
    (r"a field of (\S+) as title", r"\1的字段（作标题）"),
    (r"a whole number \(int\) of (\S+) in counts", r"\1的整数栏目（写在 counts 里）"),
    (r"an indicator of this profile", "本机制的统计指标"),
    (r"a table of (\S+) with (\S+) and (\S+)", r"\1的一个表，其中有\2和\3两栏"),
    (r"a table with the field (.+?) in among of (\S+)", r"有“\1”一栏的表（写在\2的 among 里）"),
    (r"a table of (\S+) for step (\S+)", r"\1的一个表（步骤\2）"),
    (r"a step of (\S+) in cosigns", r"\1的步骤（答复会签）"),
    (r"a step of (\S+)", r"\1的步骤"), (r"a fact of type (\S+)", r"\1类型的事实"),
    (r"fields of a table of (\S+) in whole of step (\S+)", r"\1某个表的栏目（写在步骤\2的 whole 里）"),
    (r"a field of (\S+) in explains", r"\1的字段（作说明）"),
    (r"a field of (\S+) in cosigns", r"\1的字段（送会签用）"),
    (r"a field of (\S+) as (\w+)", r"\1的字段（作\2）"),
    (r"a field of (\S+) that people fill, for step (\S+),", r"\1由人填写的字段（步骤\2）"),
    (r"a field of (\S+)", r"\1的字段"),
    (r"a date as due of (\S+)", r"\1的日期字段（作期限）"),
    (r"a table of (\S+) for step (\S+)", r"\1的表（步骤\2）"),
    (r"a state of (\S+) for step (\S+)", r"\1的状态（步骤\2）"),
    (r"a clock of (\S+) that (\S+) sets,", r"\1的时限（由\2设定）"),
    (r"an event of (\S+) by which the duty is met,", r"\1里表示已完成的事件"),
    (r"the rule of a clock with a period for the duty of (\S+)", r"\1应有的周期时限的规则号"),
    (r"a post or one of (.+) for step (\S+)", r"岗位或以下之一：\1（步骤\2）"),
    (r"a kind of record \((.+)\)", r"台账种类（\1）"),
    (r"a kind \((.+)\), a fact, a mark or a grade", r"案件种类（\1）、事实、标注或等级"),
    (r"a group \((.+)\) or a fact of this profile", r"分组（\1）或本机制的事实"),
    (r"what (\S+) says \((.+)\)", r"\1能记录的内容（\2）"),
    (r"an expression with a year (.+)", r"含年份的表达式\1"),
    (r"meta, .+|id, .+|rule, .+|amount, .+", r"以下之一：\g<0>"),
)  # fmt: skip

SENTENCES: Final[tuple[tuple[str, str, Said], ...]] = (
    ("stands_twice", r"each (?:id|key|field|code) once; (.+) stands twice", r"“\1”出现两次；请只留一处"),
    ("row_unreachable", r"a row that can be reached; (\S+) above it matches whenever (\S+) does",
     r"\2行永远轮不到：上面的\1行已经包括它；请调整次序或收紧\1的条件"),
    ("last_row_conditions", r"a last row without conditions.*", "最后一行还有条件；请在末尾加一行没有条件的，使每件都有牵头单位"),
    ("guard_shadowed", r"a guard that can decide; guards\[(\d+)\] \((\S+)\) holds whenever it does",
     lambda f: f"这一行永远用不上：第{int(f[1]) + 1}行（{f[2]}）已经包括它；请删去或写明不同的前提"),
    ("flag_both", r"a flag either needed or forbidden; (\S+) is both", r"“\1”既是前提又被排除；请只留一边"),
    ("register_missing", r"a guard for register.*", "没有“登记”（register）这一步；请补上，案件都由它开始"),
    ("part_empty", r"a field that stands on each part of the slip; none on stub", r"移送单每一联都要有栏目；存根联没有"),
    ("part_empty", r"a field that stands on each part of the slip; none on sent", r"移送单每一联都要有栏目；移送联没有"),
    ("part_empty", r"a field that stands on each part of the slip; none on receipt", r"移送单每一联都要有栏目；回执联没有"),
    ("part_empty", r"a field that stands on each part of the slip; none on (.+)", r"移送单每一联都要有栏目；\1联没有"),
    ("parts_three", r"three parts: the names of stub, slip and receipt", "要写三联的名称：存根联、移送联、回执联"),
    ("slip_places", r"places on a slip only \(form: slip\)", "只有移送单（form: slip）才分联；请删去 places"),
    ("follows_table", r"an open table, and fields of (.+), in follows of (.+)", r"follows 要写开着的表和“\1”的栏目；请改正"),
    ("kind_twice", r"another kind than (.+): with (.+) it already says (.+)", r"“\1”与\2已经叫“\3”；请换一个 kind"),
    ("ranked_twice", r"a post that is ranked in one group only, not (.+)", r"一个单位只能排在一组里；\1重复了"),
    ("rule_missing", r"the rule of the source that the guard stands for \(rule\)", "没有写规则号（rule）；请写明这一步依据的规则"),
    ("states_missing", r"the states in which the act is possible, or \['\*'\]", "没有写可以办理的状态；请列出状态，或写 ['*']"),
    ("value_missing", r"at least one value of (\S+)", r"\1没有可选值；请至少写一个"),
    ("end_missing", r"at least one state with end: true", "没有终结状态；请给至少一个状态写 end: true"),
    ("no_way_to_end", r"a way from (\S+) to a state with end: true", r"从状态\1走不到任何终结状态；请补上通向终结的步骤"),
    ("no_way_out", r"a way out of (\S+)(?: of (\S+))?, or end: true", r"状态\1没有出路；请补上离开它的步骤，或写 end: true"),
    ("state_unreached", r"a state(?: of \S+)? that some (?:act|step) leads to; nothing leads to (\S+)",
     r"没有步骤通向状态\1；请补上，或删去这个状态"),
    ("posts_missing", r"the posts for which it waits \(posts\)", "没有写等待哪些岗位；请填写 posts"),
    ("chain", r"a chain of (\S+) that ends; (\S+) comes back to (\S+)", r"\1绕成一圈：\2又回到\3；请去掉其中一环"),
    ("named_as_flag", r"another (?:id|code) than (\S+), which is a flag of the program", r"“\1”是程序自己的标志；请换一个代码"),
    ("values_missing", r"the values of (\S+)(, or free: true)?", r"\1没有可选值；请列出，或按需要写 free: true"),
    ("convenor_missing", r"who calls the meeting.*", "没有写由谁召集会议；请填写 convenor 或 convenor_setting"),
    ("amount_superfluous", r"no amount for (\S+), or another unit", r"单位\1不需要数量；请去掉数量或改用别的单位"),
    ("amount_missing", r"an amount above 0 for (\S+)", r"单位\1缺少数量；请填写大于0的数"),
    ("amount_of_setting", r"the amount of its setting (\S+) \((.+)\) instead of (.+)",
     r"“\3”不起作用：数量取自设置\1（\2）；请改该设置的默认值，或去掉“数量取自设置”"),
    ("start_missing", r"an event that starts the clock \(start\)", "时限没有起算事件；请填写 start"),
    ("dates_missing", r"dates such as 06-30 for a fixed clock", "固定日期的时限没有日期；请填写 dates，如 06-30"),
    ("weekday", r"a day of the week from 1.*", "星期几要写1（周一）到7（周日），且只用于每周的时限；请改正 weekday 或 unit"),
    ("times", r"a number of times above 0, more than once only for (.+)", r"次数要大于0，多于一次的只能用于周期（\1）；请改正 times 或 unit"),
    ("word_missing", r"the character that its number carries \(word\).*", "编号没有字头；请填写 word，或写 numbered: office / none"),
    ("field_missing", r"at least one field", "没有任何字段；请至少写一个"),
    ("default", r"a default among (.+)", r"默认值不在可选值之内；请从以下选一个：\1"),
    ("asked_words", r"words in Chinese and English for (.+)", r"建立时的问题缺少中英文说明；请给每个可选值各写一句：\1"),
    ("cycle", r"facts that do not feed back into themselves; (\S+) does", r"事实“\1”由自己推出自己；请去掉其中一步"),
    ("date", r"a date for (\S+)", r"\1要写日期；请写成 2007-09-01 这样"),
    ("personal_field", r"words that a person types in a personal field; (\S+) is more than that", r"个人信息字段“\1”只能是人填的文字；请去掉来源、事件等设置"),
    ("personal_line", r"open fields in the lines of (\S+); (\S+) is personal", r"表“\1”里不能有个人信息字段“\2”；请移到台账本身"),
    ("closing_step", r"a step that closes the lines of (\S+), one by one", r"表“\1”的各行没有销号步骤；请补一个 closes: \1 的步骤"),
    ("spans", r"moments from and until in (\S+) and in (\S+), for step (\S+)", r"步骤\3要核对时段：\1和\2都要有 from 和 until 两个时间字段"),
    ("open_step", r"one step open of (\S+), from '' to a state", r"\1要有且只有一个“登记”（open）步骤；请补上，从空状态到某个状态"),
    ("idle_clock", r"an event of (\S+) that starts and one that stops (\S+)", r"\1里没有事件启动或终止时限\2；请补上事件"),
    ("drawn", r"no life, steps or owed for what is drawn from (\S+)", r"由\1生成的台账不能另有过程、步骤或应报；请去掉"),
    ("life_missing", r"a life of this profile, own states and steps, or drawn: .*", "没有写怎样办理；请填写 life、自己的状态和步骤，或 drawn"),
    ("cadence_clock", r"the rule of the clock that counts each (\S+) \(clock\)", r"会议按\1召开，却没有写由哪个时限计算；请填写 clock"),
    ("choices", r"choices for (\S+)", r"选择字段“\1”没有选项；请填写 choices"),
    ("choice_words", r"two words \(zh, en\) for the choice (\S+) of (\S+)", r"“\2”的选项“\1”要有中英文两个词；请补齐"),
    ("heard", r"tables with a body, and a field of (\S+), in heard of (\S+)", r"“\2”的到会核对写得不对；请写有单位的表和\1的字段"),
    ("approver", r"an approver \(approval\) for step (\S+)", r"步骤\1要批准人，会议却没有写 approval；请补上"),
    ("numerator", r"the events of the denominator in the numerator: (.+)", r"分子要取分母里的事件；请改为：\1"),
    ("places", r"count: places together with alike or alike_setting", "按地点计数要同时写 alike 或 alike_setting；请补齐或去掉"),
    ("rank", r"a denominator, by whose fraction departments are ranked", "要排序就要有分母；请补上 denominator 或去掉 rank"),
    ("met_clock", r"clock, whose limit was met or missed", "写了是否按期，却没有写哪个时限；请补上 clock"),
    ("empty_word", r"a word that is not empty", "有空的提示词；请填写或删去"),
    ("too_large", r"a file of at most (\d+) kB; this one has (\d+)", r"文件有 \2 kB，太大；机制文件最多 \1 kB"),
    ("too_many", r"at most (\d+) parts once its aliases.*", r"展开引用（*）后内容太多；最多 \1 项"),
    ("no_parts", r"parts such as meta, posts, facts, routing", "不是机制文件；请写 meta、posts、facts、routing 等部分"),
    ("no_meta", r"meta: id, name, name_en, version", "没有名称与版本；请填写 meta 的 id、name、name_en、version"),
    ("not_utf8", r"text in UTF-8(?: without control characters)?(?: \((\w+)\))?", "不是UTF-8文字或有控制字符；请另存为UTF-8"),
    ("toml", r"TOML: (.+)", r"TOML写法有误（\1）；请按行号改正"),
    ("missing", r"Object missing required field `(.+)`", r"缺少“\1”；请补上"),
    ("unknown_field", r"Object contains unknown field `(.+)`", r"没有“\1”这个栏目；请改正拼写或删去"),
    ("choice", r"Invalid enum value '?(.+?)'?", r"“\1”不是可以用的值；请从本栏目的可选值里选一个"),
    ("type", r"Expected `(.+?)`, got `(.+)`", r"类型不对：应为\1，现在是\2；请改正"),
    ("type", r"Expected `(.+)`", r"应为\1；请改正"),
    ("yaml", r"(?:found|could not find|did not find|mapping values|while|expected|control|block|unacceptable|sequence|invalid).*",
     lambda f: f"YAML写法有误（{f[0]}）；请检查缩进、冒号、引号和括号"),
)  # fmt: skip
"""Code, what the check composed, what is wrong and the cure in Chinese."""


@cache
def read(expected: str) -> tuple[str, str]:
    """Return the code of a sentence and the sentence in Chinese."""
    for code, pattern, zh in SENTENCES:
        found = re.fullmatch(pattern, expected, re.DOTALL)
        if found:
            said = zh(found) if callable(zh) else found.expand(zh)
            return code, said
    wanted, mark, got = expected.rpartition(" instead of ")
    if mark:
        code = re.sub(r"\W+", "_", re.sub(r"\(.*\)", "", wanted)).strip("_").lower()
        return f"not_{code}"[:60], f"“{got}”不对；应为{_wanted(wanted)}，请改正"
    return "other", f"应为 {expected}"


def place(finding: Mapping[str, Any], lang: str) -> str:
    """Return where a finding stands, in words: part, number and name of the row, and what of it."""
    path = str(finding.get("path") or "")
    found = re.match(r"([^.\[]*)(?:\[(\d+)\])?\.?(.*)", path)
    part, index, inner = found.groups() if found else ("", "", "")
    name = str(finding.get("name") or "")
    words = label(PARTS, part, lang) if part else ""
    if index:
        row = int(index) + 1
        words += pick((f"第{row}行", f", row {row}"), lang) + (
            pick((f"（{name}）", f" ({name})"), lang) if name else ""
        )
    if inner:
        of = re.split(r"[.\[\]]+", inner)[0]
        words += pick(("的", ", "), lang) + label(WORDS, of, lang)
    line = pick((f"第{finding.get('line')}行", f"line {finding.get('line')}"), lang)
    return pick((f"{line}，{words}", f"{line}: {words}"), lang) if words else line


def shown(finding: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return a finding as people read it: with its code, its place in words, and what was expected in their language."""
    expected = str(finding.get("expected") or "")
    code, zh = read(expected)
    return {**finding, "code": code, "place": place(finding, lang), "expected": expected if lang == "en" else zh}
