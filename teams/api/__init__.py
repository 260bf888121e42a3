"""The API, version 1: what pages show and take, for programs, by the same actions and the same visibility."""
