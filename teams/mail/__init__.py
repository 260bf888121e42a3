"""Mail: writing a letter, and handing it over. Nothing here decides who gets one."""
