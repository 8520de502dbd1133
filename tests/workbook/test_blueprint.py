"""The plan of a master workbook: what holds of every sheet, whatever program draws it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.support.builders import AS_OF, BASE, PEOPLE, SETTINGS, book, day
from workbook.blueprint import HEADER_ROW, LAST_ROW, palette, plan_book
from workbook.blueprint.dues import DUES
from workbook.blueprint.fitting import BUTTON, INDENT, last_line, lines, longest_word
from workbook.blueprint.formulas import SETTING, VALUE
from workbook.blueprint.hints import list_name
from workbook.blueprint.palette import contrast
from workbook.blueprint.plan import Formula, Link
from workbook.blueprint.styles import LOOKS, STYLES
from workbook.model.declare import Area, Kind
from workbook.model.guide import NOT_YET, READERS, STEPS
from workbook.model.registers import (
    BY_TABLE,
    COMPUTED,
    ENTRY_SHEETS,
    LISTS,
    REGISTERS,
    SETUP,
    Actions,
    People,
    Programme,
    RoleBriefs,
    Services,
    ThisWeek,
)

PLAN = plan_book()
#: In Excel since 2007, and in LibreOffice 7.4.
FUNCTIONS = {
    "AND", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "FIND", "IF", "IFERROR", "INDEX", "ISNUMBER", "LARGE",
    "INT", "ISERROR", "NA", "LEFT", "DAY", "LOWER", "MOD", "MONTH", "NOT", "YEAR", "SUMIF",
    "LEN", "MATCH", "MAX", "MID", "MIN", "N", "OR", "RIGHT", "ROUND", "ROW", "SEARCH", "SUM", "SUMIFS", "SUMPRODUCT",
    "COLUMN", "FREQUENCY", "MMULT", "TRANSPOSE", "HYPERLINK", "SMALL", "TEXT", "TODAY", "VALUE", "WEEKDAY",
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
    assert told == {*SETUP, *REGISTERS, *ENTRY_SHEETS, *COMPUTED}
    assert {step.sheet for step in STEPS if step.sheet} | {r.sheet for r in told} == {s.name for s in PLAN.sheets[1:]}
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
            assert all(put.across == 1 for put in sheet.puts)
            ends = [t.column + len(t.headers) for t in sheet.tables]
            taken = {c for t, end in zip(sheet.tables, ends, strict=True) for c in range(t.column, end)}
            beneath = [p for p in sheet.puts if p.row > HEADER_ROW and p.column in taken]
            assert sheet.name == "Start here" or not beneath
            assert all(t.column > end for t, end in zip(sheet.tables[1:], ends, strict=False)), "side by side, apart"


def test_only_computed_sheets_are_protected_and_peoples_cells_on_them_are_open():
    computed = {r.sheet for r in COMPUTED} | {"Dashboard", "Training overview", "Dashboard data"}
    computed |= {"Programme at a glance", "Champion card"}
    assert {s.name for s in PLAN.sheets if s.computed} == computed
    triggers = sheet_named(PLAN, "Triggers").tables[0]
    for field, body in zip(triggers.fields, triggers.bodies, strict=True):
        assert STYLES[body].locked != field.person_owned


def test_a_drop_down_stands_wherever_its_name_is_known():
    used = {r.low.lstrip("=") for s in PLAN.sheets for r in s.rules if r.low.startswith("=choose_")}
    assert used <= set(PLAN.names)
    assert {list_name(x.table) for x in LISTS if x.table not in ("HiddenWorkaroundPhrases", "AwayReasons")} <= used


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
    """An id too, where other sheets refer to it: until it stands, nothing can be entered there."""
    referred_to = {c.target for r in REGISTERS for c in r.columns if c.kind is Kind.REFERENCE}
    assert {"WorkforcePlan", "SupportLog", "ImprovementLog"} <= referred_to
    assert "TrainingMatrix" not in referred_to
    for register in (Services, People, *REGISTERS):
        sheet = sheet_named(PLAN, register.sheet)
        table = next(t for t in sheet.tables if t.name == register.table)
        paints = [p for p in sheet.paints if p.look == "wanted" and p.spans[0].left >= table.column]
        last = table.column + len(table.headers)
        marked = {c for p in paints for s in p.spans for c in range(s.left, s.right + 1) if c < last}
        given = {register.key} if register.key and register.key.pattern.endswith(",}") else set()
        given -= {r.key for r in REGISTERS if r.table in referred_to}
        must = {table.column + n for n, c in enumerate(register.columns) if c.required and c not in given}
        assert marked == must, register


def test_headings_are_dark_where_an_entry_must_stand():
    for register in REGISTERS:
        table = sheet_named(PLAN, register.sheet).tables[0]
        for column, head in zip(register.columns, table.heads, strict=False):
            assert head.startswith("head must" if column.required else "head may"), column


def test_every_chart_says_in_words_what_it_shows():
    charts = [chart for sheet in PLAN.sheets for chart in sheet.charts]
    assert len(charts) == 3
    for chart in charts:
        assert len(chart.words) > 60
        looks = [series.look for series in chart.series if series.name]
        assert len(set(looks)) == len(looks), "series are told apart by more than their names"


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


def test_a_newcomer_is_met_by_few_tabs_and_all_that_the_first_entries_need():
    seen = [s.name for s in PLAN.sheets if not s.hidden]
    assert len(seen) <= 16
    needed = {"Start here", "Setup", "Workforce plan", "Training matrix", "Support log", "Improvement log", "Dashboard"}
    assert needed <= set(seen)
    linked = [p.content.sheet for p in PLAN.sheets[0].puts if isinstance(p.content, Link) and p.row <= HEADER_ROW + 7]
    assert set(linked) <= set(seen), "the first things to do lead to sheets that are seen"


def test_a_live_programme_shows_the_sheets_of_live_use_and_those_that_hold_something():
    plan = filled(Checks=[{"Severity": "Please look", "What is wrong": "x", "What to do": "y", "Code": "z"}])
    hidden = {s.name for s in plan.sheets if s.hidden}
    before = {s.name for s in PLAN.sheets if s.hidden}
    assert {"Protected time", "Confidence tracker", "Checks"} <= before - hidden
    assert {"Triggers", "Import problems", "Dashboard data"} <= hidden


def test_start_here_holds_the_weeks_list_or_the_first_things_to_do():
    week = PLAN.sheets[0].tables[0]
    assert (week.name, week.headers, len(week.rows)) == ("ThisWeek", ThisWeek.headers(), week.room)
    assert "Setup" in week.rows[0]
    rows = [{"No": 1, "Where": "Actions AC-001", "What to do": "Finish it.", "Who": "Leader Oak", "By": day(3)}]
    assert filled(ThisWeek=rows).sheets[0].tables[0].rows == (
        (1, "Actions AC-001", "Finish it.", "Leader Oak", day(3)),
    )


def test_no_heading_is_broken_within_a_word_or_lies_beneath_its_button():
    for sheet in PLAN.sheets:
        for table in sheet.tables:
            for header, width, head in zip(table.headers, table.widths, table.heads, strict=True):
                style = STYLES[head]
                taken = BUTTON if table.filtered else 0
                assert longest_word(header, bold=style.bold) + taken <= width, (table.name, header)
                room = width - (0 if style.across == "center" else INDENT)
                assert last_line(header, room, bold=style.bold) + taken <= width, (table.name, header)
                assert lines(header, room, bold=style.bold) <= 3, (table.name, header)


def test_a_text_takes_the_lines_that_its_words_need():
    assert lines("one two three", 100) == 1
    assert lines("one two three", 8) == 2
    assert lines("one\ntwo", 100) == 2
    assert lines("i" * 10, 8) < lines("m" * 10, 8)


def test_names_are_offered_once_though_a_person_holds_several_roles():
    people = [{"Person": "Sam", "Role": r} for r in ("Project lead", "Quality lead")] + [{"Person": "sam "}]
    plan = filled(People=[*people, {"Person": "Kim", "Role": "Trainer"}])
    names = [p.content.value for p in sheet_named(plan, "Dashboard data").puts if isinstance(p.content, Formula)]
    assert [n for n in names if n in ("Sam", "Kim", "sam ")] == ["Sam", "Kim"]
    assert "Dashboard data" in plan.names["choose_People"]


def test_no_link_leads_to_a_sheet_that_is_hidden():
    hidden = {s.name for s in PLAN.sheets if s.hidden}
    links = [p.content.sheet for s in PLAN.sheets for p in s.puts if isinstance(p.content, Link)]
    assert not hidden & set(links)
    said = [getattr(p.content, "value", p.content) for p in PLAN.sheets[0].puts]
    assert {f"{name}{NOT_YET}" for name in hidden} <= set(said), "each is named, and said to be hidden"


def test_a_hidden_sheets_name_becomes_a_link_by_what_shows_the_sheet():
    by_name = {p.content.value: p.content.text for p in PLAN.sheets[0].puts if isinstance(p.content, Formula)}
    checks = by_name[f"Checks{NOT_YET}"]
    assert "HYPERLINK(\"#'Checks'!A1\"" in checks
    assert "Checks[Severity]" in checks
    assert "Services[Go-live date]" in by_name[f"Protected time{NOT_YET}"], "shown once a service is live"
    assert f"Thresholds{NOT_YET}" not in by_name, "no run shows it"


def first_things(**tables):
    """What the heading of Start here says, and what stands beside each of the first things to do."""
    puts = plan_book(tables).sheets[0].puts
    said = {(p.row, p.column): p.content.value for p in puts if isinstance(p.content, Formula)}
    return said[4, 1], [said.get((row, 6)) for row in range(HEADER_ROW + 1, HEADER_ROW + 8)]


def test_the_first_things_to_do_are_ticked_off():
    assert first_things() == ("First things to do: 0 of 7 done", ["← next", *[""] * 6])
    who = {"Services": [BASE["Services"]], "People": PEOPLE}
    assert first_things(**who)[1][0] == "← next", "nobody said yet who they are"
    who["Programme"] = [{SETTING: k, VALUE: v} for k, v in SETTINGS.items()]
    assert first_things(**who) == ("First things to do: 1 of 7 done", ["✓ done", "← next", *[""] * 5])
    assert first_things(SupportLog=[BASE["SupportLog"]])[1] == [None] * 7, "there is this week's list to come"


def test_a_service_code_is_refused_that_breaks_its_pattern_or_is_taken():
    setup = sheet_named(PLAN, "Setup")
    (rule,) = [r for r in setup.rules if r.error.startswith("A Service code")]
    assert "COUNTIF(" in rule.low
    assert "FIND(MID(" in rule.low
    assert len(rule.low) <= 255, "Excel refuses a longer one"
    assert "{" not in rule.low, "Excel refuses lists of constants there"


def test_every_register_is_printed_on_the_width_of_one_page_with_all_that_people_enter():
    for register in (*REGISTERS, *ENTRY_SHEETS, *COMPUTED):
        sheet = sheet_named(PLAN, register.sheet)
        assert sheet.pages_across == 1, register
        wide = sum(width for column, width in sheet.widths.items() if column <= sheet.columns)
        assert wide <= (423 if sheet.large else 299), "its type is printed at half its size or larger"
        on_paper = sheet.tables[0].headers[: sheet.columns]
        assert "Check" not in on_paper, "it is for the screen"
        if not register.computed:
            assert on_paper == register.headers()
    triggers = sheet_named(PLAN, "Triggers")
    assert triggers.tables[0].headers[triggers.columns - 1] == "Due date"


def test_only_columns_of_a_sheet_too_wide_for_a_page_are_narrowed():
    wide, fits = (
        dict(zip(t.headers, t.widths, strict=True))
        for t in (sheet_named(PLAN, "Support log").tables[0], sheet_named(PLAN, "Workforce plan").tables[0])
    )
    assert wide["What happened"] < fits["Selection rationale"]
