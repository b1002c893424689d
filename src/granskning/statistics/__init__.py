"""Statistics: bytes of a service or a file in, values out; and what differs between two readings.

Nothing here opens a connection or a file, waits or asks the time. What has an unexpected form is an
UnexpectedFormError, never a guess: a number that is read wrongly looks right.
"""
