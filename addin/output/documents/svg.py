"""Charts as pictures within a page of a browser: readable without colour, in light, dark and forced colours.

The look of each piece is a class of the page's style sheet; what is drawn, and its axes, are those of Word's charts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from html import escape

from addin.output.documents.legal import legal
from workbook.documents.chart_scale import day_scale, value_scale
from workbook.documents.figures import Curve, Figure, Role
from workbook.documents.words import day
from workbook.model.cells import show

_WIDE, _HIGH = 360, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 352, 8, 148
_SHAPES = ("circle", "square", "triangle", "diamond")
#: The least distance between two names of columns, in units of the picture.
_APART = 44
#: As high as the letters of a curve's name.
_LETTERS = 10
#: The look of charts and legends, for the style sheet of a page that has the variables --ink and --line.
CHART_STYLE = """
:root{--quiet:#4d5a60;
--c0:#1f4e5f;--c1:#a3460f;--c2:#4a6b1f;--c3:#6d2f82;--mark:#b00020;--b0:#1f4e5f;--b1:#9db8c2;--b2:#c9772f;--b3:#f3d9bf}
@media (prefers-color-scheme:dark){:root{--quiet:#b9c6cc;
--c0:#9fd0e2;--c1:#ffb27d;--c2:#b9dc8a;--c3:#dcaaf0;--mark:#ff8a97;--b0:#9fd0e2;--b1:#3f6473;--b2:#ffb27d;--b3:#6d4a30}}
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
@media (forced-colors:active){:root{--c0:CanvasText;--c1:CanvasText;--c2:CanvasText;--c3:CanvasText;--mark:Highlight;
--b0:CanvasText;--b1:Canvas;--b2:GrayText;--b3:Canvas;--quiet:CanvasText}}
""".replace("\n", "")


def svg(figure: Figure) -> str:
    """The picture, with its finding as what is read out.

    Args:
        figure: what to draw.

    Returns:
        An `svg` element, to stand within a page.
    """
    inside = "".join(_columns(figure) if figure.bars else _curves(figure))
    said = escape(legal(figure.alternative))
    size = f'viewBox="0 0 {_WIDE} {_HIGH}"'
    return f'<svg {size} role="img" aria-label="{said}" focusable="false">{inside}</svg>'


def finding(figure: Figure) -> str:
    """What a figure shows, in one sentence."""
    return figure.alternative.split(". ")[0].rstrip(".") + "."


def legend(figure: Figure) -> list[tuple[str, str]]:
    """The columns or curves of a figure: a small picture of the look of each, and its name."""
    if figure.bars:
        return [(_sample(f"bar b{n % 4}"), bars.name) for n, bars in enumerate(figure.bars)]
    keys, readings = [], 0
    for curve in figure.curves:
        look = f"c{readings % 4}" if curve.role is Role.READINGS else str(curve.role)
        readings += curve.role is Role.READINGS
        keys.append((_sample(look), curve.name))
    return keys


def _sample(look: str) -> str:
    inside = (
        f'<rect class="{look}" x="1" y="1" width="20" height="8"/>'
        if look.startswith("bar")
        else f'<path class="line {look}" d="M0 5 H22"/>'
        if look != Role.MARKED
        else '<polygon class="marked" points="11,0 16,5 11,10 6,5"/>'
    )
    return f'<svg class="key" viewBox="0 0 22 10" aria-hidden="true" focusable="false">{inside}</svg>'


def figures_of(figure: Figure) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """What a picture shows as a table: headings and rows."""
    if figure.bars:
        names = ("What", *(b.name for b in figure.bars))
        return names, [(name, *(show(b.values[n]) for b in figure.bars)) for n, name in enumerate(figure.labels)]
    rows: list[tuple[str, ...]] = [
        (c.name, day(d), show(v))
        for c in figure.curves
        if c.role is not Role.MARKED
        for d, v in zip(c.days, c.values, strict=True)
        if v is not None
    ]
    return ("What", "Day", figure.unit or "Value"), rows


def _curves(figure: Figure) -> Iterator[str]:
    days = [d for c in figure.curves for d in c.days]
    values = [v for c in figure.curves for v in c.values if v is not None]
    first, last, step = day_scale(min(days), max(days))
    low, high, unit = value_scale(min(values), max(values))
    down = _down(low, high)
    span = max((last - first).days, 1)

    def across(day: dt.date) -> float:
        return _LEFT + (day - first).days / span * (_RIGHT - _LEFT)

    yield from _levels(low, high, unit, down)
    mark = first
    while mark <= last:
        yield _text(across(mark), _BOTTOM + 14, f"{mark:%d %b}", "middle")
        mark += dt.timedelta(days=step * 2)
    readings = marked = 0
    for curve in figure.curves:
        points = [
            (across(d), down(v) if v is not None else None) for d, v in zip(curve.days, curve.values, strict=True)
        ]
        if curve.role is Role.MARKED:
            yield from (_mark(_SHAPES[(marked + 1) % 4], x, y, "marked", 6) for x, y in points if y is not None)
            marked += 1
            continue
        number = readings if curve.role is Role.READINGS else None
        yield from _line(curve, points, number)
        readings += number is not None


def _line(curve: Curve, points: list[tuple[float, float | None]], number: int | None) -> Iterator[str]:
    look = f"line c{number % 4}" if number is not None else f"line {curve.role}"
    path, drawing = [], False
    for x, y in points:
        if y is None:
            drawing = False
            continue
        path.append(f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}")
        drawing = True
    yield f'<path class="{look}" d="{" ".join(path)}"/>'
    if number is not None:
        yield from (_mark(_SHAPES[number % 4], x, y, f"mark c{number % 4}", 2.6) for x, y in points if y is not None)
    elif curve.role in (Role.BASELINE, Role.TARGET):
        x, y = points[-1][0], points[-1][1] or 0.0
        yield _text(x, y - 3 if y > _TOP + _LETTERS else y + _LETTERS, curve.name, "end")


def _columns(figure: Figure) -> Iterator[str]:
    tops = [sum(v) for v in zip(*(b.values for b in figure.bars), strict=True)]
    highest = max(tops if figure.stacked else [v for b in figure.bars for v in b.values])
    low, high, unit = value_scale(0, highest, whole=all(v == int(v) for b in figure.bars for v in b.values))
    down = _down(low, high)
    yield from _levels(low, high, unit, down)
    slot = (_RIGHT - _LEFT) / len(figure.labels)
    every = max(1, round(_APART / slot))
    beside = 1 if figure.stacked else len(figure.bars)
    wide = slot * 0.7 / beside
    for n, name in enumerate(figure.labels):
        left, base = _LEFT + slot * n + slot * 0.15, 0.0
        for k, bars in enumerate(figure.bars):
            value = bars.values[n]
            top = down(base + value)
            x = left if figure.stacked else left + wide * k
            size = f'width="{wide:.1f}" height="{down(base) - top:.1f}"'
            yield f'<rect class="bar b{k % 4}" x="{x:.1f}" y="{top:.1f}" {size}/>'
            base += value if figure.stacked else 0
        if n % every == 0:
            yield _text(_LEFT + slot * (n + 0.5), _BOTTOM + 14, _short(name, slot * every), "middle")


def _short(name: str, room: float) -> str:
    signs = max(int(room / 5.4), 5)
    return name if len(name) <= signs else f"{name[: signs - 1]}…"


def _down(low: float, high: float) -> Callable[[float], float]:
    return lambda value: _BOTTOM - (value - low) / ((high - low) or 1) * (_BOTTOM - _TOP)


def _levels(low: float, high: float, unit: float, down: Callable[[float], float]) -> Iterator[str]:
    for n in range(round((high - low) / unit) + 1):
        value = round(low + n * unit, 9)
        y = down(value)
        yield f'<line class="grid" x1="{_LEFT}" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(_LEFT - 4, y + 3.5, f"{value:g}", "end")


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(legal(words))}</text>'


def _mark(shape: str, x: float, y: float, look: str, size: float) -> str:
    if shape == "circle":
        return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{size}"/>'
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    }[shape]
    points = " ".join(f"{x + size * a:.1f},{y + size * b:.1f}" for a, b in corners)
    return f'<polygon class="{look}" points="{points}"/>'
