"""What a programme's workbook holds: registers, cells, snapshots, changes and findings."""
