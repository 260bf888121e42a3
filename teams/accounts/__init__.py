"""Signing in: django-allauth's adapter, second factors, passkeys, sessions, single sign-on."""
