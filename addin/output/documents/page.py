"""The one-page picture of the programme: one HTML file that needs nothing else, for screen, paper and screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape as _escape

from addin.output.documents.legal import legal
from addin.output.documents.svg import svg
from workbook.documents.figures import Figure, Role
from workbook.documents.highlight_page import HighlightPage
from workbook.documents.words import day
from workbook.model.cells import show


def page(found: HighlightPage) -> bytes:
    """The page as a file, the same bytes for the same contents.

    Args:
        found: the contents.
    """
    about = found.about
    title = escape(f"{about.title}: {about.programme}, {about.day}")
    body = "".join((*_head(found), *_status(found), *_charts(found), *_decisions(found), *_foot(found)))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="color-scheme" content="light dark"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f'<body><a class="skip" href="#main">To the contents</a>{body}</body>\n</html>\n'
    ).encode()


def escape(words: str) -> str:
    """Text as a page shows it.

    Args:
        words: any text; signs that a page can't hold are left out.
    """
    return _escape(legal(words))


def _head(found: HighlightPage) -> Iterator[str]:
    about = found.about
    yield (
        f"<header><p>{escape(about.provider)} · {escape(about.board)}</p><h1>{escape(about.title)}</h1>"
        f"<p>{escape(about.programme)}, as of {escape(about.day)} · {about.status} · {escape(about.classification)}</p>"
        '</header><main id="main" tabindex="-1">'
    )


def _status(found: HighlightPage) -> Iterator[str]:
    yield '<section aria-labelledby="status"><h2 id="status">How it stands</h2><ul class="cards">'
    for line in found.status:
        yield (
            f'<li><h3>{escape(line.part)}</h3><p class="state">{escape(line.now)}</p>'
            f"<p>{escape(line.why)}</p><p>Last time: {escape(line.before)}</p></li>"
        )
    yield "</ul></section>"


def _charts(found: HighlightPage) -> Iterator[str]:
    if not found.figures:
        yield "<section><h2>Figures</h2><p>Nothing is recorded yet that could be drawn.</p></section>"
        return
    yield '<section aria-labelledby="charts"><h2 id="charts">Figures</h2><div class="charts">'
    for figure in found.figures:
        yield f"<figure><figcaption><h3>{escape(figure.title)}</h3>"
        yield f"<p>{escape(_first_sentence(figure))}</p></figcaption>"
        yield svg(figure)
        yield _legend(figure)
        yield f'<details><summary>Figures of this chart<span class="unseen">: {escape(figure.title)}</span></summary>'
        yield _table(figure)
        yield "</details></figure>"
    yield "</div></section>"


def _first_sentence(figure: Figure) -> str:
    return figure.alternative.split(". ")[0].rstrip(".") + "."


def _legend(figure: Figure) -> str:
    """The names of the columns or of the curves, each beside a sample of its look."""
    if figure.bars:
        keys = [(f"bar b{n % 4}", bars.name) for n, bars in enumerate(figure.bars)]
    else:
        keys, readings = [], 0
        for curve in figure.curves:
            look = f"c{readings % 4}" if curve.role is Role.READINGS else str(curve.role)
            readings += curve.role is Role.READINGS
            keys.append((look, curve.name))
    items = "".join(f"<li>{_sample(look)}{escape(name)}</li>" for look, name in keys)
    return f'<ul class="legend">{items}</ul>'


def _sample(look: str) -> str:
    inside = (
        f'<rect class="{look}" x="1" y="1" width="20" height="8"/>'
        if look.startswith("bar")
        else f'<path class="line {look}" d="M0 5 H22"/>'
        if look != Role.MARKED
        else '<polygon class="marked" points="11,0 16,5 11,10 6,5"/>'
    )
    return f'<svg class="key" viewBox="0 0 22 10" aria-hidden="true" focusable="false">{inside}</svg>'


def _table(figure: Figure) -> str:
    if figure.bars:
        head = ["", *(b.name for b in figure.bars)]
        rows: list[list[str]] = [
            [name, *(show(b.values[n]) for b in figure.bars)] for n, name in enumerate(figure.labels)
        ]
    else:
        head = ["What", "Day", figure.unit or "Value"]
        rows = [
            [c.name, day(d), show(v)]
            for c in figure.curves
            if c.role is not Role.MARKED
            for d, v in zip(c.days, c.values, strict=True)
            if v is not None
        ]
    heads = "".join(f'<th scope="col">{escape(h) or "<span class=unseen>What</span>"}</th>' for h in head)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table>"


def _row(cells: list[str]) -> str:
    first, *others = (escape(c) for c in cells)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{c}</td>" for c in others)}</tr>'


def _decisions(found: HighlightPage) -> Iterator[str]:
    yield '<div class="pair"><section aria-labelledby="asked">'
    yield f'<h2 id="asked">{escape(found.decisions)}</h2>'
    yield f"{_items(f'{w.title}: {w.ask}' for w in found.wanted)}</section>"
    yield f'<section aria-labelledby="risks"><h2 id="risks">{escape(found.risk_counts)}</h2>'
    yield f"{_items(f'{r.where}: {r.risk} ({r.goes_to})' for r in found.risks)}</section></div>"
    yield '<section aria-labelledby="limits"><h2 id="limits">Limits</h2><ul class="limits">'
    for line in found.tolerances:
        yield f"<li><strong>{escape(line.kept)}</strong> {escape(line.what)}: {escape(line.now)}</li>"
    yield "</ul></section>"


def _items(words: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(_cut(w))}</li>" for w in words)
    return f"<ul>{items}</ul>" if items else ""


_LONGEST = 150


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _foot(found: HighlightPage) -> Iterator[str]:
    yield f"</main><footer><p>{escape(found.about.number)} · as of {escape(found.about.day)}</p></footer>"


_STYLE = """
:root{--ink:#1b2a30;--quiet:#4d5a60;--paper:#fff;--card:#eef4f6;--line:#b4c2c8;--accent:#1f4e5f;
--c0:#1f4e5f;--c1:#a3460f;--c2:#4a6b1f;--c3:#6d2f82;--mark:#b00020;--b0:#1f4e5f;--b1:#9db8c2;--b2:#c9772f;--b3:#f3d9bf}
@media (prefers-color-scheme:dark){:root{--ink:#eef3f5;--quiet:#b9c6cc;--paper:#12191d;--card:#1d282e;--line:#4f6068;
--accent:#9fd0e2;--c0:#9fd0e2;--c1:#ffb27d;--c2:#b9dc8a;--c3:#dcaaf0;--mark:#ff8a97;--b0:#9fd0e2;--b1:#3f6473;
--b2:#ffb27d;--b3:#6d4a30}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--paper);color:var(--ink);
font:1rem/1.4 Calibri,Carlito,"Segoe UI",Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;margin:.1rem 0;color:var(--accent)}h2{font-size:1.15rem;margin:1rem 0 .4rem;color:var(--accent)}
h3{font-size:1rem;margin:0}p{margin:.15rem 0}header p,footer p{color:var(--quiet)}
ul{margin:.2rem 0;padding-left:1.1rem}
.cards,.charts,.pair{display:grid;gap:.7rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));
padding:0;margin:0;list-style:none}
.charts{grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}
.cards li,figure{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.6rem;margin:0}
.state{font-weight:700;font-size:1.15rem}
.limits{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
svg{display:block;width:100%;height:auto}
svg text{font-size:10.5px;fill:var(--ink)}
.grid{stroke:var(--line);stroke-width:.6}
.line{fill:none;stroke:var(--quiet);stroke-width:1.4}
.line.c0{stroke:var(--c0);stroke-width:2}.line.c1{stroke:var(--c1);stroke-width:2;stroke-dasharray:7 2}
.line.c2{stroke:var(--c2);stroke-width:2;stroke-dasharray:2 2}.line.c3{stroke:var(--c3);stroke-width:2}
.baseline{stroke-dasharray:5 3}.target{stroke-dasharray:1.5 2.5;stroke-width:2}.limit{stroke-dasharray:8 2 2 2}
.mark.c0{fill:var(--c0)}.mark.c1{fill:var(--c1)}.mark.c2{fill:var(--c2)}.mark.c3{fill:var(--c3)}
.marked{fill:none;stroke:var(--mark);stroke-width:1.8}
.bar{stroke:var(--ink);stroke-width:.8}.b0{fill:var(--b0)}.b1{fill:var(--b1)}.b2{fill:var(--b2)}.b3{fill:var(--b3)}
.legend{display:flex;flex-wrap:wrap;gap:.1rem .9rem;list-style:none;padding:0;font-size:.85rem}
.key{display:inline-block;width:1.5rem;height:.7rem;margin-right:.3rem}
details{margin-top:.3rem}summary{cursor:pointer;color:var(--accent);text-decoration:underline}
table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{border-bottom:1px solid var(--line);text-align:left;padding:.15rem .4rem;font-weight:400}
thead th{font-weight:700}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
@media (forced-colors:active){:root{--c0:CanvasText;--c1:CanvasText;--c2:CanvasText;--c3:CanvasText;--mark:Highlight;
--b0:CanvasText;--b1:Canvas;--b2:GrayText;--b3:Canvas;--line:GrayText;--ink:CanvasText;--quiet:CanvasText}
.cards li,figure{border-color:CanvasText}}
@media (prefers-reduced-motion:reduce){*{scroll-behavior:auto;transition:none;animation:none}}
@page{size:A4;margin:9mm}
@media print{:root{--ink:#000;--quiet:#333;--paper:#fff;--card:#fff;--accent:#1f4e5f}
body{padding:0;font-size:8.6pt;line-height:1.25;max-width:none}
h1{font-size:15pt}h2{font-size:11pt;margin:.4rem 0 .15rem}
details,.skip{display:none}.cards{grid-template-columns:repeat(3,1fr)}.charts,.pair{grid-template-columns:1fr 1fr}
.cards li,figure{padding:.3rem}figure{break-inside:avoid}.charts svg:not(.key){max-height:40mm}
figcaption p{font-size:8pt}
.legend{font-size:7.6pt}}
""".replace("\n", "")
