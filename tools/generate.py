"""Writes the pages, workbook, add-ins and templates that derive from declarations; --check names what is not current.

Pages are compared letter by letter, workbooks part by part: how tightly a part is packed depends on the machine.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.frontends.ribbon.build import build  # noqa: E402 - the checkout's own package, wherever this is run from
from addin.frontends.ribbon.names import ADDIN  # noqa: E402
from addin.frontends.toolbar.build import build as build_extension  # noqa: E402
from addin.frontends.toolbar.names import EXTENSION  # noqa: E402
from addin.output.masterbook import build_master  # noqa: E402
from addin.schema import PUBLISHED  # noqa: E402
from tools.ribbon_picture import ribbon_picture  # noqa: E402
from tools.templates.all import TEMPLATES, built  # noqa: E402
from workbook.blueprint import plan_book  # noqa: E402
from workbook.reference import reference  # noqa: E402

MASTER = ROOT / "workbooks" / "champion-workbook.xlsx"


def files() -> dict[Path, bytes]:
    """Every generated file and what should stand in it."""
    return {
        ROOT / "docs" / "reference.md": reference().encode(),
        MASTER: build_master(plan_book()),
        ROOT / "addin" / "frontends" / "ribbon" / ADDIN: build().content,
        ROOT / "addin" / "frontends" / "toolbar" / EXTENSION: build_extension(),
        ROOT / "docs" / "pictures" / "ribbon.svg": ribbon_picture().encode(),
        **{ROOT / "templates" / name: built(name) for name in TEMPLATES},
        **{
            ROOT / "docs" / "schema" / f"{name}.schema.json": schema_text(model.model_json_schema()).encode()
            for name, model in PUBLISHED.items()
        },
    }


def schema_text(schema: object) -> str:
    """A JSON Schema as it is published."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook, or the whole of another file."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main() -> int:
    """Writes or checks the files; exit 1 if one is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is not current")
    check = parser.parse_args().check
    wanted = files()
    stale = [path for path, new in wanted.items() if not path.exists() or parts(path.read_bytes()) != parts(new)]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is not current. Run: make generate")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(wanted[path])
            print(f"{path.relative_to(ROOT)} written")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
