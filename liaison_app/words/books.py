"""Words of the registers 登记簿 of an office: titles, columns, and the width of each column on paper."""

from typing import Final, Literal

BOOKS: Final[dict[str, tuple[str, str]]] = {
    "outgoing": ("发文登记簿", "Papers sent"), "incoming": ("收文登记簿", "Papers received"),
    "delivery": ("送文登记簿", "Deliveries"), "seal": ("用印登记簿", "Seals"),
}  # fmt: skip
"""The registers with their titles in both languages."""
COLUMNS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "outgoing": (("序号", "No."), ("日期", "Date"), ("发文字号", "Number"), ("文书", "Paper"), ("主送", "To"), ("份数", "Copies"),
                 ("经办人", "By"), ("备注", "Remarks")),
    "incoming": (("序号", "No."), ("收文日期", "Received"), ("收文号", "Our number"), ("来文单位", "From"), ("来文字号", "Their number"),
                 ("事由", "Subject"), ("份数", "Copies"), ("交办时限", "Limit set"), ("承办单位", "Handled by"), ("办理情况", "State")),
    "delivery": (("序号", "No."), ("送文时间", "Sent"), ("移送单编号", "Slip"), ("事由", "Subject"), ("收文单位", "To"),
                 ("方式", "Way"), ("送达确认", "Delivered"), ("签收", "Signed"), ("回执", "Receipt")),
    "seal": (("序号", "No."), ("用印时间", "Sealed at"), ("文号", "Number"), ("文书", "Paper"), ("份数", "Copies"),
             ("批准人", "Allowed by"), ("用印人", "Sealed by")),
}  # fmt: skip
"""Columns of the registers 登记簿 in both languages."""
KINDS: Final[dict[str, tuple[Literal["", "number", "moment"], ...]]] = {
    "outgoing": ("number", "moment", "", "", "", "number", "", ""), "incoming": ("number", "moment", "", "", "", "", "number", "moment", "", ""),
    "delivery": ("number", "moment", "", "", "", "", "", "", ""), "seal": ("number", "moment", "", "", "number", "", ""),
}  # fmt: skip
"""What the columns hold in a workbook; words where nothing is said."""
WIDTHS: Final[dict[str, tuple[float, ...]]] = {
    "outgoing": (0.05, 0.12, 0.19, 0.17, 0.19, 0.05, 0.08, 0.15), "incoming": (0.05, 0.11, 0.09, 0.12, 0.15, 0.16, 0.05, 0.11, 0.09, 0.07),
    "delivery": (0.05, 0.13, 0.15, 0.16, 0.12, 0.08, 0.13, 0.12, 0.06), "seal": (0.06, 0.2, 0.22, 0.2, 0.06, 0.13, 0.13),
}  # fmt: skip
"""Shares of the width that they take on paper."""
