"""What the master workbook means: its registers, rules and documents' contents. Pure: no file, screen or clock."""
