"""What both ends must know alike: the version that they speak, and which operations change a spreadsheet."""

#: Raised when a request's or an answer's meaning changes.
PROTOCOL = 4
#: The kind of a refusal: it would take the keyboard from somebody who is typing. Said `even_so`, it is done.
KEYBOARD = "Keyboard"
#: These alone can be gathered into one step.
CHANGING = frozenset(
    [
        *("write", "write_formulas", "clear", "copy_formats", "shift", "links", "lead_elsewhere", "merge"),
        *("set_number_format", "set_look", "set_extent"),
        *("add_sheet", "remove_sheet", "copy_sheet", "rename_sheet", "show_sheet", "protect_sheet", "unprotect_sheet"),
        *("add_table", "resize_table", "remove_table", "rename_table"),
        *("set_property", "set_name", "remove_name"),
    ]
)
