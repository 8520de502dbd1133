"""`tests.support.killing`, under the name by which scripts outside this repository know it."""

from tests.support.killing import *  # noqa: F403
