"""The plan of a master workbook: what holds of every sheet, whatever program draws it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.builders import AS_OF, BASE, PEOPLE, SETTINGS, book, day
from workbook.blueprint import HEADER_ROW, palette, plan_book
from workbook.blueprint.dues import DUES
from workbook.blueprint.guide import READERS, STEPS
from workbook.blueprint.hints import list_name
from workbook.blueprint.model import Formula, Link
from workbook.blueprint.palette import contrast
from workbook.blueprint.start import SETTING, VALUE
from workbook.blueprint.styles import LOOKS, STYLES
from workbook.blueprint.tables import LAST_ROW
from workbook.declare import Area, Kind
from workbook.registers import BY_TABLE, COMPUTED, LISTS, REGISTERS, Actions, People, Programme, RoleBriefs, Services

PLAN = plan_book()
#: In Excel since 2007, and in LibreOffice 7.4.
FUNCTIONS = {
    "AND", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "IF", "IFERROR", "INDEX", "ISNUMBER", "LARGE", "LEFT", "LEN",
    "MATCH", "MAX", "MID", "MIN", "N", "OR", "RIGHT", "ROUND", "ROW", "SEARCH", "SUMIFS", "SUMPRODUCT", "TEXT", "TODAY",
    "VALUE", "WEEKDAY",
}  # fmt: skip


def formulas():
    """Every formula of the workbook with its place."""
    for sheet in PLAN.sheets:
        for put in sheet.puts:
            if isinstance(put.content, Formula):
                yield f"{sheet.name} {put.row},{put.column}", put.content.text
        for rule in sheet.rules:
            yield from ((f"{sheet.name} {rule.span}", t) for t in (rule.low, rule.high) if t.startswith("="))
        for paint in sheet.paints:
            yield f"{sheet.name} {paint.spans[0]}", paint.formula
    yield from PLAN.names.items()


def without_texts(formula):
    return re.sub(r'"[^"]*"', '""', formula)


def filled(**tables):
    given = {name: [row] for name, row in BASE.items()} | {"People": PEOPLE}
    given["Programme"] = [{SETTING: k, VALUE: v} for k, v in SETTINGS.items()]
    return plan_book({**given, **tables})


def sheet_named(plan, name):
    return next(s for s in plan.sheets if s.name == name)


def test_formulas_use_only_functions_that_every_supported_program_has():
    for place, text in formulas():
        used = set(re.findall(r"([A-Z][A-Z.]*)\(", without_texts(text)))
        assert used <= FUNCTIONS, (place, used - FUNCTIONS)


def test_structured_references_are_whole_columns_of_declared_tables():
    known = {r.table: {*r.headers()} for r in BY_TABLE.values()} | {x.table: {x.header} for x in LISTS}
    known[Programme.table] = {SETTING, VALUE}
    for place, text in formulas():
        bare = re.sub(r"'[^']*'!", "", without_texts(text))
        for table, column in re.findall(r"(\w+)\[([^\]]*)\]", bare):
            assert column in known[table], (place, table, column)
        assert "[[" not in bare
        assert "@" not in bare


def test_only_one_cell_looks_at_the_calendar():
    """TODAY is reckoned anew at each change; in a whole column it would make typing slow."""
    cells = [p for s in PLAN.sheets for p in s.puts if isinstance(p.content, Formula) and "TODAY" in p.content.text]
    assert len(cells) == 1
    assert not any("TODAY" in paint.formula for s in PLAN.sheets for paint in s.paints)


@pytest.mark.parametrize("name", [*STYLES, *LOOKS])
def test_every_text_stands_out_from_its_ground(name):
    style = STYLES.get(name) or LOOKS[name]
    needed = 3 if style.size >= 18 or (style.bold and style.size >= 14) else 4.5
    assert contrast(style.ink, style.fill or palette.PAPER) >= needed


def test_looks_say_it_by_more_than_colour():
    for name, look in LOOKS.items():
        if look.fill:
            in_words = name == "well"  # only on cells that say Passed or Complete
            assert look.bold or look.dashed or look.italic or in_words, name


def test_dark_and_light_headings_can_be_told_apart_in_grey():
    for area in Area:
        assert contrast(palette.DARK[area], palette.LIGHT[area]) >= 4.5
    assert contrast(palette.BARS, palette.PAPER) >= 3


def test_contrast_is_reckoned_as_wcag_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


def test_sheets_stand_in_the_order_of_the_work():
    areas = [sheet.area for sheet in PLAN.sheets]
    assert areas == sorted(areas, key=list(Area).index)
    assert PLAN.sheets[0].name == "Start here"


def test_every_register_stands_on_start_here_with_someone_who_fills_it_in():
    told = {step.register for step in STEPS if step.register}
    assert told == {*BY_TABLE.values()}
    for step in STEPS:
        assert {w.strip() for w in step.who.split(",")} <= set(READERS), step


def test_every_sheet_has_its_title_its_purpose_and_a_way_back():
    for sheet in PLAN.sheets[1:]:
        top = [p for p in sheet.puts if p.row < HEADER_ROW]
        assert {sheet.name, sheet.purpose} <= {p.content for p in top if isinstance(p.content, str)}
        assert [p.content.sheet for p in top if isinstance(p.content, Link)] == ["Start here"]
        assert sheet.purpose.endswith((".", "?"))


def test_nothing_stands_beneath_a_table_and_no_register_joins_cells():
    for sheet in PLAN.sheets:
        if sheet.tables:
            assert all(put.row < HEADER_ROW for put in sheet.puts)
            assert all(put.across == 1 for put in sheet.puts)
            ends = [t.column + len(t.headers) for t in sheet.tables]
            assert all(t.column > end for t, end in zip(sheet.tables[1:], ends, strict=False)), "side by side, apart"


def test_only_computed_sheets_are_protected_and_peoples_cells_on_them_are_open():
    computed = {r.sheet for r in COMPUTED} | {"Dashboard", "Training overview"}
    assert {s.name for s in PLAN.sheets if s.computed} == computed
    triggers = sheet_named(PLAN, "Triggers").tables[0]
    for field, body in zip(triggers.fields, triggers.bodies, strict=True):
        assert STYLES[body].locked != field.person_owned


def test_a_drop_down_stands_wherever_its_name_is_known():
    used = {r.low.lstrip("=") for s in PLAN.sheets for r in s.rules if r.low.startswith("=choose_")}
    assert used <= set(PLAN.names)
    assert {list_name(x.table) for x in LISTS if x.table != "HiddenWorkaroundPhrases"} <= used


def test_messages_fit_what_excel_holds():
    for sheet in PLAN.sheets:
        for rule in sheet.rules:
            assert len(rule.title) <= 32
            assert len(rule.hint_title) <= 32
            assert len(rule.error) <= 255
            assert len(rule.hint) <= 255
            assert len(",".join(rule.choices)) <= 255


def test_rules_and_formats_reach_rows_to_come():
    for register in REGISTERS:
        sheet = sheet_named(PLAN, register.sheet)
        assert all(s.bottom == LAST_ROW for paint in sheet.paints for s in paint.spans)
        assert all(r.span.bottom == LAST_ROW for r in sheet.rules if r.span.top > HEADER_ROW)


def test_required_cells_are_marked_all_and_only():
    for register in (Services, People, *REGISTERS):
        sheet = sheet_named(PLAN, register.sheet)
        table = next(t for t in sheet.tables if t.name == register.table)
        paints = [p for p in sheet.paints if p.look == "wanted" and p.spans[0].left >= table.column]
        last = table.column + len(table.headers)
        marked = {c for p in paints for s in p.spans for c in range(s.left, s.right + 1) if c < last}
        given = {register.key} if register.key and register.key.pattern.endswith(",}") else set()
        must = {table.column + n for n, c in enumerate(register.columns) if c.required and c not in given}
        assert marked == must, register


def test_headings_are_dark_where_an_entry_must_stand():
    for register in REGISTERS:
        table = sheet_named(PLAN, register.sheet).tables[0]
        for column, head in zip(register.columns, table.heads, strict=False):
            assert head.startswith("head must" if column.required else "head may"), column


def test_every_chart_says_in_words_what_it_shows():
    charts = [chart for sheet in PLAN.sheets for chart in sheet.charts]
    assert len(charts) >= 2
    for chart in charts:
        assert len(chart.words) > 60
        looks = [series.look for series in chart.series]
        assert len(set(looks)) == len(looks)


def test_the_next_free_id_stands_above_the_table():
    rows = [{**BASE["SupportLog"], "Support ID": sid} for sid in ("SU-0007", "SU-0042", "odd", None)]
    texts = [p.content for p in sheet_named(filled(SupportLog=rows), "Support log").puts if p.row == 3]
    assert "Next ID: SU-0043" in {t.value for t in texts if isinstance(t, Formula)}
    empty = [p.content for p in sheet_named(PLAN, "Support log").puts if p.row == 3]
    assert "Next ID: SU-0001" in {t.value for t in empty if isinstance(t, Formula)}


def test_what_is_missing_and_overdue_is_said_above_the_table():
    rows = [
        {**BASE["Actions"], "Due date": BASE["Actions"]["Raised on"], "Owner": None},
        {**BASE["Actions"], "Due date": BASE["Actions"]["Raised on"], "Status": "Done"},
    ]
    plan = plan_book({"Actions": rows}, dt.date(2026, 7, 1))
    said = {p.content.value for p in sheet_named(plan, "Actions").puts if isinstance(p.content, Formula)}
    assert "2 entries, 1 cell still to fill in, 1 overdue" in said


def test_an_older_brief_is_not_overdue_once_a_newer_one_stands():
    due = next(d for d in DUES if d.column is RoleBriefs.review_due)
    old = {"Issued on": day(-90), "Review due date": day(-10)}
    alone = book(RoleBriefs=[old]).rows(RoleBriefs)
    followed = book(RoleBriefs=[old, {"Issued on": day(-5), "Review due date": day(200)}]).rows(RoleBriefs)
    assert due.count(alone, AS_OF) == 1
    assert due.count(followed, AS_OF) == 0


def test_due_today_is_not_overdue():
    due = next(d for d in DUES if d.column is Actions.due_date)
    assert due.count(book(Actions=[{"Due date": AS_OF}]).rows(Actions), AS_OF) == 0


def test_scores_dates_and_numbers_are_told_their_bounds():
    for register in REGISTERS:
        sheet = sheet_named(PLAN, register.sheet)
        rules = {r.span.left: r for r in sheet.rules if r.span.top > HEADER_ROW}
        for n, column in enumerate(register.columns, start=1):
            if column.kind is Kind.SCORE:
                assert (rules[n].low, rules[n].high) == ("1", "5")
            if column.kind is Kind.DATE and not column.monday:
                assert ("TODAY" in rules[n].high) != column.future, column
            if column.kind in (Kind.NUMBER, Kind.WHOLE) and column.minimum is not None:
                assert float(rules[n].low) == column.minimum
