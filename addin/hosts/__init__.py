"""What a workbook is to us, wherever it is: read to a snapshot, changed by a change set, all or nothing."""
