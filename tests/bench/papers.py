"""Papers against Typst in one run: CPU time of a slip, of 200 in one file, of a first file, of a meeting pack; memory.

Both draw the same words with the same fonts, tagged and as PDF/A; each file is of other words, so that nobody answers
from memory. The slip of Typst is given its QR as a finished picture.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import segno
import typst

import reports
from liaison_app.domain.papers import Cell, Section, Slip, Table
from reports import draw_all, draw_official
from reports.faces import Face
from reports.families import bundled, family, styles
from reports.fonts import StyleFont, Styles
from tests.documents.official_papers import MINUTES, NOTICE, SHEET, TABLE, UPWARD, WORDS

SENTENCE = "你反映的工地夜间打桩噪声扰民问题收悉，经会同区建委现场检查，情况属实，已责令立即停止并依法处理。"
CAPTIONS = ("投诉人", "联系方式", "投诉人地址", "来件时间", "来源", "登记人", "环境要素", "污染源", "发生时段", "影响人数",
            "所属镇街", "紧急程度", "保密要求", "附件")  # fmt: skip
ROUNDS = 15


def slip(n):
    """Return a slip of some 27 places with words of its own."""
    shift = n * 7 % len(SENTENCE)
    small = tuple(Cell(c, SENTENCE[(shift + i) % 30 : (shift + i) % 30 + 6], "third") for i, c in enumerate(CAPTIONS))
    what = (Cell("投诉对象", f"锦绣花园北侧第{n}号工地"), Cell("事发地点", "滨河路10号"))
    return Slip(
        number=f"锦工商移〔2026〕{n}号", case_number=f"锦工商诉〔2026〕{n}号", date="2026-09-30", mechanism="环境污染投诉联络员机制",
        title="环境污染投诉移送单", first_receiver="渝北区工商行政管理分局", addressees=("区环境保护局",), urgent="", demo=False, strict=False,
        received=f"你单位移送的锦工商移〔2026〕{n}号投诉及所附材料已收悉。",
        stub=(
            Cell("投诉人", small[0].value), Cell("联系方式", small[1].value), *what, Cell("移送单位", "渝北区工商行政管理分局"),
            Cell("接收单位", "区环境保护局"), Cell("拟办人", "周敏"), Cell("批准", "何建平"), Cell("移送方式", "传真 2026-09-30 10:20"), Cell("送达确认", ""),
        ),
        sent=(
            *small, *what, Cell("投诉内容", (SENTENCE[shift:] + SENTENCE) * 2, "full"), Cell("移送依据", "第四篇 四（四）1（1）；机械噪声", "full"),
            Cell("配合单位", "区建委、区城管局", "full"), Cell("办理时限", "2026年10月12日18时前书面回复", "full"),
        ),
        receipt=(Cell("接收单位", "区环境保护局"), Cell("签收人及时间", ""), Cell("联系人及电话", ""), Cell("备注", "")),
    )  # fmt: skip


def pack(n):
    """Return a meeting pack of twelve pages: notice, agenda, materials, a report, a table, the minutes."""
    with_words = msgspec.structs.replace
    text = tuple((SENTENCE[(n * 5 + i) % 40 :] + SENTENCE) * 3 for i in range(8))
    rows = tuple(
        (str(i), f"第{n}次联席会议", "完成工地整改并复查", "区建委", WORDS[: 20 + i % 7 * 5]) for i in range(1, 25)
    )
    return [
        with_words(NOTICE, number=f"渝北创模办发〔2026〕{n}号"),
        with_words(SHEET, code="", reprint=""),
        with_words(UPWARD, sections=(*UPWARD.sections, Section(heading="附：调查情况", level=1, text=text))),
        with_words(TABLE, sections=(Section(table=Table(heads=("序号", "会议", "议定事项", "牵头单位", "落实情况"), rows=rows)),), outside=False),
        MINUTES,
    ]  # fmt: skip


def four_fonts():
    """Return styles of four font files: 宋 and 黑 that come with the program, two faces of 霞鹜文楷 for 仿宋 and 小标宋."""
    song, hei = bundled("NotoSerifSC-Regular.otf"), bundled("NotoSansSC-Regular.otf")
    kai = family("kai")
    if not kai:
        return None
    light, strong = (Face(kai[0].path.with_name(f"LXGWWenKai-{w}.ttf")) for w in ("Light", "Bold"))
    return Styles({
        "song": StyleFont("BenchSong", (song, hei)), "hei": StyleFont("BenchHei", (hei, song)),
        "fang": StyleFont("BenchFang", (light, song)), "biao": StyleFont("BenchBiao", (strong, song)),
        "kai": StyleFont("BenchKai", (light, song)),
    })  # fmt: skip


def cpu(job, rounds=ROUNDS):
    """Return the median CPU seconds of a job that is told which round it is."""
    job(0)
    taken = []
    for n in range(1, rounds + 1):
        begin = time.process_time()
        job(n)
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


class Typst:
    """Typst with a compiler that is kept, the same fonts and PDF/A-3b with tags."""

    def __init__(self, folder, name):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        (folder / "paper.typ").write_text((Path(__file__).parent / name).read_text("utf-8"), "utf-8")
        fonts = [str(bundled("NotoSerifSC-Regular.otf").path.parent)]
        fonts += [str(face.path.parent) for face in family("kai")]
        self.compiler = typst.Compiler(
            str(folder / "paper.typ"), root=str(folder), font_paths=fonts, ignore_system_fonts=True
        )

    def draw(self, data, **said):
        (self.folder / "data.json").write_bytes(data)
        inputs = {"round": str(hash(data)), **said}
        made = self.compiler.compile(sys_inputs=inputs, pdf_standards=["a-3b"], timestamp=1790697600)
        assert made.startswith(b"%PDF")
        return made


def of_slips(slips, folder):
    """Return the data of slips for Typst, their QR codes as pictures beside them."""
    said = []
    for one in slips:
        name = f"qr{len(said)}.svg"
        segno.make(f"LD1|slip|{one.number}|12", error="m", mask=2).save(str(folder / name), kind="svg")
        said.append({**msgspec.to_builtins(one), "qr": name})
    return json.dumps(said, ensure_ascii=False).encode()


def of_papers(papers):
    return msgspec.json.encode(papers)


def slips_measured(folder):
    """Yield (name, how many, CPU seconds, limit) of slips: one warm with two and four fonts, 200 in one file."""
    two = styles(True)
    renderer = reports.renderer(bundled_only=True)
    slips = [slip(n) for n in range(200)]
    other = Typst(folder / "slip", "slip.typ")
    given = [of_slips([one], other.folder) for one in slips[: ROUNDS + 1]]

    def drawn(fonts):
        return cpu(lambda n: draw_all([slips[n]], fonts, b"{}"))

    mine = drawn(two)
    yield "slip, warm, two fonts", 1, mine, 0.020
    yield (
        "slip, two fonts, against Typst",
        1,
        mine,
        cpu(lambda n: other.draw(given[n], body="Noto Serif SC", title="Noto Serif SC")),
    )
    if fonts := four_fonts():
        mine = drawn(fonts)
        yield "slip, warm, four fonts", 1, mine, 0.025
        yield "slip, four fonts, against Typst", 1, mine, cpu(lambda n: other.draw(given[n]))
    mine = cpu(lambda n: renderer.render(slips), 3)
    yield "slip, 200 in one PDF", 200, mine, 200 * 0.010
    together = of_slips(slips, other.folder)
    yield "slip, 200 in one PDF, against Typst", 200, mine, cpu(lambda n: other.draw(together + b" " * n), 1)


def pack_measured(folder):
    """Yield the same of a pack of twelve pages and more."""
    renderer = reports.renderer(bundled_only=True)
    packs = [pack(n) for n in range(ROUNDS + 1)]
    pages = draw_official(packs[0], styles(True), b"{}").pages
    mine = cpu(lambda n: renderer.official(packs[n]))
    yield f"meeting pack of {pages} pages", pages, mine, 0.060
    rival = Typst(folder / "pack", "pack.typ")
    given = [of_papers(one) for one in packs]
    yield "meeting pack, against Typst", pages, mine, cpu(lambda n: rival.draw(given[n]))


def fresh():
    """Yield what the first file of a process costs, imports counted, and the memory of a process that draws all of this."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.papers", "fresh"], capture_output=True, text=True, check=True
    )
    first, memory = json.loads(told.stdout)
    yield "first PDF of a process, imports and all", 1, first, 0.350
    yield "peak memory of 200 slips and a pack, MB / 1000", 1, memory / 1000, 0.180


def peak():
    """Return the most memory that this process held, in MB; the kernel's figure for children counts the parent's too."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    reports.renderer().render([slip(1)])
    took = time.process_time()
    reports.renderer().render([slip(n) for n in range(200)])
    reports.renderer().official(pack(1))
    print(json.dumps([took, peak()]))
