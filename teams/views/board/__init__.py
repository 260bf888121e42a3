"""`/board/`"""
