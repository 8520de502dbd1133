"""The Excel add-in: building it, putting it in its place, and finding out what is wrong with it."""
