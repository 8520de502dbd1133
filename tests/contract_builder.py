"""`tests.support.contract_builder`, under the name by which scripts outside this repository know it."""

from tests.support.contract_builder import *  # noqa: F403
