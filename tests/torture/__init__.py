"""The promises about data, tried by force.

`pytest tests/torture` tries a sample of each, `pytest tests/torture --torture` the full counts; -s shows the figures.
What a machine lacks (strace, root, Linux) is skipped with its reason.
"""
