"""Builds the page in a browser: one self-contained file that works offline, dist/champions.html.

Pyodide comes from npm and the wheels from the package index that pip is set up for; what they must be stands in
page/package-lock.json and page/wheels-lock.txt. What is there already under a locked hash is not fetched again.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.frontends.page.words import page_words  # noqa: E402 - the checkout's own, wherever this is run from
from addin.output.documents.svg import CHART_STYLE  # noqa: E402
from workbook.documents.catalogue import DOCUMENTS  # noqa: E402
from workbook.intake.problem_rows import TAKEN, called  # noqa: E402

PAGE = ROOT / "page"
LOCK = PAGE / "wheels-lock.txt"
FETCHED = ROOT / "build" / "page"
OUT = ROOT / "dist" / "champions.html"
#: The Python of Pyodide 314 and the system of its wheels.
_PYTHON, _PLATFORM = "3.14", "pyemscripten_2026_0_wasm32"
#: That of the wheels whose compiled parts are left out.
_PLAIN = "manylinux_2_28_x86_64"
#: What of the project runs in a browser, and what of these folders does not.
_OURS = (
    "workbook",
    "addin/intake",
    "addin/isolated",
    "addin/hosts",
    "addin/lossless",
    "addin/output",
    "addin/frontends/page",
)
_SINGLE = ("addin/__init__.py", "addin/frontends/__init__.py", "addin/frontends/answer_tables.py")
_NOT = ("addin/hosts/office",)
#: What stands elsewhere in the page than in the checkout: templates as in the installed program, lxml's stand-in.
_MOVED = {"templates": Path("addin/output/documents/templates"), "page/stand_in": Path()}
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
_LICENCE = re.compile(r"\.dist-info/(?:licenses/)?(?:LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)
_POLICY = (
    "default-src 'none'; script-src {script} blob: 'wasm-unsafe-eval'; worker-src blob:; style-src {style}; "
    "connect-src 'none'; form-action 'none'; base-uri 'none'"
)


def fetch(folder: Path) -> None:
    """Brings Pyodide and the locked wheels into a folder.

    Raises:
        subprocess.CalledProcessError: they can't be had, or are not what the locks name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = (PAGE / "package-lock.json").read_bytes()
    kept = folder / "package-lock.json"
    if not (kept.exists() and kept.read_bytes() == lock and (folder / "node_modules" / "pyodide").is_dir()):
        kept.unlink(missing_ok=True)
        shutil.copy2(PAGE / "package.json", folder)
        kept.write_bytes(lock)
        _run("npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", at=folder)
    wanted = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", LOCK.read_text(encoding="utf-8")))
    there = {_digest(wheel): wheel for wheel in folder.glob("*.whl")}
    for digest in there.keys() - wanted:
        there[digest].unlink()
    if wanted - there.keys():
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
        kind = (
            "--only-binary=:all:",
            "--platform",
            _PLATFORM,
            "--platform",
            _PLAIN,
            "--python-version",
            _PYTHON,
            "--require-hashes",
        )
        _run(*pip, *kind, "--dest", str(folder), "-r", str(LOCK), at=ROOT)


