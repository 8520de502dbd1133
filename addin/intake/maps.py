"""Mapping files: read strictly, found again by a list's headers, and begun for a person to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.lossless import read_plain
from workbook.intake.headers import fold_header
from workbook.intake.matching import OF_FORM, PROPOSED, Match, SourceMap
from workbook.intake.problem_rows import register_named
from workbook.intake.source import Source
from workbook.model.declare import Column, Register
from workbook.model.errors import SourceUnusable
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass

if TYPE_CHECKING:
    from addin.schema.mapping import MappingFile

#: Where a workbook's mapping files are found again, in the folder beside it.
FOLDER = Path(".champions") / "maps"
_MOST = 1 << 20
_NEXT = "Correct it and import again. docs/schema/mapping.schema.json says what a mapping file may hold."


@dataclass(frozen=True)
class UsedMap:
    """A mapping file, understood, and what it says of how the list is written."""

    mapping: SourceMap
    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    separator: str = ""


NO_MAP = UsedMap(SourceMap())


def read_map(path: Path, register: type[Register]) -> UsedMap:
    """A mapping file.

    Raises:
        SourceUnusable: it can't be read, is of another register, or says what can't be.
    """
    data = _loaded(path)
    from pydantic import ValidationError

    from addin.schema.mapping import MappingFile

    try:
        return _understood(path, MappingFile.model_validate(data), register)
    except ValidationError as error:
        raise _wrong(path, _words_of(error.errors(), MappingFile)) from error


def find_map(book: Path, register: type[Register], source: Source) -> UsedMap | None:
    """The mapping file beside a workbook that is made for a list's headers; None where there is none."""
    headers = {fold_header(h) for h in source.headers}
    best: tuple[int, Path] | None = None
    folder = book.parent / FOLDER
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            data = _loaded(path)
        except SourceUnusable:
            continue
        columns = (
            {fold_header(str(h)) for h in data.get("columns", {})} if isinstance(data.get("columns"), dict) else set()
        )
        fits = columns and columns <= headers and register_named(str(data.get("into", ""))) is register
        if fits and (best is None or len(columns) > best[0]):
            best = (len(columns), path)
    return read_map(best[1], register) if best is not None else None


def _loaded(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(read_plain(path, most=_MOST).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise SourceUnusable("There is no such mapping file.", where=str(path), next_step="Check its name.") from error
    except OSError as error:
        raise SourceUnusable(f"The mapping file can't be read ({error.strerror or error}).", where=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise _wrong(path, "It is no JSON: a bracket, a comma or a quotation mark is missing or too many.") from error
    if not isinstance(data, dict):
        raise _wrong(path, "It is no JSON object.")
    return data


def _wrong(path: Path, what: str) -> SourceUnusable:
    return SourceUnusable(f"The mapping file can't be used. {what}", where=str(path), next_step=_NEXT)


def _words_of(errors: Iterable[Mapping[str, Any]], model: type[MappingFile]) -> str:
    """What pydantic found, in words; an unknown name with the one that looks like it."""
    said = []
    for error in errors:
        place = " › ".join(map(str, error["loc"]))
        if error["type"] == "extra_forbidden":
            near = _near(
                str(error["loc"][-1]), [*model.model_fields, "sheet", "header_row", "encoding", "separator", "dates"]
            )
            said.append(f"It does not know {place}." + (f" Do you mean {near}?" if near else ""))
        else:
            said.append(f"{place}: {error['msg']}.")
    return " ".join(said)


def _near(word: str, known: Sequence[str]) -> str:
    import difflib

    found = difflib.get_close_matches(fold(word), [fold(k) for k in known], n=1, cutoff=0.6)
    return next((k for k in known if found and fold(k) == found[0]), "")


def _understood(path: Path, file: MappingFile, register: type[Register]) -> UsedMap:
    into = register_named(file.into)
    if into is not register:
        raise _wrong(path, f"It is for {into.sheet if into else file.into}, not for {register.sheet}.")

    def column(name: str) -> Column[Any]:
        found = next((c for c in register.columns if fold(name) in (fold(c.header), *map(fold, c.also))), None)
        if found is None:
            near = _near(name, [c.header for c in register.columns])
            raise _wrong(path, f"{register.sheet} has no column {name}." + (f" Do you mean {near}?" if near else ""))
        return found

    columns = {fold_header(h): column(ours) if ours is not None else None for h, ours in file.columns.items()}
    _refuse_twice(path, [c for c in columns.values() if c is not None])
    values = {column(c): {fold(t): o for t, o in words.items()} for c, words in file.values.items()}
    module, then = _wide(path, file.wide)
    mapping = SourceMap(
        name=file.name or path.stem,
        columns=columns,
        constants={column(c): v for c, v in file.constants.items()},
        values=values,
        module=column(module) if module else None,
        then=tuple(column(c) for c in then),
        dates=file.source.dates,
    )
    said = file.source
    return UsedMap(mapping, said.sheet, said.header_row, said.encoding, said.separator)


def _refuse_twice(path: Path, columns: Sequence[Column[Any]]) -> None:
    twice = next((c for n, c in enumerate(columns) if c in columns[:n]), None)
    if twice is not None:
        raise _wrong(path, f"Two headings go into {twice.header}.")


def _wide(path: Path, wide: Mapping[str, str | list[str]]) -> tuple[str, list[str]]:
    if not wide:
        return "", []
    then = wide.get("then")
    things = [k for k, v in wide.items() if v == "header"]
    if not isinstance(then, list) or len(things) != 1 or len(wide) != 2:
        raise _wrong(path, 'wide holds one column of ours with the word "header", and "then" with a list of columns.')
    return things[0], then


def begun_map(register: type[Register], source: Source, matches: Sequence[Match], dates: str) -> bytes:
    """A mapping file for a list as far as it is understood; a person fills in the rest."""
    columns = {}
    for match in matches:
        if match.how != OF_FORM and match.header:
            meant = match.column or (match.near if match.how == PROPOSED else None)
            columns[match.header] = meant.header if meant is not None else None
    made = {
        "version": 1,
        "name": Path(source.file).stem,
        "into": register.table,
        "source": {"sheet": source.sheet, "dates": dates},
        "columns": columns,
    }
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
