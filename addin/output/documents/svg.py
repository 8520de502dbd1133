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

_WIDE, _HIGH = 360, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 352, 8, 148
_SHAPES = ("circle", "square", "triangle", "diamond")
#: The least distance between two names of columns, in units of the picture.
_APART = 44


def svg(figure: Figure) -> str:
    """The picture, with its finding as what is read out.

    Args:
        figure: what to draw.

    Returns:
        An `svg` element, to stand within a page.
    """
    inside = "".join(_columns(figure) if figure.bars else _curves(figure))
    said = escape(legal(figure.alternative))
    return f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{said}" focusable="false">{inside}</svg>'


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
        x, y = points[-1]
        yield _text(x, (y or 0) - 3, curve.name, "end")


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
    value = low
    while value <= high + unit / 100:
        y = down(value)
        yield f'<line class="grid" x1="{_LEFT}" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(_LEFT - 4, y + 3.5, f"{value:g}", "end")
        value = round(value + unit, 9)


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