def _run(*line: str, at: Path) -> None:
    subprocess.run(line, cwd=at, check=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def project_files() -> dict[str, Path]:
    """What of the project runs in a browser, by its place there."""
    found = [path for folder in _OURS for path in (ROOT / folder).rglob("*.py")]
    found += [ROOT / single for single in _SINGLE]
    named = {path.relative_to(ROOT).as_posix(): path for path in found}
    for folder, place in _MOVED.items():
        for path in (ROOT / folder).rglob("*.*"):
            if path.suffix in {".py", ".docx"}:
                named[(place / path.relative_to(ROOT / folder)).as_posix()] = path
    return {name: named[name] for name in sorted(named) if not name.startswith(_NOT)}


def project_wheel() -> bytes:
    """The project's modules as an archive: the same bytes for the same modules."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, path in project_files().items():
            archive.writestr(zipfile.ZipInfo(name, _SAME_DAY), path.read_bytes())
    return out.getvalue()


def parts(folder: Path) -> dict[str, bytes]:
    """What is packed into the page, by name."""
    pyodide = folder / "node_modules" / "pyodide"
    found = {
        "wasm": (pyodide / "pyodide.asm.wasm").read_bytes(),
        "stdlib": (pyodide / "python_stdlib.zip").read_bytes(),
        "asm": (pyodide / "pyodide.asm.mjs").read_bytes(),
        "wheel-champions": project_wheel(),
    }
    for wheel in sorted(folder.glob("*.whl")):
        found[f"wheel-{wheel.name.partition('-')[0]}"] = _plain(wheel) if _PLAIN in wheel.name else wheel.read_bytes()
    return {name: base64.b64encode(gzip.compress(part, 9, mtime=0)) for name, part in found.items()}


def _plain(wheel: Path) -> bytes:
    """A wheel without its compiled parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(wheel) as archive, zipfile.ZipFile(out, "w") as plain:
        for entry in archive.infolist():
            if not entry.filename.endswith((".so", ".pyi")) and ".libs/" not in entry.filename:
                plain.writestr(zipfile.ZipInfo(entry.filename, _SAME_DAY), archive.read(entry))
    return out.getvalue()


def scripts(folder: Path) -> dict[str, str]:
    """The worker's two scripts, as text."""
    pyodide = (folder / "node_modules" / "pyodide" / "pyodide.js").read_text(encoding="utf-8")
    pyodide = re.sub(r"^//# sourceMappingURL=.*$", "", pyodide, flags=re.MULTILINE)
    return {"pyodide": pyodide, "worker": (PAGE / "worker.js").read_text(encoding="utf-8")}


def licences(folder: Path) -> Iterator[str]:
    """What the page is made of, and under which licences, as HTML."""
    pyodide = json.loads((folder / "node_modules" / "pyodide" / "package.json").read_text(encoding="utf-8"))
    yield (
        f"<p>Pyodide {html.escape(pyodide['version'])}, under the Mozilla Public License 2.0, with Python under the "
        f"Python Software Foundation License. Their source: {html.escape(pyodide['homepage'])}</p>"
    )
    yield f"<h4>Champion Workbook</h4><pre>{html.escape((ROOT / 'LICENSE').read_text(encoding='utf-8'))}</pre>"
    for wheel in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            texts = [archive.read(name).decode("utf-8") for name in archive.namelist() if _LICENCE.search(name)]
        name, version = wheel.name.split("-")[:2]
        yield f"<h4>{html.escape(name)} {html.escape(version)}</h4><pre>{html.escape(''.join(texts))}</pre>"


def page(folder: Path) -> str:
    """The whole page as HTML."""
    words = page_words()
    lock = json.loads((folder / "node_modules" / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    script = (PAGE / "page.js").read_text(encoding="utf-8")
    script = script.replace("/*WORDS*/", _for_script(words)).replace("/*LOCK*/", _for_script({**lock, "packages": {}}))
    css = CHART_STYLE + (PAGE / "page.css").read_text(encoding="utf-8")
    data = [_data(name, part.decode("ascii")) for name, part in parts(folder).items()]
    data += [_data(name, text) for name, text in scripts(folder).items()]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    made = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    marks = {name: html.escape(text) for name, text in words.items()} | {
        "policy": _POLICY.format(script=_source(script), style=_source(css)),
        "import.title": html.escape(words["import.label"].rstrip("…")),
        "minutes.title": html.escape(words["read-minutes.label"]),
        "registers": "".join(_option(r.table, called(r)) for r in TAKEN),
        "papers.all": " ".join(d.id for d in DOCUMENTS),
        "papers": "".join(_option(d.id, d.title) for d in DOCUMENTS),
        "css": css,
        "version": version,
        "made": f"{made:%-d %B %Y}" if os.name != "nt" else f"{made:%d %B %Y}",
        "licences": "\n".join(licences(folder)),
        "data": "\n".join(data),
        "script": script,
    }
    face = (PAGE / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{([\w.\-]+)\}\}", lambda mark: marks[mark[1]], face)


def _option(value: str, words: str) -> str:
    """One of what can be chosen."""
    return f'<option value="{html.escape(value)}">{html.escape(words)}</option>'


def _for_script(value: object) -> str:
    """A value within a script, which no text in it can end."""
    return json.dumps(value).replace("<", "\\u003c")


def _data(name: str, text: str) -> str:
    """A part that is no script until the page makes one of it."""
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"{name} would end its own element.")
    return f'<script type="text/plain" data-part="{name}">{text}</script>'


def _source(text: str) -> str:
    """What names a script or style in the policy: nothing but this very text is taken."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def main() -> None:
    """Fetches what is needed and writes the page."""
    fetch(FETCHED)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(page(FETCHED), encoding="utf-8", newline="\n")
    for name, part in parts(FETCHED).items():
        print(f"{name:24}{len(part) / 1e6:6.2f} MB")
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
