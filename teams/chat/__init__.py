"""Chats: showing a notice in Slack and Microsoft Teams, and posting it. Nothing here decides who gets one."""
