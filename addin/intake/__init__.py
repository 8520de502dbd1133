"""Lists of other programs, read into plain cells: text files, workbooks, forms' exports; and the mapping files."""
