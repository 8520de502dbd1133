"""What an entry may be, by what was confirmed of entries like it. A suggestion is never written by itself."""

from workbook.answers.suggestions.accepting import COMMAND, accepted
from workbook.answers.suggestions.propose import Suggestion, suggested

__all__ = ["COMMAND", "Suggestion", "accepted", "suggested"]
