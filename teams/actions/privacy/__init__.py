"""What is stored about somebody: shown, kept for a time, erased."""
