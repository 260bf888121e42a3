"""The demo, and sites of made-up people."""
