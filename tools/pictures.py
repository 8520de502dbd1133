"""Pictures of a workbook's sheets, as LibreOffice prints them: `python -m tools.pictures WORKBOOK FOLDER`.

Without arguments, the pictures of the README: the example programme after a check and a run of the triggers, and the
first page of its board minutes.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: The sheets that the README shows: the page, and how much of it from the top.
SHOWN = {"Start here": 0.63, "Support log": 0.55, "Dashboard": 0.86, "Triggers": 0.5}
_FOOTER = re.compile(r"\s{2,}")
_DOTS, _PAGE_DOTS = 110, 72
#: The example's last day.
_DAY = dt.date(2026, 6, 30)
#: Lighter than this is paper.
_PAPER = 250


@dataclass(frozen=True)
class Page:
    """One printed page: its number from 1, the sheet it is of, and its text."""

    number: int
    sheet: str
    text: str


def printed(path: Path, folder: Path) -> Path:
    """The workbook as a PDF in `folder`, every sheet with its tab hidden or not."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        subprocess.run(
            [*command, "--convert-to", "pdf", "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=240,
        )
    return folder / f"{path.stem}.pdf"


def pages(pdf: Path) -> list[Page]:
    """The pages of a printed workbook; each sheet's name stands at the left of its footer."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=120).stdout
    found = []
    for number, page in enumerate(text.decode().split("\f")[:-1], start=1):
        lines = page.strip().splitlines()
        found.append(Page(number, _FOOTER.split(lines[-1].strip())[0] if lines else "", page))
    return found


def grey(pdf: Path, *, dots: int) -> Iterator[tuple[int, int, bytes]]:
    """Each page as a picture in greys: its width, its height, and one byte a point, 0 black to 255 white."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dots), "-gray", str(pdf), f"{folder}/p"], check=True, timeout=240)
        for picture in sorted(Path(folder).glob("p-*.pgm")):
            content = picture.read_bytes()
            head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", content)
            if head is None:
                raise ValueError(f"{picture.name} is no picture in greys")
            yield int(head[1]), int(head[2]), content[head.end() :]


def inked(points: bytes) -> float:
    """The share of points that are not paper."""
    return sum(point < _PAPER for point in points) / max(1, len(points))


def save_sheets(path: Path, folder: Path, *, dots: int = _DOTS) -> dict[str, Path]:
    """The first printed page of each sheet as a PNG in `folder`, by the sheet's name."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        pdf = printed(path, Path(work))
        first: dict[str, int] = {}
        for page in pages(pdf):
            first.setdefault(page.sheet, page.number)
        saved = {}
        for sheet, number in first.items():
            target = folder / sheet.lower().replace(" ", "-")
            one = ["-png", "-singlefile", "-f", str(number), "-l", str(number)]
            subprocess.run(["pdftoppm", "-r", str(dots), *one, str(pdf), str(target)], check=True, timeout=60)
            saved[sheet] = target.with_suffix(".png")
    return saved


def _example(path: Path) -> None:
    """The example programme, checked, its triggers computed."""
    from addin.frontends.terminal import check, triggers
    from addin.frontends.terminal.session import Session
    from addin.output.masterbook import write_master
    from workbook.blueprint import plan_book
    from workbook.example import simulate

    write_master(path, plan_book(simulate(until=_DAY).tables, _DAY))
    session = Session(path, _DAY)
    check.record(session, check.examine(session))
    session = Session(path, _DAY)
    triggers.record(session, triggers.judge(session))


def _for_readme() -> None:
    from PIL import Image

    target = ROOT / "docs" / "pictures"
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "programme.xlsx"
        _example(book)
        saved = save_sheets(book, Path(folder) / "sheets")
        for sheet, share in SHOWN.items():
            with Image.open(saved[sheet]) as picture:
                wide, high = picture.size
                edge = round(wide * 0.02)
                cut = picture.crop((edge, edge, wide - edge, round(high * share)))
                name = saved[sheet].name
                cut.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(target / name, optimize=True)
                print(f"docs/pictures/{name} written")


def _first_page_of_minutes() -> None:
    """The first page of the minutes that the example's documents hold."""
    from PIL import Image

    from addin.frontends.terminal import documents
    from addin.frontends.terminal.session import Session

    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "programme.xlsx"
        _example(book)
        made = documents.make(Session(book, _DAY), ["board-minutes"])
        pdf = printed(made.written[0].path, Path(folder))
        one = ["pdftoppm", "-r", str(_PAGE_DOTS), "-png", "-singlefile", "-f", "1", "-l", "1"]
        subprocess.run([*one, str(pdf), str(Path(folder) / "page")], check=True, timeout=60)
        target = ROOT / "docs" / "pictures" / "minutes.png"
        with Image.open(Path(folder) / "page.png") as picture:
            picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(target, optimize=True)
        print("docs/pictures/minutes.png written")


def main() -> int:
    """Makes the pictures."""
    if len(sys.argv) == 3:
        for sheet, picture in save_sheets(Path(sys.argv[1]), Path(sys.argv[2])).items():
            print(f"{sheet}: {picture}")
    else:
        _for_readme()
        _first_page_of_minutes()
    return 0


if __name__ == "__main__":
    sys.exit(main())
