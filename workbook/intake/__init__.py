"""What other lists hold, brought into a register: which column is which, what is there already, what is set aside."""
