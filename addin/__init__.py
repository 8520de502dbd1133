"""How Excel, LibreOffice, a closed file, a terminal and a document reach the master workbook."""
