"""What the commands print and write is just what the published schemas say."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from addin.frontends.terminal import main
from addin.schema import PUBLISHED

DAY = ["--as-of", "2026-06-30"]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    assert main(["new", str(folder / "example.xlsx"), "--example", "--planted", str(folder / "planted.json")]) == 0
    return folder


@pytest.mark.parametrize("command", ["check", "triggers", "week", "reviews"])
def test_what_a_command_prints_is_what_its_schema_says(command, example, capsysbinary):
    writes = ["--no-write"] if command in ("check", "triggers") else []
    main([command, str(example / "example.xlsx"), *DAY, "--json", *writes])
    printed = json.loads(capsysbinary.readouterr().out)
    model = PUBLISHED[command].model_validate(printed)
    assert model.model_dump(mode="json") == printed


def test_what_was_planted_is_what_its_schema_says(example):
    written = json.loads((example / "planted.json").read_text(encoding="utf-8"))
    assert PUBLISHED["planted"].model_validate(written).model_dump(mode="json") == written


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda out: out.pop("fingerprint"), ("fingerprint",)),
        (lambda out: out.update(more=1), ("more",)),
        (lambda out: out["counts"].update(error="3"), ("counts", "error")),
        (lambda out: out["findings"][0].update(severity="fatal"), ("findings", 0, "severity")),
    ],
    ids=["a name missing", "an unknown name", "a number as text", "an unknown severity"],
)
def test_what_is_otherwise_is_refused_by_its_place(change, place, example, capsysbinary):
    main(["check", str(example / "example.xlsx"), *DAY, "--json", "--no-write"])
    printed = json.loads(capsysbinary.readouterr().out)
    PUBLISHED["check"].model_validate(printed)
    change(printed)
    with pytest.raises(ValidationError) as caught:
        PUBLISHED["check"].model_validate(printed)
    assert place in {error["loc"] for error in caught.value.errors()}
