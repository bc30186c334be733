"""A generator of files as messy as citizens' messages: the same bytes for the same seed."""

import csv
import io
import random

PIECES = (
    "夜间施工噪声很大",
    "饭店油烟直排",
    "垃圾站恶臭难闻",
    "工厂废气刺鼻",
    "广场舞音响扰民",
    "污水直接排入河道",
    "渣土车扬尘",
)
ODD = ("　", "\u00a0", "\u200b", "_x000D_", "\t", "\r\n", "０１２３", "喆", "䶮", "龑", "裡", "說明")


def rows(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Return rows of a made-up platform's export."""
    dice = random.Random(seed)
    made = []
    for i in range(count):
        text = "".join(dice.choice(PIECES) + dice.choice(ODD) for _ in range(dice.randrange(3, 30)))
        at = f"20{dice.randrange(10, 26)}/{dice.randrange(1, 13)}/{dice.randrange(1, 29)} {dice.randrange(24)}:{dice.randrange(60):02d}"
        made.append(
            {"留言编号": str(100_000 + i), "留言用户": f"A{i:06d}", "留言主题": dice.choice(PIECES), "留言时间": at,
             "留言详情": f"\n\t　{text}\n\n", "事发地点": f"锦湖街道湖滨路{dice.randrange(900)}号" if i % 3 else ""}
        )  # fmt: skip
    return made


def csv_bytes(count: int, seed: int = 1, encoding: str = "utf-8") -> bytes:
    """Return a CSV file."""
    out = io.StringIO()
    data = rows(count, seed)
    writer = csv.DictWriter(out, fieldnames=list(data[0]))
    writer.writeheader()
    writer.writerows(data)
    return out.getvalue().encode(encoding)
