"""The command line: every command of kneejournal, each loaded when it is called."""
