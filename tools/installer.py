"""Builds the installer for Windows: fetches the locked wheels, lays out what is installed, and runs NSIS.

    python tools/installer.py            writes dist/champion-workbook-VERSION-setup.exe
    python tools/installer.py --lock     resolves the program's requirements for Windows anew

The wheels come from the package index that pip is set up for; each must have the hash that installer/windows-lock.txt
names. Those that are there already are not fetched again.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = ROOT / "installer"
LOCK = INSTALLER / "windows-lock.txt"
UV_LOCK = INSTALLER / "windows-uv.txt"
#: The Python that the program is installed with, and the system of the wheels.
PYTHON = "3.13"
_PLATFORM, _UV_PLATFORM = "win_amd64", "x86_64-pc-windows-msvc"
#: The list of what is installed, and its first line: the remover takes away what it names, where this line stands.
LIST = "installed.txt"
MARK = "Champion Workbook put these into this folder. Removing it takes away what is named here and nothing else."
_PIN = re.compile(r"^([A-Za-z0-9_.\-]+)==(\S+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
#: Names as NSIS reads them from the list: no placeholder, no other folder, no more signs than a line may have.
_PLAIN = re.compile(r"(?!.*(?:^|\\)\.\.?(?:\\|$))[\w.\-+ \\]{1,200}", re.ASCII)
_LICENCES = re.compile(r"\.dist-info/(?:licenses/)?(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Pin:
    """One locked library: its name, version, and the hashes that its files may have."""

    name: str
    version: str
    hashes: frozenset[str]


def pins(lock: Path) -> list[Pin]:
    """The libraries of a lock file, in its order."""
    text = lock.read_text(encoding="utf-8")
    starts = [m.start() for m in _PIN.finditer(text)] + [len(text)]
    found = []
    for match, end in zip(_PIN.finditer(text), starts[1:], strict=True):
        found.append(Pin(match[1], match[2], frozenset(_HASH.findall(text[match.start() : end]))))
    return found


def fetch(folder: Path) -> None:
    """Brings every locked wheel, and uv for Windows, into a folder; what is there under a locked hash is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    locked = {h for lock in (LOCK, UV_LOCK) for pin in pins(lock) for h in pin.hashes}
    for wheel in folder.glob("*.whl"):
        if digest(wheel) not in locked:
            wheel.unlink()
    for lock in (LOCK, UV_LOCK):
        if not all(any(digest(w) in pin.hashes for w in folder.glob("*.whl")) for pin in pins(lock)):
            run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"],
                ["--only-binary=:all:", "--platform", _PLATFORM, "--python-version", PYTHON, "--require-hashes"],
                ["--dest", str(folder), "-r", str(lock)],
            )


def lay_out(wheels: Path, source: Path) -> str:
    """Lays out what the installer puts on a computer; gives the program's version."""
    shutil.rmtree(source, ignore_errors=True)
    (source / "wheels").mkdir(parents=True)
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(source / "wheels"), str(ROOT)])
    (own,) = (source / "wheels").glob("champion_workbook-*.whl")
    version = own.name.split("-")[1]
    uv_hashes = {h for pin in pins(UV_LOCK) for h in pin.hashes}
    for wheel in sorted(wheels.glob("*.whl")):
        if digest(wheel) in uv_hashes:
            _unpack_uv(wheel, source)
        else:
            shutil.copy2(wheel, source / "wheels")
        _copy_licences(wheel, source / "licences")
    text = LOCK.read_text(encoding="utf-8")
    own_line = f"champion-workbook=={version} \\\n    --hash=sha256:{digest(own)}\n"
    (source / "requirements.txt").write_text(own_line + text, encoding="utf-8", newline="\n")
    script = (INSTALLER / "setup.cmd").read_text(encoding="ascii")
    script = script.replace("@VERSION@", version).replace("@PYTHON@", PYTHON)
    (source / "setup.cmd").write_text(script, encoding="ascii", newline="\r\n")
    shutil.copy2(ROOT / "LICENSE", source / "licences" / "champion-workbook.txt")
    (source / "guide.html").write_text(guide(), encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "pictures", source / "pictures")
    write_list(source)
    return version


