"""`/submit/`"""
