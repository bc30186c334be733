"""The window, the papers and the guide speak as the offices do (OFFICE.md, table D)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ui/**/*.py", "liaison_app/**/*.py", "reports/**/*.py", "resources/mechanisms/M1.yaml", "resources/guide/*.md")
NEVER = (
    "不完整投诉", "暂编号", "创模办/12369", "部门领导", r"(?<!区政府|县政府|管委会)值班室(?!、)", "现场调查记录", r"移送单位建议\(争议\)", r"指定书",
    "紧急投诉报告", r"移送告知(?!单)", r"受理告知(?!单|及时率|2日)", "摘牌记录", "夜间施工证书", "会议材料包", "议定事项跟踪表", "法定人数", "排名",
    "超期", "超时", "入网码", "副本库", "发件箱", "冲突列表", "脱敏", "并单",
)  # fmt: skip
"""What is not said, as patterns; in front of it what makes it right."""
SAID = (
    "要素不全", "补打", "回复", "今日待办", "分管领导", "区创模办", "区政府值班室", "区政府督查室", "现场检查", "现场调查情况", "关于指定移送单位的建议",
    "移送单位指定通知", "紧急投诉情况报告", "移送告知单", "受理告知单", "摘牌审批表", "夜间施工证明", "会议材料汇编", "议定事项落实情况台账", "销号", "请假",
    "满意率", "逾期", "补班", "入网授权码", "待上传", "需核对事项", "查看完整信息（留痕）", "卷宗封面", "卷内文件目录", "卷内备考表", "并案办理", "存根联",
    "回执联", "催办", "督办", "挂牌督办", "首接单位", "议定事项", "上月结转", "无数据", "暂定", "通报",
)  # fmt: skip


@pytest.fixture(scope="module")
def words():
    """Every line of Chinese that the program may show, with its file."""
    files = [file for room in ROOMS for file in ROOT.glob(room)]
    found = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".py":  # docstrings and comments are for those who read the code
            text = re.sub(r'"""[\s\S]*?"""', "", text)
            text = re.sub(r"#.*", "", text)
        found[file.relative_to(ROOT).as_posix()] = text
    return found


@pytest.mark.parametrize("wrong", NEVER)
def test_a_word_that_no_office_uses_stands_nowhere(words, wrong):
    where = {
        name: text[max(0, one.start() - 30) : one.end() + 30]
        for name, text in words.items()
        if (one := re.search(wrong, text))
    }
    assert where == {}


def test_the_words_that_are_right_are_used(words):
    together = "\n".join(words.values())
    assert [word for word in SAID if word not in together] == []
