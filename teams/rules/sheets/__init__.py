"""Reading what teams keep in spreadsheets: which column means what, and what each cell says."""
