"""What writing back costs with openpyxl or wolfxl: load, change 200 cells and the findings, save.

python bench/peer_write.py openpyxl|wolfxl WORKBOOK.xlsx OUT.xlsx
"""

import sys

name, source, target = sys.argv[1:4]
if name == "wolfxl":
    import wolfxl

    book = wolfxl.load_workbook(source, modify=True)
else:
    import openpyxl

    book = openpyxl.load_workbook(source)
sheet = book["Support log"]
column = sheet.max_column
for row in range(6, 206):
    sheet.cell(row, column).value = "Please look at the date."
checks = book["Checks"]
for row in range(6, 306):
    for column in range(1, 11):
        checks.cell(row, column).value = "Please look"
book.save(target)
