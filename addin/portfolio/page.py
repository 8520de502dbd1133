"""`portfolio.html`: one page that needs nothing else. Funnels with their tables, ranked, and a box to filter by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from zlib import crc32

from addin.portfolio.portfolio import Portfolio, Reading
from addin.portfolio.ranking import Top
from workbook.answers.portfolio import WITHHELD, Kind, Line
from workbook.model.catalogue import RULES_VERSION
from workbook.model.triggers import STATE_WORDS, State
from workbook.rules.funnel import ALARM, BEYOND_2, BEYOND_3, WARNING, Funnel

_WIDE, _HIGH, _EDGE = 640, 260, 44
#: So many rows a table shows, and so many points a chart.
MOST_ROWS, MOST_POINTS = 1_000, 1_500
_RANK = {BEYOND_3: 0, BEYOND_2: 1}
_STATES = {state.value: words for state, words in STATE_WORDS.items()}
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1F2A44;background:#fff;margin:2rem auto;max-width:72rem;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem}p{color:#4A5568}
table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;color:#4A5568}
th{background:#8E2633;color:#fff;text-align:left}td,th{padding:.3rem .6rem;border-bottom:1px solid #C9D1DB}
.out td:last-child{font-weight:bold;color:#7A1F10}input{font:inherit;padding:.4rem;width:20rem}
svg{width:100%;height:auto;max-width:40rem}@media print{input,label{display:none}}
"""
_SCRIPT = """
document.getElementById("filter").addEventListener("input",e=>{const w=e.target.value.toLowerCase();
document.querySelectorAll("tbody tr").forEach(r=>{r.hidden=!r.textContent.toLowerCase().includes(w)})});
"""


class Page:
    """The page, as workbooks come.

    Args:
        whole: all workbooks.
    """

    def __init__(self, whole: Portfolio) -> None:
        self._whole = whole
        self._asking = Top(MOST_ROWS)
        self._measures = {measure: _Measure() for measure in sorted(whole.funnels)}

    def take(self, reading: Reading) -> None:
        """Takes what a workbook gave."""
        name = reading.found.name
        for t in reading.told["triggers"]:
            due = t["due"] or ""
            row = name, t["service"], t["trigger"], t["role"], due, _STATES[t["state"]]
            self._asking.add((t["state"] != State.RAISED.value, due or "9999"), row)
        for line in reading.lines:
            if line.kind in (Kind.SHARE, Kind.RATE) and line.measure in self._measures:
                self._measures[line.measure].take(name, line)

    def finish(self) -> bytes:
        """The page's bytes."""
        whole, counts = self._whole, self._whole.counts
        named = "Names of who acts are in it." if whole.names else ""
        said = (
            f"{counts['read']:,} of {counts['found']:,} workbooks were read; {counts['problems']:,} could not be used. "
            f"Rules version {RULES_VERSION}. {named}"
        )
        headers = ("Workbook", "Service", "Trigger", "Role", "Due", "State")
        parts = [
            f"<h1>Portfolio as of {escape(whole.as_of)}</h1>",
            f"<p>{said}</p>",
            '<p><label>Show only rows with <input id="filter" type="search"></label></p>',
            "<h2>What asks for action</h2>",
            _table(headers, self._asking.ranked(), self._asking.count),
            *(measure.shown(name, whole.funnels[name]) for name, measure in self._measures.items()),
            *_problems(whole),
        ]
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>Portfolio</title>'
            f"<style>{_STYLE}</style></head><body>{''.join(parts)}<script>{_SCRIPT}</script></body></html>"
        )
        return page.encode()


class _Measure:
    """One measure of all services: a table, and a chart of those beyond the limits and a fair sample of the others."""

    def __init__(self) -> None:
        self.rows, self.points = Top(MOST_ROWS), Top(MOST_POINTS)

    def take(self, name: str, line: Line) -> None:
        rank = _RANK.get(line.state, 2)
        self.rows.add((rank, name, line.service), (name, line))
        if line.denominator and line.value is not None:
            # By a digest of its name: no part of the alphabet is preferred, and the sample is always the same.
            self.points.add((rank, crc32(f"{name} {line.service}".encode())), (name, line))

    def shown(self, measure: str, found: Funnel) -> str:
        lines = self.rows.ranked()
        rows = [
            (name, x.service, x.phase, *_figures(x), WITHHELD if x.withheld else x.state or "nothing counted")
            for name, x in lines
        ]
        out = [x.state in _RANK for _, x in lines]
        headers = ("Workbook", "Service", "Phase", "Value", "Of", "Lower", "Upper", "Beside the others")
        told = f"All together: {_shown(found.mean, found)}. {_dispersed(found)}"
        # Where too little was counted to say anything of anybody, a chart would only seem to.
        chart = _chart(self.points.as_they_came(), found, measure) if found.dispersion is not None else ""
        if chart and self.points.count > MOST_POINTS:
            told += f" The chart shows {MOST_POINTS:,} of {self.points.count:,}, those beyond the limits first."
        title = escape(measure[:1].upper() + measure[1:])
        return f"<h2>{title}</h2><p>{told}</p>{chart}{_table(headers, rows, self.rows.count, out)}"


