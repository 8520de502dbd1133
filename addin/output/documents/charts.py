"""Charts as Word's own parts: readable without colour, described in words, drawn anew by whoever opens the document.

Source: ECMA-376 part 1, 21.2 (DrawingML charts). The same figure gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from addin.output.documents.legal import legal
from workbook.documents.chart_scale import day_scale, value_scale
from workbook.documents.figures import Bars, Curve, Figure, Role

_EMU = 360_000  # to the cm
_CONTENT = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
#: How high a chart is, beside its width.
_HIGH = 0.42
COLOURS = ("1F4E5F", "B5541C", "5B7F2B", "7A3E8E", "4A4A4A")
_MARKS = ("circle", "square", "triangle", "diamond", "x")
#: Marks around the points that a rule singles out, one for each rule.
_SIGNS = ("diamond", "square", "triangle", "circle")
_DASHES = ("solid", "solid", "sysDash", "solid", "lgDash")
_INK, _QUIET, _LINE = "1B2A30", "595959", "D9E1E4"
#: Grey tones that stand apart on paper, from dark to light, each with a frame.
_FILLS = ("1F4E5F", "9DB8C2", "C9772F", "F3D9BF")
_LINES = {
    Role.BASELINE: ("dash", 12700),
    Role.TARGET: ("sysDot", 19050),
    Role.CENTRE: ("solid", 9525),
    Role.LIMIT: ("lgDashDot", 9525),
}
#: The first day that Word counts, by which it numbers days.
_EPOCH = dt.date(1899, 12, 30)


class Picture:
    """A chart as docxtpl puts it into a paragraph.

    Args:
        template: the template that is being rendered.
        figure: what to draw.
        width_cm: how wide.
    """

    def __init__(self, template: Any, figure: Figure, width_cm: float) -> None:
        self.template, self.figure, self.width_cm = template, figure, width_cm

    def __html__(self) -> str:
        owner = self.template.current_rendering_part
        package = owner.package
        name = package.next_partname("/word/charts/chart%d.xml")
        part = Part(PackURI(str(name)), _CONTENT, chart_xml(self.figure).encode(), package)
        relation = owner.relate_to(part, f"{_RELATION}/chart")
        wide, high = round(self.width_cm * _EMU), round(self.width_cm * _HIGH * _EMU)
        title = quoteattr(legal(f"Chart {self.figure.id}"))
        inline = (
            f'<wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="1" name={title} descr={quoteattr(legal(self.figure.alternative))}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
            f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATION}" r:id="{relation}"/>'
            "</a:graphicData></a:graphic></wp:inline>"
        )
        return f'</w:t></w:r><w:r><w:drawing>{inline}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def chart_xml(figure: Figure) -> str:
    """The chart's part: columns where the figure has bars, else curves over time.

    Args:
        figure: what to draw.
    """
    area = _columns(figure) if figure.bars else _curves(figure)
    legend = (
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/>' + _text(_INK) + "</c:legend>"
        if len(figure.bars) > 1 or len(figure.curves) > 1
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}" xmlns:r="{_RELATION}"><c:date1904 val="0"/>'
        '<c:lang val="en-GB"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{area}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>" + _text(_INK) + "</c:chartSpace>"
    )


# -- curves over time -------------------------------------------------------------------------------------------------


def _curves(figure: Figure) -> str:
    series = "".join(_curve(n, *numbered) for n, numbered in enumerate(_numbered(figure.curves)))
    days = [d for c in figure.curves for d in c.days]
    values = [v for c in figure.curves for v in c.values if v is not None]
    first, last, step = day_scale(min(days), max(days))
    low, high, unit = value_scale(min(values), max(values))
    scale = (_number(first), _number(last), step)
    return (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f'{series}<c:axId val="1"/><c:axId val="2"/></c:scatterChart>'
        + _axis("1", "2", "b", scale, "d mmm", "")
        + _axis("2", "1", "l", (low, high, unit), "General", figure.unit)
    )


def _numbered(curves: Sequence[Curve]) -> Iterator[tuple[Curve, int, int]]:
    """Each curve, with how many of readings and how many of marked points came before."""
    readings = marked = 0
    for curve in curves:
        yield curve, readings, marked
        readings += curve.role is Role.READINGS
        marked += curve.role is Role.MARKED


def _curve(number: int, curve: Curve, readings: int, marked: int) -> str:
    if curve.role is Role.READINGS:
        colour, dash = COLOURS[readings % len(COLOURS)], _DASHES[readings % len(_DASHES)]
        look = _stroke(colour, 19050, dash) + _marker(_MARKS[readings % len(_MARKS)], 5, colour, colour)
    elif curve.role is Role.MARKED:
        sign = _SIGNS[marked % len(_SIGNS)]
        look = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>" + _marker(sign, 10, None, "B00020")
    else:
        dash, width = _LINES[curve.role]
        look = _stroke(_QUIET, width, dash) + '<c:marker><c:symbol val="none"/></c:marker>'
    labels = _label_at_end(len(curve.days) - 1) if curve.role in (Role.BASELINE, Role.TARGET) else ""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(curve.name)}{look}{labels}'
        f"<c:xVal>{_literal([_number(d) for d in curve.days], 'd mmm yyyy')}</c:xVal>"
        f'<c:yVal>{_literal(curve.values)}</c:yVal><c:smooth val="0"/></c:ser>'
    )


def _label_at_end(at: int) -> str:
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="{}"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    return (
        f'<c:dLbls><c:dLbl><c:idx val="{at}"/><c:dLblPos val="t"/>{shown.format(1)}</c:dLbl>{shown.format(0)}</c:dLbls>'
    )


# -- columns ----------------------------------------------------------------------------------------------------------


def _columns(figure: Figure) -> str:
    grouping, overlap = ("stacked", 100) if figure.stacked else ("clustered", -10)
    series = "".join(_column(n, bars, figure.labels) for n, bars in enumerate(figure.bars))
    tops = [sum(v) for v in zip(*(b.values for b in figure.bars), strict=True)] if figure.stacked else []
    highest = max(tops or [v for b in figure.bars for v in b.values])
    low, high, unit = value_scale(0, highest, whole=all(v == int(v) for b in figure.bars for v in b.values))
    return (
        f'<c:barChart><c:barDir val="col"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/><c:overlap val="{overlap}"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>' + _line(_QUIET) + _text(_INK) + '<c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        + _axis("2", "1", "l", (low, high, unit), "General", figure.unit, "between")
    )


def _column(number: int, bars: Bars, labels: Sequence[str]) -> str:
    fill = _FILLS[number % len(_FILLS)]
    look = (
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="9525"><a:solidFill>'
        f'<a:srgbClr val="{_INK}"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>'
    )
    points = "".join(f'<c:pt idx="{n}"><c:v>{escape(legal(words))}</c:v></c:pt>' for n, words in enumerate(labels))
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(bars.name)}{look}'
        f'<c:cat><c:strLit><c:ptCount val="{len(labels)}"/>{points}</c:strLit></c:cat>'
        f"<c:val>{_literal(bars.values)}</c:val></c:ser>"
    )


# -- pieces -----------------------------------------------------------------------------------------------------------


def _number(day: dt.date) -> int:
    return (day - _EPOCH).days


def _name(words: str) -> str:
    return f"<c:tx><c:v>{escape(legal(words))}</c:v></c:tx>"


def _literal(values: Sequence[float | None], form: str = "General") -> str:
    """Numbers that stand in the chart itself; one that is missing leaves a gap."""
    points = "".join(f'<c:pt idx="{n}"><c:v>{v:.10g}</c:v></c:pt>' for n, v in enumerate(values) if v is not None)
    return f'<c:numLit><c:formatCode>{form}</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'


def _line(colour: str, width: int = 9525, dash: str = "solid") -> str:
    return (
        f'<c:spPr><a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/></a:ln></c:spPr>'
    )


def _stroke(colour: str, width: int, dash: str) -> str:
    return _line(colour, width, dash)


def _marker(symbol: str, size: int, fill: str | None, edge: str) -> str:
    inside = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/><c:spPr>{inside}<a:ln w="15875"><a:solidFill>'
        f'<a:srgbClr val="{edge}"/></a:solidFill></a:ln></c:spPr></c:marker>'
    )


def _text(colour: str) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="{colour}"/>'
        '</a:solidFill><a:latin typeface="Calibri"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


def _axis(
    own: str,
    other: str,
    side: str,
    scale: tuple[float, float, float],
    form: str,
    title: str,
    between: str = "midCat",
) -> str:
    """An axis of numbers: its ends, its step, and how the numbers look."""
    low, high, step = scale
    named = (
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" '
        f'b="0"/></a:pPr><a:r><a:rPr lang="en-GB" sz="900" b="0"/><a:t>{escape(legal(title))}</a:t></a:r></a:p>'
        "</c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
        if title
        else ""
    )
    grid = f"<c:majorGridlines>{_line(_LINE, 6350)}</c:majorGridlines>" if side == "l" else ""
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/><c:max val="{high:.10g}"/>'
        f'<c:min val="{low:.10g}"/></c:scaling><c:delete val="0"/><c:axPos val="{side}"/>{grid}{named}'
        f'<c:numFmt formatCode="{form}" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{_line(_QUIET)}{_text(_INK)}<c:crossAx val="{other}"/><c:crosses val="min"/>'
        f'<c:crossBetween val="{between}"/>'
        f'<c:majorUnit val="{step:.10g}"/></c:valAx>'
    )
