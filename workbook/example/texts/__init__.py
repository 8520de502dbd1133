"""What people in the example wrote. Data only; {p} stands for resident, client or tenant."""
