"""What is installed of Excel's ribbon, where Excel runs."""

from __future__ import annotations

from addin.frontends.ribbon.places import here
from addin.frontends.ribbon.registry import WindowsRegistry
from addin.frontends.ribbon.status import examine
from addin.frontends.status_line import Point
from workbook.model.errors import HostCannot, ToolMissing


def examine_ribbon() -> list[Point]:
    """As `champions addin status`; on a system without Excel that it does not run there, which is no fault."""
    try:
        return examine(here(), WindowsRegistry())
    except HostCannot as error:
        return [Point(True, f"{error.what} {error.next_step}")]
    except ToolMissing as error:
        return [Point(False, error.what, error.next_step, error.in_terminal)]