def write_list(source: Path) -> None:
    """Writes the list of what is installed, as the remover reads it: files, then the folders that held them.

    Raises:
        ValueError: a name could not be read there, or would name more than itself.
    """
    paths = [path.relative_to(source) for path in sorted(source.rglob("*")) if path.name != LIST]
    files = [str(PureWindowsPath(p)) for p in paths if (source / p).is_file()]
    folders = [f"{PureWindowsPath(p)}\\" for p in reversed(paths) if (source / p).is_dir()]
    strange = [name for name in (*files, *folders) if not _PLAIN.fullmatch(name)]
    if strange:
        raise ValueError(f"The list of what is installed can't name {strange}.")
    text = "".join(f"{line}\n" for line in (MARK, *files, *folders))
    (source / LIST).write_text(text, encoding="ascii", newline="\r\n")


def compile_installer(source: Path, out: Path, version: str, *, more: Sequence[str] = ()) -> None:
    """Runs NSIS.

    Args:
        more: further definitions, as NAME=VALUE.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    given = (f"VERSION={version}", f"PYTHON={PYTHON}", f"SOURCE={source}", f"OUT={out}", f"MARK={MARK}", *more)
    run(["makensis", "-V2", "-NOCD", *(f"-D{one}" for one in given), str(INSTALLER / "champions.nsi")])


def guide() -> str:
    """The guide as one page of HTML."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark").enable("table").render((ROOT / "docs" / "guide.md").read_text(encoding="utf-8"))
    style = (
        "body{font:16px/1.5 'Segoe UI',Calibri,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222}"
        "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left}"
        "img{max-width:100%}code{background:#f3f3f3;padding:0 .2em}h1,h2{color:#1f4e79}"
    )
    head = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Guide</title><style>{style}</style></head>'
    )
    return f"{head}<body>{body}</body></html>\n"


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*words: Sequence[str]) -> None:
    """Runs a command; ends with its words if it fails."""
    command = [word for some in words for word in some]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} … failed:\n{done.stdout}{done.stderr}")


def lock() -> None:
    """Resolves the requirements for Windows anew, with hashes."""
    target = ["--python-platform", _UV_PLATFORM, "--python-version", PYTHON, "--generate-hashes"]
    shape = ["--only-binary", ":all:", "--no-header", "--no-annotate", "--quiet", "--upgrade"]
    run(["uv", "pip", "compile", *target, *shape, "-o", str(LOCK), str(ROOT / "pyproject.toml")])
    wanted = UV_LOCK.with_suffix(".in")
    wanted.write_text("uv\n", encoding="ascii")
    run(["uv", "pip", "compile", *target, *shape, "-o", str(UV_LOCK), str(wanted)])
    wanted.unlink()


def _unpack_uv(wheel: Path, source: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        (name,) = (n for n in package.namelist() if n.endswith("/scripts/uv.exe"))
        (source / "uv.exe").write_bytes(package.read(name))


def _copy_licences(wheel: Path, folder: Path) -> None:
    """The licences of a library, in one text; they are passed on with it."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel) as package:
        texts = list(_licence_texts(package))
    if texts:
        (folder / f"{wheel.name.split('-')[0]}.txt").write_text("\n\n".join(texts), encoding="utf-8")


def _licence_texts(package: zipfile.ZipFile) -> Iterator[str]:
    for name in sorted(package.namelist()):
        if _LICENCES.search(name):
            yield f"{name}\n\n{package.read(name).decode('utf-8', errors='replace')}"


def main() -> None:
    """Locks, or builds the installer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lock", action="store_true", help="resolve the requirements anew instead of building")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "installer", help="where to lay things out")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder to write the installer to")
    options = parser.parse_args()
    if options.lock:
        lock()
        return
    wheels, source = options.work / "wheels", options.work / "source"
    fetch(wheels)
    version = lay_out(wheels, source)
    out = options.out / f"champion-workbook-{version}-setup.exe"
    compile_installer(source, out, version)
    print(f"{out} written: {out.stat().st_size / (1 << 20):.0f} MB")


if __name__ == "__main__":
    main()
