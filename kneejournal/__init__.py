"""A daily rehab journal in the terminal for people with runner's knee."""

__version__ = "0.1.0"
