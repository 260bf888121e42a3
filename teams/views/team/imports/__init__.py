"""`/team/<team>/imports/`"""
