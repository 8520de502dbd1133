"""The open workbook: what a pressed button does to it, in whichever office program it is open."""
