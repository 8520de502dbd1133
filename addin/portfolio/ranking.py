"""The rows that matter most out of any number, held in little memory."""

from __future__ import annotations

from typing import Any


class Top:
    """The first so many rows by a key, whatever the order in which they come.

    Args:
        most: how many are held.

    Attributes:
        count: how many rows came.
    """

    def __init__(self, most: int) -> None:
        self.count = 0
        self._most = most
        self._held: list[tuple[Any, int, Any]] = []

    def add(self, key: Any, row: Any) -> None:
        """Takes a row.

        Args:
            key: what it is ranked by; of two alike the one that came first is first.
            row: anything.
        """
        self._held.append((key, self.count, row))
        self.count += 1
        if len(self._held) > self._most + self._most // 4:
            self._cut()

    def as_they_came(self) -> list[Any]:
        """The same rows, in the order in which they came; they are held no longer."""
        self._cut()
        self._held.sort(key=lambda held: held[1])
        return self._kept()

    def ranked(self) -> list[Any]:
        """The rows, by the key; they are held no longer."""
        self._cut()
        return self._kept()

    def _kept(self) -> list[Any]:
        held, self._held = self._held, []
        return [row for _, _, row in held]

    def _cut(self) -> None:
        self._held.sort(key=lambda held: held[:2])
        del self._held[self._most :]
