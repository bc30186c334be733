"""恢复单: one A4 sheet with the eight groups, large enough to be typed from, and the same as a QR code."""

from liaison_app.domain.papers import RecoverySheet
from reports.archive import Identity
from reports.book import Book, Drawn, drawn
from reports.fonts import Styles
from reports.numbers import chinese_date
from reports.strokes import HEIGHT, WIDTH, Strokes, mm

ADVICE = (
    "一、本单可以打开本机数据和备份。请装入信封封好，由单位专人保管，不要拍照，不要放在电脑旁。",
    "二、忘记口令、系统钥匙串丢失或更换硬盘时，在本机运行“恢复”，按顺序输入八组字符，再设新口令。",
    "三、每组五个字符，只用数字2至9和大写字母，没有0、1、I、L、O；输错一组，程序会指出是第几组。",
    "四、拿到本单和这台电脑的人就能打开数据；本单遗失或被他人看过的，请立即告知管理员。",
)
LEFT = 20 * mm


class _Sheet(Strokes):
    def draw(self, sheet: RecoverySheet) -> None:
        self.mark(self.tag("H1"))
        self.put_centre("恢　复　单", WIDTH / 2, HEIGHT - 34 * mm, "biao", 26, bold=self.display_bold)
        self.mark(self.tag("P"))
        self.put_centre("（密封保管）", WIDTH / 2, HEIGHT - 48 * mm, "hei", 12)
        top = HEIGHT - 64 * mm
        for caption, value in (("区县", sheet.district), ("单位", sheet.body), ("建立人", sheet.person),
                               ("建立日期", chinese_date(sheet.date))):  # fmt: skip
            self.mark(self.tag("P"))
            lines, size = self.fitted(f"{caption}：{value}", "song", 12, self.area - 48 * mm, 1)
            for line in lines:
                self.line(line, LEFT + 6 * mm, top, size)
            top -= 8 * mm
        self.qr(
            self.tag("Figure"), "LD1|recovery|" + "-".join(sheet.groups), self.right - 40 * mm, top + 36 * mm, 34 * mm
        )
        top -= 10 * mm
        width, height = self.area / 4, 24 * mm
        listed = self.tag("L")
        for i, group in enumerate(sheet.groups):
            x, y = LEFT + (i % 4) * width, top - (i // 4) * height
            self.frames([(x, y - height, width, height)], 0.8)
            self.mark(listed.add("LI").add("LBody"))
            self.put(f"第{i + 1}组", x + 2.5 * mm, y - 3 * mm, "song", 9)
            self.put_centre(" ".join(group), x + width / 2, y - 10.5 * mm, "hei", 19)
        top -= (len(sheet.groups) + 3) // 4 * height + 12 * mm
        for words in ADVICE:
            self.mark(self.tag("P"))
            for line in self.lines([(words, "song")], 11.5, self.area - 4 * mm):
                self.line(line, LEFT + 2 * mm, top, 11.5)
                top -= 11.5 * 1.5
            top -= 2 * mm
        self.mark(self.tag("P"))
        self.put("保管人：　　　　　　　　", LEFT + 6 * mm, top - 10 * mm, "song", 12)
        self.put("日期：　　　　年　　月　　日", LEFT + 90 * mm, top - 10 * mm, "song", 12)
        self.book.show_page()


def draw_sheet(sheet: RecoverySheet, fonts: Styles) -> Drawn:
    """Return the recovery sheet as PDF; what it says is never attached as data."""

    def draw(book: Book) -> None:
        _Sheet(book, left=LEFT, area=WIDTH - 2 * LEFT, top=book.tags.root.add("Sect")).draw(sheet)

    return drawn(Identity(title="恢复单", date=sheet.date), fonts, draw)
