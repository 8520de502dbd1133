"""Reads a Word file that people filled in and saved again, whatever Word or Writer made of it."""
