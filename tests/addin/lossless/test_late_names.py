"""Each package of the writer shows the names that it says it shows, though their modules come late."""

import importlib
import subprocess
import sys

import pytest

PACKAGES = ["", ".opc", ".formula", ".worksheet", ".edit", ".save"]


@pytest.mark.parametrize("place", PACKAGES)
def test_every_name_is_there_and_no_other(place):
    package = importlib.import_module(f"addin.lossless{place}")
    assert all(getattr(package, name) is not None for name in package.__all__)
    with pytest.raises(AttributeError, match="no attribute 'not_there'"):
        _ = package.not_there


def test_what_is_not_asked_for_is_not_loaded():
    shown = "any(m.startswith('addin.lossless.save') for m in sys.modules)"
    asked = f"import sys, addin.lossless as it; it.Damaged; print({shown})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
