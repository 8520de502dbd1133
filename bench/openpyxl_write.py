"""What writing back costs with openpyxl: load, change 200 cells and the Checks table, save."""

import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheet = book["Support log"]
for row in range(5, 205):
    sheet.cell(row, sheet.max_column).value = "Please look at the date."
checks = book["Checks"]
for row in range(5, 305):
    for column in range(1, 10):
        checks.cell(row, column).value = "Please look"
book.save(sys.argv[2])
