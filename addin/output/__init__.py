"""What is written beside entries: documents, master workbooks, and the files that hold them."""
