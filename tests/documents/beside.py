"""`make papers`: each form as PDF and as .docx drawn by LibreOffice, side by side as pictures in out/papers, places compared.

LibreOffice is given the fonts of the PDF under the names that offices have, so that only the layout differs.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec
import pypdfium2 as pdfium
from PIL import Image

import reports
from liaison_app.domain.papers import Slip
from reports.families import bundled, family
from tests.documents.official_papers import EACH, WORDS
from tests.documents.reading import strokes_and_rules
from tests.documents.test_slip_more import slip

NAMES = {"仿宋_GB2312": "Noto Serif SC", "方正小标宋简体": "Noto Serif SC", "宋体": "Noto Serif SC", "黑体": "Noto Sans SC",
         "楷体_GB2312": "LXGW WenKai"}  # fmt: skip
PAPERS = (
    *(msgspec.structs.replace(p, demo=False) for p in EACH),
    slip(content=WORDS, title="环境污染投诉移送单", urgent="特急"),
)


def drawn_by_libreoffice(papers, folder):
    """Return the PDFs that LibreOffice makes of the .docx files of papers."""
    kai = [face.path.parent for face in family("kai")]
    places = "".join(f"<dir>{p}</dir>" for p in {bundled("NotoSerifSC-Regular.otf").path.parent, *kai})
    same = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(wanted)}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{given}</string></edit></match>'
        for wanted, given in NAMES.items()
    )
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{places}{same}'
        f"<cachedir>{folder}/cache</cachedir></fontconfig>",
        "utf-8",
    )
    files = []
    renderer = reports.renderer(bundled_only=True)
    for paper in papers:
        files.append(folder / f"{form_of(paper)}.docx")
        files[-1].write_bytes(renderer.slip_docx(paper) if isinstance(paper, Slip) else renderer.official_docx(paper))
    ask = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*ask, *map(str, files)], env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
                   check=True, capture_output=True, timeout=240)  # fmt: skip
    return [file.with_suffix(".pdf").read_bytes() for file in files]


def form_of(paper):
    return "slip" if isinstance(paper, Slip) else paper.form


def drawn(paper):
    """Return our PDF of a paper."""
    renderer = reports.renderer(bundled_only=True)
    return (renderer.render([paper]) if isinstance(paper, Slip) else renderer.official([paper])).pdf


def wanted_of(paper):
    """Return the marks of a layout that are looked for: what they are, the words by which they are known."""
    if isinstance(paper, Slip):
        heads = {name: f"（{name}）" for name in paper.parts}
        return {**heads, "opening": paper.opening[:8], "content": paper.sent[-5].value[:6], "limits": "办理时限", "received": "你单位移送的",
                "digits": "校验码", "receipt": "签收人及时间"}  # fmt: skip
    return {
        "mark": paper.issuer[:6], "number": paper.number or "〔2026〕", "title": paper.title[:5], "opening": paper.opening[:8],
        "to": paper.to[0][:3] if paper.to else "", "closing": paper.closing, "annexes": "附件：" if paper.annexes else "",
        "note": paper.note[:5], "copies": "抄送：" if paper.copies else "", "printed": "印发", "box": paper.boxes[0] if paper.boxes else "",
        "first field": paper.fields[0].caption if paper.fields else "", "section": paper.sections[0].heading if paper.sections else "",
    }  # fmt: skip


def places(pdf, paper):
    """Return where the marks of a layout stand: page and upper edge in millimetres, by what they are."""
    strokes, _ = strokes_and_rules(pdf)
    lines = {}
    for s in strokes:
        lines.setdefault((s.page, round(s.y, 0)), []).append(s)
    said = []
    for (page, _), parts in sorted(lines.items(), key=lambda x: (x[0][0], -x[0][1])):
        parts = sorted(parts, key=lambda s: s.x)
        said.append((page, parts[0], "".join(s.text for s in parts).replace(" ", "")))
    found = {}
    for name, words in wanted_of(paper).items():
        words = words.replace(" ", "").replace("　", "")
        hit = next(
            ((page, s.top, s.x * 25.4 / 72) for page, s, text in said if words and words in text.replace("　", "")),
            None,
        )
        if hit:
            found[name] = hit
    return found


def compared(papers, pdfs):
    """Yield (form, what, place on the PDF, place on LibreOffice's): page, upper and left edge in millimetres."""
    for paper, other in zip(papers, pdfs, strict=True):
        own = places(drawn(paper), paper)
        theirs = places(other, paper)
        for name, at in own.items():
            yield form_of(paper), name, at, theirs.get(name)


def pictures(papers, pdfs, folder):
    """Write both of each page side by side."""
    for paper, other in zip(papers, pdfs, strict=True):
        both = [pdfium.PdfDocument(p) for p in (drawn(paper), other)]
        for number in range(min(3, *map(len, both))):
            left, right = (d[number].render(scale=1).to_pil().convert("RGB") for d in both)
            sheet = Image.new("RGB", (left.width + right.width + 8, max(left.height, right.height)), (120, 120, 120))
            sheet.paste(left, (0, 0))
            sheet.paste(right, (left.width + 8, 0))
            sheet.save(folder / f"{form_of(paper)}-{number + 1}.png")
        print(f"{form_of(paper):8} PDF {len(both[0])} pages, LibreOffice {len(both[1])}")


def main():
    if shutil.which("soffice") is None:
        sys.exit("缺少 LibreOffice / LibreOffice is missing: apt-get install libreoffice-writer-nogui")
    out = Path("out/papers")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pdfs = drawn_by_libreoffice(PAPERS, Path(folder))
    pictures(PAPERS, pdfs, out)
    for form, name, own, theirs in compared(PAPERS, pdfs):
        if theirs is None or theirs[0] != own[0]:
            print(f"{form:8} {name:12} page {own[0]}, LibreOffice {theirs and theirs[0]}")
        else:
            print(f"{form:8} {name:12} {theirs[1] - own[1]:+6.1f} mm down {theirs[2] - own[2]:+6.1f} mm right")


if __name__ == "__main__":
    main()
