"""恢复单: one A4 sheet with the eight groups, large enough to be typed from, and the same as a QR code."""

from reportlab.pdfgen.canvas import Canvas

from liaison_app.domain.papers import RecoverySheet
from reports.fonts import StyleFont
from reports.strokes import FULL, HEIGHT, LEFT, RIGHT, Drawn, Strokes, drawn, mm

ADVICE = (
    "一、本单可以打开本机数据和备份。请装入信封封好，由单位专人保管，不要拍照，不要放在电脑旁。",
    "二、忘记口令、系统钥匙串丢失或更换硬盘时，在本机运行“恢复”，按顺序输入八组字符，再设新口令。",
    "三、每组五个字符，只用数字2至9和大写字母，没有0、1、I、L、O；输错一组，程序会指出是第几组。",
    "四、拿到本单和这台电脑的人就能打开数据；本单遗失或被他人看过的，请立即告知管理员。",
)


class _Sheet(Strokes):
    def draw(self, sheet: RecoverySheet) -> int:
        canvas = self._canvas
        self._centre("恢　复　单", HEIGHT - 42 * mm, "song", 26, bold=True)
        self._centre("（密封保管）", HEIGHT - 52 * mm, "hei", 12)
        top = HEIGHT - 68 * mm
        for caption, value in (("区县", sheet.district), ("单位", sheet.body), ("建立人", sheet.person),
                               ("建立日期", _date(sheet.date))):  # fmt: skip
            self._put(f"{caption}：{value}", LEFT + 6 * mm, top, "song", 12)
            top -= 8 * mm
        self._qr("LD1|recovery|" + "-".join(sheet.groups), RIGHT - 40 * mm, top + 4 * mm, 34 * mm)
        top -= 8 * mm
        canvas.setLineWidth(0.8)
        width, height = FULL / 4, 24 * mm
        for i, group in enumerate(sheet.groups):
            x, y = LEFT + (i % 4) * width, top - (i // 4 + 1) * height
            canvas.rect(x, y, width, height)
            self._put(f"第{i + 1}组", x + 2.5 * mm, y + height - 6 * mm, "song", 9, grey=0.3)
            spaced = " ".join(group)
            self._centre_at(spaced, x + width / 2, y + 7 * mm, "hei", 19)
        top -= (len(sheet.groups) + 3) // 4 * height + 12 * mm
        for line in ADVICE:
            top = self._text(line, LEFT + 2 * mm, top, FULL - 4 * mm, "song", 11.5) - 2 * mm
        self._put("保管人：　　　　　　　　", LEFT + 6 * mm, top - 14 * mm, "song", 12)
        self._put("日期：　　　　年　　月　　日", LEFT + 90 * mm, top - 14 * mm, "song", 12)
        canvas.showPage()
        return 1


def _date(iso: str) -> str:
    year, month, day = iso[:10].split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def draw_sheet(sheet: RecoverySheet, fonts: dict[str, StyleFont]) -> Drawn:
    """Return the recovery sheet as PDF."""

    def draw(canvas: Canvas) -> int:
        return _Sheet(canvas, fonts).draw(sheet)

    return drawn("恢复单", fonts, draw)
