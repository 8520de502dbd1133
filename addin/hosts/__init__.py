"""What a workbook is to us, wherever it is: read to a snapshot, changed by a change set, all or nothing.

>>> host = ClosedHost(Path("programme.xlsx"))
>>> owner = SetCell(RowRef("Actions", "AC-0002", 1), "Owner", "Lead Beta", "Manager Alpha")
>>> changes = ChangeSet("an example", host.read().fingerprint, (owner,))
>>> inverse = host.apply(changes, who="Lead Beta", when=dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC))
>>> inverse.describe()
['Actions AC-0002, Owner: “Manager Alpha” becomes “Lead Beta”']
"""
