"""Loads a workbook and saves it, as openpyxl does: `python bench/peer_save.py BOOK.xlsx OUT.xlsx`."""

import sys

import openpyxl

openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])
