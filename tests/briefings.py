"""A small briefing with one figure of every form, for tests of what is written of it."""

from dataclasses import replace
from datetime import date, datetime

from dashboard.reports.model import (
    Area,
    Briefing,
    Cell,
    Chart,
    Column,
    Drawing,
    Entry,
    Figure,
    Finding,
    Number,
    Section,
    Sentence,
    Series,
    Source,
    Table,
    Tile,
)

SOURCE = Source(
    "overview_metrics",
    {"place": "tiny", "edition": "2024-12-31-00000000"},
    (("查询", "overview_metrics"), ("版次", "2024-12-31-00000000"), ("数据", "合成样例数据")),
    (("按期结案率", "按期结案件数 ÷ 应结案件数。"),),
)


def share(value: float | None) -> Cell:
    return Cell(value, "share", "—" if value is None else f"{value:.1%}")


def count(value: int) -> Cell:
    return Cell(value, "count", f"{value:,}")


def word(value: str) -> Cell:
    return Cell(value, "text", value)


def table() -> Table:
    columns = (Column("district_name", "区县", False), Column("value", "按期结案率", True), Column("n", "件数", True))
    rows = (
        (word("澜桥区"), share(0.8123), count(1234)),
        (word("鹭汀区"), share(0.7), count(20)),
        (word("=cmd()"), share(None), count(0)),
    )
    return Table(columns, rows)


def figure(form: str, code: str = "") -> Figure:
    """A figure of one form, with the table above."""
    plain = Figure(
        code or form,
        f"各区县按期结案率({form})",
        form,
        table(),
        SOURCE,
        "%",
        "2024年第四季度",
        "注:—为未报。",
        "条形图",
    )
    names = tuple(row[0].shown for row in plain.table.rows)
    rates = Series("按期结案率", tuple(row[1] for row in plain.table.rows), "#0072b2")
    counts = Series("件数", tuple(row[2] for row in plain.table.rows), "#e69f00")
    if form in ("bar", "column", "line"):
        return replace(plain, chart=Chart(form, names, (rates,), "share", "按期结案率", share(0.8)))
    if form == "stacked":
        return replace(
            plain, chart=Chart(form, names, (counts, replace(counts, name="其中", colour="#009e73")), "count", "件数")
        )
    if form == "doughnut":
        return replace(
            plain, chart=Chart(form, names, (counts,), "count", "件数", points=("#0072b2", "#e69f00", "#009e73"))
        )
    if form == "scatter":
        return replace(plain, chart=Chart(form, names, (counts, rates), "share", "按期结案率"))
    if form == "tiles":
        tile = Tile(
            "按期结案率",
            share(0.7567),
            "watch",
            "接近目标",
            share(0.8),
            ("环比 0.0 个百分点(误差内)", "同比 +1.5 个百分点"),
        )
        return replace(
            plain, tiles=(tile, replace(tile, title="满意率", signal="good"), replace(tile, cell=share(None)))
        )
    if form == "map":
        squares = [((x / 3, 0.0), ((x + 0.9) / 3, 0.0), ((x + 0.9) / 3, 1.0), (x / 3, 1.0)) for x in range(3)]
        legend = (Entry("#b2182b", "低于 75%", 1), Entry("#2166ac", "75% 以上", 1), Entry("#d9d9d9", "未报", 1, True))
        areas = tuple(
            Area(f"99010{n}000000", name, (square,), ((n + 0.45) / 3, 0.5), cell, (1, 0, 2)[n])
            for n, (name, square, cell) in enumerate(zip(names, squares, rates.cells, strict=True))
        )
        return replace(plain, drawing=Drawing(areas, legend, 1.5))
    return plain


def briefing(language: str = "zh") -> Briefing:
    """Sections in two chapters with all forms, one sentence each, and one finding."""
    number = Number("75.7%", 0.756742, "overview_metrics", (("metric", "ontime_close_rate"),), "value")
    sentence = Sentence("按期结案率75.7%,低于目标4.3个百分点。", (number,))
    forms = ("tiles", "map", "bar", "column", "line", "stacked", "doughnut", "scatter", "table")
    sections = tuple(
        Section(
            form,
            "总体情况" if place < 3 else "诉求办理",
            f"第{place}节",
            (sentence,),
            (figure(form),),
            "讲稿:先说结论。",
        )
        for place, form in enumerate(forms)
    )
    finding = Finding(
        1,
        "第2节",
        "鹭汀区按期结案率",
        "鹭汀区专班",
        date(2025, 3, 31),
        "2025年3月31日",
        "逐件销号。",
        "open",
        "办理中",
        "按期结案率",
        share(0.7),
        share(0.75),
        False,
    )
    return Briefing(
        "党建引领小区治理工作汇报",
        "2024年第四季度",
        "青澜市",
        "2024-12-31-00000000",
        language,
        "2024年第四季度",
        datetime(2025, 1, 6, 9, 0),
        sections,
        (("地区", "青澜市"), ("版次", "2024-12-31-00000000"), ("区县", "全部"), ("数据", "合成样例数据")),
        "青澜市 · 版次 2024-12-31-00000000 · 合成样例数据",
        "合成样例数据,不涉及真实地区和个人",
        (finding,),
    )
