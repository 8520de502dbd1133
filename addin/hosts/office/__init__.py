"""A workbook open in Excel or LibreOffice."""
