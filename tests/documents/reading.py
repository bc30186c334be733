"""Reading a PDF back without our code: where each stroke of text stands, in which size, and the level rules."""

import io
import re
from typing import NamedTuple

import pikepdf

MM = 72 / 25.4
HEIGHT = 841.8898
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


class Stroke(NamedTuple):
    page: int
    x: float
    y: float
    size: float
    text: str

    @property
    def top(self):
        """Upper edge of the em-box, in millimetres from the upper edge of the paper."""
        return (HEIGHT - self.y - 0.88 * self.size) / MM


class Rule(NamedTuple):
    page: int
    x0: float
    x1: float
    y: float
    thick: float


def strokes_and_rules(pdf):
    strokes, rules = [], []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            fonts = {str(k): _unicode(v) for k, v in page.Resources.get("/Font", {}).items()}
            font, size, place, begin, thick = "", 0.0, (0.0, 0.0), (0.0, 0.0), 1.0
            for operands, operator in pikepdf.parse_content_stream(page):
                op = str(operator)
                if op == "Tf":
                    font, size = str(operands[0]), float(operands[1])
                elif op == "Tm":
                    place = float(operands[4]), float(operands[5])
                elif op == "Tj":
                    codes = bytes(operands[0])
                    text = "".join(fonts[font][codes[i : i + 2]] for i in range(0, len(codes), 2))
                    strokes.append(Stroke(number, *place, size, text))
                elif op == "w":
                    thick = float(operands[0])
                elif op == "m":
                    begin = float(operands[0]), float(operands[1])
                elif op == "l" and abs(float(operands[1]) - begin[1]) < 0.01:
                    rules.append(Rule(number, begin[0], float(operands[0]), begin[1], thick))
    return strokes, rules


def _unicode(font):
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in pairs}
