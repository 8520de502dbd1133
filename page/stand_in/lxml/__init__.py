"""What of lxml the documents use, as plain Python: lxml itself is compiled, and has no wheel for a browser.

python-docx, docxtpl and our own code find it under lxml's name, so there is one way in which documents are made. It is
held against lxml itself: each document must come out the same, to the byte.
"""
