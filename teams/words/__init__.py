"""What readers see, in the language of whoever reads: sentences, figures and days. Nothing here decides anything."""
