"""Between the files of a user and the passes: what finds, reads and compiles them, and writes what comes of it.

Nothing here speaks: what there is to say is a value, and a command line that cannot be meant is a
:class:`~negsplit.desk.usage.WrongUsageError`.
"""
