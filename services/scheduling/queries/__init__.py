"""What is shown of scheduling, and to whom."""
