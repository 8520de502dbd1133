"""Builds the project's site from docs/ into dist/site, with the page in a browser and an empty workbook to take away.

MkDocs builds it (mkdocs.yml) and fails on a link that leads nowhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.output.masterbook import write_master  # noqa: E402 - the checkout's own, wherever this is run from
from workbook.blueprint import plan_book  # noqa: E402
from workbook.documents.catalogue import DOCUMENTS  # noqa: E402
from workbook.model.guide import EVERYONE, FIRST_THINGS, READERS, STEPS, Step  # noqa: E402

GATHERED = ROOT / "build" / "site"
OUT = ROOT / "dist" / "site"
BROWSER_PAGE = ROOT / "dist" / "champions.html"
WORKBOOK = "programme.xlsx"
#: Pages that stand beside docs/ in the checkout, and their names on the site.
_BESIDE = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
_LINK = re.compile(r"(\]\()([^)#:]+)(#[^)]*)?(\))")
_TAKE = f"""
## Take it with you

- [The page that needs nothing installed]({BROWSER_PAGE.name}): save it and open it by a double click
- [An empty workbook]({WORKBOOK})
"""


def gather(folder: Path, page: Path) -> None:
    """Copies all that the site is made of into a folder, with links that lead to where it stands there.

    Args:
        folder: the folder; what is in it goes.
        page: the page in a browser, as `make page` writes it.

    Raises:
        FileNotFoundError: a link of a page, or the page in a browser, leads to a file that is not there.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder)
    for source in [*_BESIDE, *(p.relative_to(ROOT).as_posix() for p in (ROOT / "docs").rglob("*.md"))]:
        target = folder / _place(PurePosixPath(source))
        target.write_text(_relinked(PurePosixPath(source)), encoding="utf-8")
    index = folder / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + _TAKE, encoding="utf-8")
    shapes = "".join(f"- [{p.name}]({p.name})\n" for p in sorted((folder / "schema").glob("*.json")))
    (folder / "schema" / "index.md").write_text(f"# Shapes of JSON\n\n{shapes}", encoding="utf-8")
    (folder / "roles.md").write_text(guide_per_role(), encoding="utf-8")
    shutil.copy2(page, folder / BROWSER_PAGE.name)
    write_master(folder / WORKBOOK, plan_book())


def guide_per_role() -> str:
    """For each role its sheets, first things and documents, from what the workbook's Start here goes by."""
    parts = [
        "# For your role\n\nWho holds which role stands on the sheet Setup. Sheets that everyone uses come last.\n"
    ]
    for role in (*(r for r in READERS if r != EVERYONE), EVERYONE):
        steps = [step for step in STEPS if role in step.who.split(", ")]
        parts.append(f"## {role}\n")
        parts += [f"- First: {first.what}" for first in FIRST_THINGS if first.who == role]
        if steps:
            parts.append("\n| sheet | what it is for | when |\n|---|---|---|")
            parts += [f"| {_sheet(step)} | {_purpose(step)} | {step.when} |" for step in steps]
        papers = [d for d in DOCUMENTS if role.split()[0].casefold() in d.made_for.casefold()]
        parts.append("".join(f"\n- Document: {d.title}, {d.when}" for d in papers) + "\n")
    return "\n".join(parts)


def _sheet(step: Step) -> str:
    return step.sheet or (step.register.sheet if step.register is not None else "")


def _purpose(step: Step) -> str:
    return step.register.purpose if step.register is not None else ""


def _place(source: PurePosixPath) -> PurePosixPath:
    """Where a file of the checkout stands on the site."""
    if source.as_posix() in _BESIDE:
        return PurePosixPath(_BESIDE[source.as_posix()])
    return source.relative_to("docs")


def _relinked(source: PurePosixPath) -> str:
    def relinked(found: re.Match[str]) -> str:
        named = PurePosixPath(os.path.normpath(source.parent / found[2]))
        if not (ROOT / named).exists():
            raise FileNotFoundError(f"{source} links to {found[2]}, which is not there.")
        leads = _place(named)
        if (ROOT / named).is_dir():
            leads /= "index.md"
        return f"{found[1]}{os.path.relpath(leads, _place(source).parent)}{found[3] or ''}{found[4]}"

    return _LINK.sub(relinked, (ROOT / source).read_text(encoding="utf-8"))


def build(folder: Path) -> None:
    """Builds the site of what was gathered.

    Args:
        folder: where it goes.

    Raises:
        subprocess.CalledProcessError: a link or an anchor leads nowhere; it is named.
    """
    line = [sys.executable, "-m", "mkdocs", "build", "--clean", "--site-dir", str(folder)]
    subprocess.run(line, cwd=ROOT, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})


def main() -> None:
    """Gathers the pages and builds the site."""
    gather(GATHERED, BROWSER_PAGE)
    build(OUT)
    print(f"{OUT.relative_to(ROOT)}: {sum(p.stat().st_size for p in OUT.rglob('*') if p.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
