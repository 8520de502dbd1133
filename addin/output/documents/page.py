"""The one-page picture of the programme: one HTML file that needs nothing else, for screen, paper and screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape as _escape

from addin.output.documents.legal import legal
from addin.output.documents.svg import CHART_STYLE, figures_of, finding, legend, svg
from workbook.documents.figures import Figure
from workbook.documents.highlight_page import HighlightPage


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
        f'<meta name="color-scheme" content="light dark"><title>{title}</title>'
        f"<style>{CHART_STYLE}{_STYLE}</style></head>\n"
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
        yield f"<p>{escape(finding(figure))}</p></figcaption>"
        yield svg(figure)
        items = "".join(f"<li>{sample}{escape(name)}</li>" for sample, name in legend(figure))
        yield f'<ul class="legend">{items}</ul>'
        yield f'<details><summary>Figures of this chart<span class="unseen">: {escape(figure.title)}</span></summary>'
        yield _table(figure)
        yield "</details></figure>"
    yield "</div></section>"


def _table(figure: Figure) -> str:
    head, rows = figures_of(figure)
    heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in head)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table>"


def _row(cells: Sequence[str]) -> str:
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
:root{--ink:#1b2a30;--paper:#fff;--card:#eef4f6;--line:#b4c2c8;--accent:#1f4e5f}
@media (prefers-color-scheme:dark){:root{--ink:#eef3f5;--paper:#12191d;--card:#1d282e;--line:#4f6068;--accent:#9fd0e2}}
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
details{margin-top:.3rem}summary{cursor:pointer;color:var(--accent);text-decoration:underline}
table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{border-bottom:1px solid var(--line);text-align:left;padding:.15rem .4rem;font-weight:400}
thead th{font-weight:700}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
@media (forced-colors:active){:root{--line:GrayText;--ink:CanvasText}
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
