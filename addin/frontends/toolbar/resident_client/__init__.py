"""Asks the resident process, which is started where none is running; any Python from 3.7 on, its own library alone."""

from .asking import Lost, NotTaken, Resident, ask

__all__ = ["Lost", "NotTaken", "Resident", "ask"]
