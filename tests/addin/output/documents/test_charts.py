"""Charts are Word's own parts: what stands in them is what the rules say, and they are described in words."""

import datetime as dt
import math
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from addin.output.documents.charts import chart_xml
from addin.output.documents.engine import render
from addin.output.documents.places import Template, template_dir
from addin.output.documents.svg import _levels
from tests.support.builders import day
from tests.support.documents_programme import busy_book, material
from workbook.documents.activity_figures import activity_figures
from workbook.documents.catalogue import BY_ID
from workbook.documents.chart_scale import day_scale, value_scale
from workbook.documents.figures import Role, figures, outcome_series

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
EPOCH = dt.date(1899, 12, 30)


def drawn(found=None):
    document = BY_ID["governance-review"]
    path = template_dir() / document.template
    data = render(
        document, document.contents(document, found or material()), Template(path, path.read_bytes(), ours=True)
    )
    with zipfile.ZipFile(BytesIO(data)) as package:
        charts = [package.read(n) for n in sorted(package.namelist()) if n.startswith("word/charts/")]
    return docx.Document(BytesIO(data)), [etree.fromstring(c) for c in charts]


def series_in(chart):
    """Name, days and values of each curve, as they stand in the document."""
    found = {}
    for one in chart.iter(f"{C}ser"):
        name = one.find(f"{C}tx/{C}v").text
        if one.find(f"{C}xVal") is not None:
            days = [EPOCH + dt.timedelta(days=int(v.text)) for v in one.find(f"{C}xVal").iter(f"{C}v")]
            found[name] = (days, [float(v.text) for v in one.find(f"{C}yVal").iter(f"{C}v")])
    return found


def test_limits_and_marked_points_in_the_document_are_those_of_the_rules():
    found = material()
    view = found.view
    _, charts = drawn(found)
    checked = 0
    for series in outcome_series(view):
        trend = series.trend()
        title = f"{series.place}"
        chart = next(c for c in map(series_in, charts) if title in c)
        suffix = ", provisional" if trend.provisional else ""
        for name, value in (("Centre", trend.centre), ("Upper limit", trend.upper), ("Lower limit", trend.lower)):
            assert chart[f"{name}{suffix}"][1] == pytest.approx([value, value])
        for rule in {s.rule for s in trend.signals}:
            words = trend.rules.words(rule)
            marked = chart[words[:1].upper() + words[1:]][0]
            hits = {n for s in trend.signals if s.rule == rule for n in range(s.first, s.last + 1)}
            assert marked == sorted(series.readings[n].date for n in hits)
            checked += 1
        assert chart[title][1] == [float(r.value) for r in series.readings]
    assert checked


def test_the_alternative_text_says_the_finding_first():
    page, charts = drawn()
    pictures = list(page.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == len(charts) == 5
    said = [p.get("descr") for p in pictures]
    assert said[0].startswith("24 support entries in 13 weeks")
    assert any("Better than the baseline" in words and "Baseline 70" in words for words in said)
    assert not [words for words in said if words.lower().startswith(("line chart", "chart", "bar"))]


def test_readings_far_apart_are_not_joined():
    weeks = [day(-70), day(-63), day(-56), day(-49), day(-7), day(0)]
    book = busy_book(OutcomeMeasures=[{}], OutcomeReadings=[{"Date": d, "Value": 70} for d in weeks])
    view = material(book).view
    (figure,) = figures(outcome_series(view), view)
    readings = next(c for c in figure.curves if c.role is Role.READINGS)
    assert readings.values.count(None) == 1
    gap = readings.values.index(None)
    assert readings.days[gap - 1] == day(-49)
    assert readings.days[gap + 1] == day(-7)
    steady = busy_book(OutcomeMeasures=[{}], OutcomeReadings=[{"Date": day(-7 * n), "Value": 70} for n in range(6)])
    view = material(steady).view
    assert None not in figures(outcome_series(view), view)[0].curves[0].values


def test_columns_count_what_the_registers_hold():
    view = material().view
    support, confidence, issues = activity_figures(view)
    assert sum(sum(b.values) for b in support.bars) == 24
    assert len(support.labels) == 13
    assert [b.name for b in confidence.bars] == ["Before", "After"]
    assert sum(sum(b.values) for b in issues.bars) == 4
    assert activity_figures(material(busy_book(SupportLog=(), ImprovementLog=())).view) == []


@pytest.mark.parametrize("name", ['Fees $5 & <x> "y"', "Дом 🏠 שלום", "Oak\x00\ud800 House"])
def test_any_name_can_stand_in_a_chart(name):
    found = material(busy_book(Services=[{"Service name": name}]))
    _, charts = drawn(found)
    assert any(name.replace("\x00\ud800", "") in series_in(c) for c in charts)


def test_nothing_is_told_by_colour_alone():
    """Each curve of readings has a mark of its own, each level a dash of its own, each column a frame."""
    view = material().view
    for figure in [*activity_figures(view), *figures(outcome_series(view), view)]:
        chart = etree.fromstring(chart_xml(figure).encode())
        marks = [m.get("val") for m in chart.iter(f"{C}symbol") if m.get("val") != "none"]
        assert len(marks) == len(set(marks)) or not figure.bars
        if figure.bars:
            assert all(s.find(f"{C}spPr") is not None for s in chart.iter(f"{C}ser"))


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (0, 1), (68, 92), (2.1, 3.6), (-5, 5), (1000, 1001), (4.1, 12.3 / 3), (-4, -4)]
)
def test_axes_hold_what_is_drawn_and_have_few_marks(low, high):
    first, last, step = value_scale(low, high)
    assert first <= low
    assert last >= high
    assert 1 <= (last - first) / step <= 13
    begin, end, days = day_scale(dt.date(2026, 1, 1), dt.date(2026, 1, 1) + dt.timedelta(days=int(high * 10)))
    assert begin.weekday() == 0
    assert (end - begin).days / days <= 8


@pytest.mark.parametrize("value", [4.1, 1e17, -3e12, 0.1])
def test_values_that_are_all_but_the_same_have_an_axis_of_few_marks(value):
    first, last, step = value_scale(value, math.nextafter(value, math.inf))
    assert first <= value <= last
    assert 1 <= (last - first) / step <= 13
    assert len(list(_levels(first, last, step, lambda _: 0.0))) <= 28
