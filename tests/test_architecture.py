"""The rules of docs/architecture.md, each held by a test."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from addin.isolated import ISOLATED

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("workbook", "addin")
#: Sub-packages that others will want for themselves: they know nothing of champions.
INDEPENDENT = ("addin.lossless", "addin.calc", "addin.pipe")
#: Too slow for a click's path.
HEAVY = (
    "rich",
    "docxtpl",
    "docx",
    "jinja2",
    "lxml",
    "pandas",
    "numpy",
    "openpyxl",
    "xlwings",
    "xlsxwriter",
    "matplotlib",
    "pyopenvba",
    "tkinter",
    "pydantic",
)
#: Longer than the rule allows, each with its reason.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def modules() -> dict[str, Path]:
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


@functools.cache
def tree_of(name: str) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@functools.cache
def imports_of(name: str) -> set[str]:
    """What a module imports anywhere, as full module names."""
    found: set[str] = set()
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {
                f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in MODULES else node.module for a in node.names
            }
    return found


@pytest.mark.parametrize("name", [n for n in MODULES if n.split(".")[0] == "workbook"])
def test_the_pure_part_imports_the_standard_library_alone(name):
    assert {module.split(".")[0] for module in imports_of(name)} <= {"workbook"} | sys.stdlib_module_names


@pytest.mark.parametrize("name", [n for n in MODULES if n.split(".")[0] == "workbook"])
def test_the_pure_part_reads_no_clock_file_or_screen(name):
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"open", "print", "input"}, f"{name} calls {called}"
            assert called.split(".")[-1] not in {"today", "now", "utcnow", "perf_counter"}, f"{name} calls {called}"


@pytest.mark.parametrize("name", [n for n in MODULES if n.startswith(INDEPENDENT)])
def test_independent_packages_say_nothing_of_champions(name):
    assert "champion" not in MODULES[name].read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("module", "also"),
    [
        ("addin.frontends.terminal.check", ("urllib.request", "http.client", "ssl", "email", "pickle")),
        ("addin.frontends.terminal.triggers", ("urllib.request", "http.client", "ssl", "email", "pickle")),
        ("addin.frontends.terminal.week", ()),
        ("addin.frontends.terminal.main", ("addin.hosts.file.reading",)),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(module, also):
    code = f"import sys, {module}; print('\\n'.join(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(out.stdout.split())
    assert not loaded & set(HEAVY)
    assert not loaded & set(also)


@pytest.mark.parametrize("name", MODULES)
def test_modules_and_functions_are_short(name):
    source = MODULES[name].read_text(encoding="utf-8")
    lines = len(source.splitlines())
    assert lines <= 400 or name in LONG_MODULES, f"{name} has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.end_lineno - node.body[0].lineno + 1
            assert body <= 40 or f"{name}.{node.name}" in LONG_FUNCTIONS, f"{name}.{node.name} has {body} lines"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is(name):
    assert ast.get_docstring(tree_of(name))


#: Packages that others call: docstrings say of their arguments what a name and a type don't.
DESCRIBED = ("addin.lossless", "addin.calc", "addin.hosts", "addin.pipe")
#: Run within LibreOffice, and called by nobody here.
AGENT = "addin.calc.agent"
#: Interfaces; what fills one in is described there.
INTERFACES = {"Surface": "addin.hosts.apply.surface", "Host": "addin.hosts.host"}


def public(nodes) -> list[ast.FunctionDef]:
    setters = {ast.unparse(d) for n in nodes for d in getattr(n, "decorator_list", ()) if isinstance(d, ast.Attribute)}
    found = [n for n in nodes if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    return [n for n in found if not {ast.unparse(d) for d in n.decorator_list} & setters]


def methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """The public methods of a class, but those that fill in an interface; xlwings' are those without a docstring."""
    found = public(node.body)
    for interface, module in INTERFACES.items():
        if node.name.endswith(interface) and node.name != interface:
            (declared,) = (n for n in tree_of(module).body if isinstance(n, ast.ClassDef) and n.name == interface)
            found = [m for m in found if m.name not in {d.name for d in methods(declared)}]
    if any(ast.unparse(base).startswith("base_classes.") for base in node.bases):
        found = [m for m in found if ast.get_docstring(m)]
    return found


