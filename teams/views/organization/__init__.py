"""`/organization/`"""
