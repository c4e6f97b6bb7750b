"""Reports as one .html file: no script, nothing loaded from elsewhere, fit for printing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.documents.report import ReportPart, ReportTable

_STYLE = """
:root{color-scheme:light}
body{font-family:"Noto Sans CJK SC","Microsoft YaHei","PingFang SC","SimHei",sans-serif;font-size:15px}
body{color:#1f2933;line-height:1.6;max-width:78rem;margin:0 auto;padding:2rem 1.5rem 4rem;background:#fff}
h1{font-size:1.6rem;text-align:center;margin:0 0 1.5rem}
h2{font-size:1.2rem;margin:2.5rem 0 .6rem;padding-bottom:.3rem;border-bottom:2px solid #3b5b7c}
h3{font-size:1.02rem;margin:1.8rem 0 .4rem}h4{font-size:.92rem;margin:1rem 0 .3rem;color:#52606d}
p{margin:.25rem 0}a{color:#1f5fa8;text-decoration:none}a:hover{text-decoration:underline}
table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:.86rem;margin:.3rem 0 1rem}
th,td{border:1px solid #cbd2d9;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:#eef2f6;font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
tbody tr:nth-child(even){background:#fafbfc}
td.e{color:#a61b1b;font-weight:600}td.w{color:#8a5a00;font-weight:600}td.t{color:#52606d}
summary{cursor:pointer;font-size:.92rem;color:#52606d;margin:.6rem 0 .3rem}
section{content-visibility:auto;contain-intrinsic-size:auto 40rem}
nav{margin:.8rem 0}nav a{display:inline-block;margin:0 .5rem .4rem 0;padding:.15rem .7rem}
nav a{border:1px solid #cbd2d9;border-radius:1rem;font-size:.86rem}
.up{float:right;font-size:.8rem;font-weight:400}
.whole{font-size:.86rem;color:#52606d;margin:.4rem 0}
@media screen and (max-width:52rem){body{padding:1rem .8rem 3rem}section{overflow-x:auto}
table{min-width:54rem}td.e,td.w,td.t{white-space:nowrap}h1{font-size:1.3rem}.up{float:none;margin-left:.8rem}}
@page{size:A4 landscape;margin:12mm 12mm 15mm}
@page{@bottom-center{content:"第 " counter(page) " 页，共 " counter(pages) " 页";font-size:9px;color:#52606d}}
@media print{html{font-size:12px}body{max-width:none;padding:0;font-size:1rem;line-height:1.4}
.up,nav,.whole,#whole{display:none}#whole:not(:checked)~section.d{display:none}
thead{display:table-header-group}th,td{padding:.15rem .3rem}th{overflow-wrap:normal;word-break:keep-all}
h2,h3,h4,summary{break-after:avoid}h2{margin-top:1rem}
tr{break-inside:avoid}section{content-visibility:visible}a{color:inherit}}
"""
_WHOLE = "打印时带上各规则、各单位和各表的明细（不勾只打印总览）"
_TONES = {"错误": "e", "提醒": "w", "提示": "t"}


def html_report(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    """The report as UTF-8 HTML."""
    return "\n".join(_document(title, parts)).encode("utf-8")


def _document(title: str, parts: tuple[ReportPart, ...]) -> Iterator[str]:
    yield '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
    yield f'<body><h1 id="top">{escape(title)}</h1>'
    details = _details(parts)
    if details:
        yield f'<input type="checkbox" id="whole"> <label class="whole" for="whole">{_WHOLE}</label>'
    for number, part in enumerate(parts):
        tag = "h2" if part.level == 1 else "h3"
        anchor = f' id="{escape(part.anchor or f"part-{number}")}"'
        up = '<a class="up" href="#top">回到开头</a>' if number else ""
        kind = ' class="d"' if number in details else ""
        yield f"<section{kind}><{tag}{anchor}>{escape(part.heading)}{up}</{tag}>"
        yield from (f"<p>{escape(line)}</p>" for line in part.lines)
        if number == 0 and len(parts) > 1:
            yield from _contents(parts)
        for at, table in enumerate(part.tables):
            if table.rows:
                yield from _table(table, f"part-{number}-{at}")
        yield "</section>"
    yield "</body></html>"


def _details(parts: tuple[ReportPart, ...]) -> set[int]:
    """The chapters that the first one leads to, by their numbers, and headings that stand only above such."""
    led_to = {n for n, part in enumerate(parts) if n and part.anchor}
    return led_to | {n for n, part in enumerate(parts) if n and n + 1 in led_to and not part.tables}


def _contents(parts: tuple[ReportPart, ...]) -> Iterator[str]:
    """Links to the tables of the first chapter, and to the chapters that no table leads to."""
    tables = [(f"part-0-{at}", table) for at, table in enumerate(parts[0].tables) if table.rows]
    links = [(anchor, f"{table.heading}（{len(table.rows)}）") for anchor, table in tables]
    links += [
        (f"part-{number}", part.heading)
        for number, part in enumerate(parts)
        if number and part.level == 1 and not part.anchor
    ]
    shown = "".join(f'<a href="#{anchor}">{escape(name)}</a>' for anchor, name in links)
    yield f"<nav>{shown}</nav>"


def _table(table: ReportTable, anchor: str) -> Iterator[str]:
    heading = escape(table.heading)
    yield (f"<details><summary>{heading}</summary>" if table.folded else f'<h4 id="{anchor}">{heading}</h4>')
    whole = sum(column.width for column in table.columns)
    widths = "".join(f'<col style="width:{100 * column.width / whole:.1f}%">' for column in table.columns)
    classes = [' class="n"' if column.kind == "number" else "" for column in table.columns]
    names = (escape(column.name) for column in table.columns)
    head = "".join(f"<th{kind}>{name}</th>" for kind, name in zip(classes, names, strict=True))
    yield f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>"
    for number, row in enumerate(table.rows):
        cells = [_cell(text, kind) for text, kind in zip(row, classes, strict=True)]
        if table.links and table.links[number]:
            text, at = escape(row[table.title_column]), table.title_column
            cells[at] = f'<td{classes[at]}><a href="#{escape(table.links[number])}">{text}</a></td>'
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>" + ("</details>" if table.folded else "")


def _cell(text: str, kind: str) -> str:
    tone = _TONES.get(text)
    return f'<td class="{tone}">{text}</td>' if tone else f"<td{kind}>{escape(text)}</td>"