def calls() -> dict[str, ast.FunctionDef]:
    """The public functions and methods of these packages that take arguments."""
    found: dict[str, ast.FunctionDef] = {}
    for module in MODULES:
        if module.startswith(DESCRIBED) and not module.startswith(AGENT):
            tree = tree_of(module)
            found |= {f"{module}.{f.name}": f for f in public(tree.body)}
            classes = [n for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
            found |= {f"{module}.{c.name}.{m.name}": m for c in classes for m in methods(c)}
    taken = {called: {a.arg for a in ast.walk(f.args) if isinstance(a, ast.arg)} for called, f in found.items()}
    return {called: f for called, f in found.items() if taken[called] - {"self", "cls"}}


def on_a_face() -> set[str]:
    """What one of these packages exports, or what is imported from it elsewhere: names of functions and classes."""
    found = set()
    for module, path in MODULES.items():
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(tree_of(module)) if any(f"from {name}" in text for name in DESCRIBED) else ():
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(DESCRIBED) and not node.level:
                own = ".".join(node.module.split(".")[:2])
                if not module.startswith(own) or path.name == "__init__.py":
                    found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_arguments_are_described():
    """Each argument of what is called from elsewhere, and nearly all of what is called within."""
    every, face = calls(), on_a_face()
    silent = {called for called, f in every.items() if "Args:\n" not in (ast.get_docstring(f) or "")}
    assert not {called for called in silent if called in face or called.rpartition(".")[0] in face}
    assert len(silent) <= 0.05 * len(every), sorted(silent)


def test_no_table_or_column_is_named_in_a_condition():
    """A special case for one table belongs into its declaration."""
    guilty = []
    for name, path in MODULES.items():
        if not name.startswith("workbook."):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and "table" in ast.unparse(node.left):
                texts = [c.value for c in node.comparators if isinstance(c, ast.Constant)]
                if any(isinstance(t, str) and t for t in texts):
                    guilty.append(f"{name}: {ast.unparse(node)}")
    assert not guilty


#: What starts a Python of its own and is not isolated, each with its reason.
NOT_ISOLATED = {
    "addin.calc.launch": "LibreOffice's own Python needs its variables; it starts in our folder without the person's",
    "addin.frontends.toolbar.embedded": "the system's Python, isolated too, is asked for LibreOffice's library",
}
#: What names an interpreter without starting it.
NAMES_THE_INTERPRETER = {"addin.frontends.ribbon.installing", "addin.frontends.toolbar.installing"}
#: Run by LibreOffice's own Python, as a file or within our folder.
RUN_BY_ANOTHER = {"addin.frontends.toolbar.extension_manager", "addin.calc.agent.__main__"}
_STARTS_A_MODULE = re.compile(r"-m addin\b")


def constants(name: str) -> set[str]:
    tree = tree_of(name)
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("name", [n for n in MODULES if n.startswith("addin") and n != "addin.isolated"])
def test_our_own_python_is_started_in_one_way_alone(name):
    """`addin.isolated` says how; a start of another kind would import from the folder it stands in."""
    if name in NOT_ISOLATED:
        return
    assert not constants(name) & {"-m", "-c", "-P", "-E", "-s", "-I", "-B", "-S"}
    if "sys.executable" in MODULES[name].read_text(encoding="utf-8") and name not in NAMES_THE_INTERPRETER:
        assert "addin.isolated" in imports_of(name)


@pytest.mark.parametrize("name", [n for n in MODULES if n.startswith("addin")])
def test_what_is_started_so_leaves_the_folder_first(name):
    for node in tree_of(name).body:
        if (
            isinstance(node, ast.If)
            and ast.unparse(node.test) == "__name__ == '__main__'"
            and name not in RUN_BY_ANOTHER
        ):
            assert ast.unparse(node.body[0]) in {"leave_folder()", "if sys.flags.isolated:\n    leave_folder()"}


@pytest.mark.parametrize("kind", ["nsi", "cmd", "bas", "applescript"])
def test_other_languages_start_it_in_that_way_too(kind):
    texts = [
        p.read_text(encoding="utf-8") for folder in ("installer", "addin") for p in (ROOT / folder).rglob(f"*.{kind}")
    ]
    assert texts, kind
    for text in texts:
        starts = [line for line in text.splitlines() if _STARTS_A_MODULE.search(line)]
        assert starts or "{{START}}" in text
        assert all(f"{' '.join(ISOLATED)} -m addin." in line for line in starts)
        assert not re.search(r"python(?:w?\.exe)?[\"%]+ +-(?!-|I -B -m addin\.)", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "name", [n for n in MODULES if n.startswith(("addin.frontends.buttons", "addin.hosts.office"))]
)
def test_xlwings_is_not_asked_where_a_workbook_lies(name):
    """Its `fullname` reads a sheet of the workbook and looks through folders; `caller` takes a name from the line."""
    used = {node.attr for node in ast.walk(tree_of(name)) if isinstance(node, ast.Attribute)}
    assert not used & {"fullname", "caller", "set_mock_caller"}


@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_sent_anywhere(name):
    """No module speaks to the network but to the scheduler that a person names; sockets are for one's own computer."""
    used = imports_of(name)
    assert not {m for m in used if m.startswith(("urllib.request", "http", "requests", "httpx", "smtplib", "ftplib"))}
    if "socket" in used:
        own = name.startswith(("addin.calc", "addin.pipe", "addin.frontends.resident", "addin.frontends.toolbar"))
        assert own or name in ("addin.lossless.save.locking", "addin.portfolio.cluster"), (
            f"{name} needs a socket for what?"
        )


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: What LibreOffice's own Python brings along.
OF_LIBREOFFICE = {"uno", "unohelper", "com"}
KNOWN = packages_distributions()


def distributions(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def brought_by(path: Path) -> dict[str, set[str]]:
    """The packages of others that a module imports anywhere, each with the distributions that may bring it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {*PACKAGES, "tools", "tests"}
    return {top: {canonicalize_name(name) for name in KNOWN.get(top, [])} for top in tops - OF_LIBREOFFICE}


@pytest.mark.parametrize("name", MODULES)
def test_what_is_imported_is_declared(name):
    allowed = distributions(PROJECT["dependencies"])
    for extra, lines in PROJECT["optional-dependencies"].items():
        if name.startswith(f"addin.{extra}") or name.endswith(f".{extra}"):
            allowed |= distributions(lines)
    for top, bringers in brought_by(MODULES[name]).items():
        assert bringers & allowed, f"{name} imports {top}, which pyproject.toml does not declare"


def test_what_the_tools_import_is_declared():
    extras = PROJECT["optional-dependencies"]
    allowed = distributions([*PROJECT["dependencies"], *extras["build"], *extras["dev"]])
    for path in (ROOT / "tools").rglob("*.py"):
        for top, bringers in brought_by(path).items():
            assert bringers & allowed, f"{path.name} imports {top}, which pyproject.toml does not declare"


def test_what_is_declared_is_imported():
    used = set().union(*(names for path in MODULES.values() for names in brought_by(path).values()))
    assert distributions(PROJECT["dependencies"]) <= used


PAGES = [*(ROOT / "docs").rglob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_places_that_a_page_names_are_there(page):
    named = re.findall(r"`((?:addin|workbook|tests|tools|bench|installer|docs)/[\w./-]+)`", page.read_text("utf-8"))
    assert [place for place in named if not (ROOT / place).exists()] == []
