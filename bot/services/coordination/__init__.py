"""How tasks and processes wait for, and agree with, one another."""
