"""A change that hosts carry out: two entries of a register change places."""

from tests.support.additions.addition import Addition, Edit, after, all_of, before, instead

CHANGE = '''@dataclass(frozen=True)
class SwapEntries:
    """Has two entries of a table change places, counted from 0."""

    table: str
    one: int
    other: int


Change = (
    SwapEntries
    | SetCell
'''
WORDS = """        case SwapEntries(table, one, other):
            return f"{table}: entries {one + 1} and {other + 1} change places"
"""
CASE = """            case SwapEntries():
                return self._swap(change)
"""
CARRIED_OUT = '''    def _swap(self, change: SwapEntries) -> list[Change]:
        """Puts the cells of each of two entries into the other's row; doing so once more takes it back."""
        table = self.rows.table(change.table)
        for column in range(len(table.headers)):
            one, other = table.place(change.one, column), table.place(change.other, column)
            held = {other: self._now(table, *one), one: self._now(table, *other)}
            for place, value in held.items():
                self.surface.set_cell(table.region.sheet, *place, value, like=None)
                self._cells[table.name, *place] = value
        return [change]

'''
PERMITTED = """        case SwapEntries(table):
            return known.corrects and table in BY_TABLE
"""
AS_JSON = """        case SwapEntries(table, one, other):
            return {"kind": "swap entries", "table": table, "one": one, "other": other}
"""
FROM_JSON = """
    "swap entries": lambda d: SwapEntries(str(d["table"]), int(d["one"]), int(d["other"])),"""
SUITE = """

def test_two_entries_change_places_and_back(host):
    before = held(host)
    inverse = apply(host, SwapEntries(SupportLog.table, 0, 1), command="read-minutes")
    assert held(host) != before
    apply(host, *inverse.changes, command="undo of read-minutes")
    assert held(host) == before


def held(host):
    return {place: cell for place, cell in cells_of(host).items() if place[0] == SupportLog.table}
"""
IMPORTED = after("    ShowSheets,\n", "    SwapEntries,\n")
TABS = "case ShowSheets() | RenameSheet():\n"

KNOWN, CARRIED = "tests/addin/hosts/test_every_change.py", "tests/conformance/test_hosts.py"
#: On the hosts that need no office program.
PLAYED = tuple(f"{CARRIED}::test_two_entries_change_places_and_back[{host}]" for host in ("memory", "closed file"))

HOST_CHANGE = Addition(
    kind="a change that hosts carry out",
    edits=(
        Edit(
            "workbook/model/changes.py",
            all_of(
                instead("Change = (\n    SetCell\n", CHANGE), before(f"        {TABS}            return _desc", WORDS)
            ),
            KNOWN,
        ),
        Edit(
            "addin/hosts/apply/apply_changes.py",
            all_of(
                IMPORTED,
                before(f"            {TABS}                return self._change_tabs", CASE),
                before("    # -- what goes ", CARRIED_OUT),
            ),
            PLAYED[0],
        ),
        Edit(
            "workbook/model/permitted_changes.py",
            all_of(IMPORTED, before("        case ShowSheets(sheets, _):\n", PERMITTED)),
            KNOWN,
        ),
        Edit(
            "addin/hosts/change_json.py",
            all_of(
                IMPORTED,
                before(f"        {TABS}", AS_JSON),
                after("[[Mapping[str, Any]], Change]] = {", FROM_JSON),
            ),
            KNOWN,
        ),
        Edit(
            "tests/addin/hosts/test_every_change.py",
            all_of(IMPORTED, after("SAMPLES = (\n", "    SwapEntries(SupportLog.table, 0, 1),\n")),
            KNOWN,
        ),
        Edit("tests/conformance/test_hosts.py", all_of(IMPORTED, lambda old: old + SUITE), KNOWN),
    ),
    more=PLAYED,
)
