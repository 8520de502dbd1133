-- Champion Workbook {{VERSION}}: what a button of Excel's ribbon starts. Written by "champions addin install".
-- Excel hands over one text: what was pressed, the workbook's name as hexadecimal digits, and the ribbon's version.

on press(parameter)
	set pieces to splitAt(parameter, "|")
	set python to {{PYTHON}}
	set logFolder to {{LOGS}}
	set errorLog to {{ERRORS}}
	return do shell script "mkdir -p " & quoted form of logFolder & "; " & quoted form of python & " {{START}} " & quoted form of (item 1 of pieces) & " " & quoted form of (item 2 of pieces) & " " & quoted form of (item 3 of pieces) & " > /dev/null 2>> " & quoted form of errorLog & " &"
end press

on splitAt(given, mark)
	set before to AppleScript's text item delimiters
	set AppleScript's text item delimiters to mark
	set pieces to text items of given
	set AppleScript's text item delimiters to before
	return pieces
end splitAt
