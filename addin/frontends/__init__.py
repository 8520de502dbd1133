"""What people start: the terminal, the ribbon, the toolbar, the buttons behind both, and what these share."""
