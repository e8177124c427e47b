"""What happens where and when: activities, sessions, attendance, completion, certificates."""
