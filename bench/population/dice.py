"""The dice of a simulated programme, and its rows."""

import datetime as dt

from workbook.model.registers import BY_TABLE


class Dice:
    """What every part of a programme throws and adds."""

    def slip(self, share):
        """Whether a busy person slips here; the dice are thrown either way, so that both kinds are alike."""
        return self.rng.random() < share * self.slips

    def add(self, table, prefix="", **cells):
        """A row of a table; its id is counted up."""
        row = {name.replace("_", " "): value for name, value in cells.items()}
        if prefix:
            self.counts[prefix] += 1
            key = BY_TABLE[table].key.header
            row[key] = (
                f"{prefix}-{self.counts[prefix]:04}"
                if prefix in ("SU", "CF", "OR")
                else f"{prefix}-{self.counts[prefix]:03}"
            )
            self.rows[table].append(row)
            return row
        self.rows[table].append(row)
        return row

    def days(self, low, high):
        return dt.timedelta(self.rng.randint(low, high))

    def choose(self, weights):
        return self.rng.choices(list(weights), list(weights.values()))[0]
