"""`tests.support.builders`, under the name by which scripts outside this repository know it."""

from tests.support.builders import *  # noqa: F403
