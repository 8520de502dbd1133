"""Filled-in minutes, come back: what each row says, what it means, and what is written of it."""
