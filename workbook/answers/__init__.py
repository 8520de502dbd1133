"""What is made of it for people and for the next run: the week, explanations, memory, proposals."""