def _dispersed(found: Funnel) -> str:
    if found.dispersion is None:
        return "Too little was counted, or nothing differs: no service is set beside the others."
    said = f"Limits are 2σ; the chart has 3σ besides. Over-dispersion {found.dispersion:.1f}: "
    if found.dispersion <= 1.5:
        return f"{said}services differ about as chance lets them."
    return f"{said}services differ by more than chance, for reasons of their own; the limits are too narrow for these."


def _figures(line: Line) -> tuple[str, ...]:
    def text(n: float | None) -> str:
        return "" if n is None else f"{n:.2f}".rstrip("0").rstrip(".")

    return text(line.value), text(line.denominator), text(line.lower), text(line.upper)


def _shown(value: float, found: Funnel) -> str:
    return f"{100 * value:.0f}%" if found.share else f"{value:.2f}"


def _chart(lines: Sequence[tuple[str, Line]], found: Funnel, measure: str) -> str:
    """The funnel: value against how much there was to count."""
    points = [(x.denominator, x.value, name, x) for name, x in lines if x.denominator and x.value is not None]
    if not points:
        return ""
    most = max(d for d, *_ in points)
    top = 1.0 if found.share else max([v for _, v, *_ in points] + [found.limits(max(most / 4, 1), ALARM)[1]]) or 1.0

    def at(x: float, y: float) -> str:
        return (
            f"{_EDGE + (_WIDE - 2 * _EDGE) * x / most:.1f},{_HIGH - _EDGE - (_HIGH - 2 * _EDGE) * min(y / top, 1):.1f}"
        )

    steps = [most * n / 60 for n in range(2, 61)]
    curves = "".join(
        f'<polyline points="{" ".join(at(s, found.limits(s, sigmas)[side]) for s in steps)}" fill="none" '
        f'stroke="#4A5568" stroke-dasharray="{dash}"/>'
        for sigmas, dash in ((WARNING, "6 4"), (ALARM, "2 3"))
        for side in (0, 1)
    )
    dots = "".join(
        f'<circle cx="{place.split(",")[0]}" cy="{place.split(",")[1]}" r="4" '
        f'fill="{"#8E2633" if line.state in _RANK else "#1F5C7A"}">'
        f"<title>{escape(f'{name} {line.service}: {_shown(value, found)} of {d:g}')}</title></circle>"
        for d, value, name, line in points
        for place in (at(d, value),)
    )
    middle = f'<polyline points="{at(0, found.mean)} {at(most, found.mean)}" stroke="#1F2A44" fill="none"/>'
    axis = (
        f'<text x="{_EDGE}" y="{_HIGH - 12}" font-size="12">0</text><text x="{_WIDE - _EDGE}" y="{_HIGH - 12}" '
        f'font-size="12" text-anchor="end">{most:g} counted</text><text x="4" y="{_EDGE}" font-size="12">'
        f"{_shown(top, found)}</text>"
    )
    label = escape(f"Funnel plot of {measure}; the table beneath holds its figures.")
    return f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{label}">{curves}{middle}{dots}{axis}</svg>'


def _problems(whole: Portfolio) -> Iterable[str]:
    yield "<h2>Problems</h2>"
    rows = [tuple(p) for p in whole.problems[:MOST_ROWS]]
    yield _table(("File", "Code", "Message", "What to do"), rows, len(whole.problems))


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]], count: int, out: Sequence[bool] = ()) -> str:
    if not rows:
        return "<p>None.</p>"
    head = "".join(f"<th scope=col>{escape(h)}</th>" for h in headers)
    body = "".join(
        f"<tr{' class=out' if out and out[n] else ''}>{''.join(f'<td>{escape(str(c))}</td>' for c in row)}</tr>"
        for n, row in enumerate(rows)
    )
    few = f"<caption>The first {len(rows):,} of {count:,}; the files beside this page hold all.</caption>"
    told = few if count > len(rows) else ""
    return f"<table>{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
