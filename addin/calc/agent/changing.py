"""Which operations change a spreadsheet: both ends must agree, since these alone can be gathered into one step."""

CHANGING = frozenset(
    [
        *("write", "write_formulas", "clear", "copy_formats", "shift", "links", "lead_elsewhere", "merge"),
        *("set_number_format", "set_look", "set_extent"),
        *("add_sheet", "remove_sheet", "copy_sheet", "rename_sheet", "show_sheet", "protect_sheet", "unprotect_sheet"),
        *("add_table", "resize_table", "remove_table", "rename_table"),
        *("set_property", "set_name", "remove_name"),
    ]
)
