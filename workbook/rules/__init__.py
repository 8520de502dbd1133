"""What is judged: checks of entries, triggers, reviews, and the series they rest on."""
