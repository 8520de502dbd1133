"""Whatever a run wrote: taken back in part, the tables hold what they held before."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from addin.hosts.file.host import ClosedHost
from addin.hosts.file.undo import look, take_back
from tests.support.builders import rows_like
from tests.support.contract_builder import build
from workbook.model.changes import AppendRows, ChangeSet, ReplaceTable, RowRef, SetCell
from workbook.model.declare import CHECK_HEADER
from workbook.model.registers import Actions, Checks, History, ImprovementLog, Triggers

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
IDS = ("AC-001", "AC-002", "AC-003")
OWNED = {
    Checks: ("Severity", "What is wrong", "What to do", "Code"),
    Triggers: ("Key", "Trigger", "Title", "Scope", "State"),
}

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
days = st.one_of(st.none(), texts, st.dates(dt.date(1990, 1, 1), dt.date(2080, 12, 31)))
numbers = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6, width=32).map(lambda x: x + 0.0))
cells = st.one_of(days, numbers, st.just(dt.datetime(2026, 6, 30, 14, 30)))
kinds = {"Raised on": days, "Due date": days}  # a number in a cell with a date's format is a date
columns = ("Action", "Owner", "Raised on", "Due date", "Status", "Evidence of completion", CHECK_HEADER)
sets = st.fixed_dictionaries({}, optional={(n, c): kinds.get(c, cells) for n in range(3) for c in columns})
said = texts.filter(str.strip)
added = st.lists(st.fixed_dictionaries({"Action": said, "Owner": cells, "Due date": days}), max_size=3)
bodies = st.dictionaries(
    st.sampled_from(list(OWNED)), st.lists(st.tuples(*[texts.filter(str.strip)] * 4), max_size=4), max_size=2
)


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("master") / "book.xlsx"
    rows = {
        "Actions": rows_like("Actions", [{"Action ID": i} for i in IDS]),
        "ImprovementLog": rows_like("ImprovementLog", [{"Issue ID": "IM-001"}]),
    }
    return build(path, rows, computed=True)


def held(path):
    """All that stands in the tables and where they end, but for the record."""
    snapshot = ClosedHost(path).read()
    tables = {name: list(map(tuple, data.rows)) for name, data in snapshot.tables.items() if name != History.table}
    ends = {name: (data.headers, data.body_rows) for name, data in snapshot.tables.items() if name != History.table}
    return snapshot.fingerprint, tables, {n: d.check for n, d in snapshot.tables.items()}, ends


def change_set(path, cells, rows, bodies):
    host = ClosedHost(path)
    snapshot = host.read()
    data = snapshot.tables[Actions.table]
    raw = _raw(path, data)
    changes = [
        SetCell(RowRef(Actions.table, IDS[n], n), column, raw[n][column], value) for (n, column), value in cells.items()
    ]
    if rows:
        new = tuple({"Action ID": f"AC-1{n:02}", **row} for n, row in enumerate(rows))
        changes.append(AppendRows(Actions.table, new))
    for register, body in bodies.items():
        headers = OWNED[register][:4]
        changes.append(ReplaceTable(register.table, headers, tuple(body)))
    return host, ChangeSet("check", snapshot.fingerprint, tuple(changes))


def _raw(path, data):
    import openpyxl

    sheet = openpyxl.load_workbook(path)[data.sheet]
    rows = [[sheet.cell(data.header_row + 1 + n, data.first_column + k).value for k in range(40)] for n in range(3)]
    plain = [[v.date() if isinstance(v, dt.datetime) and v.time() == dt.time() else v for v in row] for row in rows]
    return [{h: row[k] for k, h in enumerate(data.headers)} for row in plain]


# not shrunk: an example takes a quarter of a second
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sets, added, bodies)
def test_the_tables_hold_what_they_held(master, cells, rows, bodies):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(master.read_bytes())
        first, changes = change_set(path, {}, [], {Checks: [("error", "Old", "Mend it.", "old")]})
        first.apply(changes, who="Tester", when=WHEN)
        before, bytes_before = held(path), path.read_bytes()
        host, changes = change_set(path, cells, rows, bodies)
        host.apply(changes, who="Tester", when=WHEN)
        if not changes or path.read_bytes() == bytes_before:
            return
        somebody = ClosedHost(path)
        other = SetCell(RowRef(ImprovementLog.table, "IM-001", 0), CHECK_HEADER, None, "Seen.")
        after = path.read_bytes()
        record = (path.parent / ".champions" / "last run" / "book.xlsx.json").read_bytes()
        somebody.apply(ChangeSet("x", somebody.read().fingerprint, (other,)), who="", when=WHEN)
        (path.parent / ".champions" / "last run" / "book.xlsx.json").write_bytes(record)
        outlook = look(path)
        assert outlook.exact is None
        assert not outlook.obstacles, (outlook.obstacles, changes)
        take_back(path, outlook, who="Tester", when=WHEN)
        now = held(path)
        assert now[2][ImprovementLog.table] == {0: "Seen."}
        now[2][ImprovementLog.table] = before[2][ImprovementLog.table]
        assert now == before
        path.write_bytes(after)
