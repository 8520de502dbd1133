"""A workbook as a file that no program holds open: read through python-calamine, written part by part."""
