"""A package whose modules are loaded when the first of their names is asked for: a look at a workbook needs few."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any


def late_names(package: str, declared_in: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package that shows names of its modules.

    Args:
        package: its name.
        declared_in: by module, as seen from the package, the names that it declares, with blanks between them.
    """
    modules = {name: module for module, names in declared_in.items() for name in names.split()}

    def __getattr__(name: str) -> Any:  # noqa: N807 - it is the function of that name
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
