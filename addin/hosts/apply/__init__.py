"""How a change set is carried out, the same on every kind of workbook."""
