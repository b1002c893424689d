"""What could not be done: the few errors that a face shows as one sentence and one hint.

A fault in the user's data is never one of these; it is a `Finding`. Messages are English msgids with named fields,
translated where they are shown.
"""

from __future__ import annotations


class Words(str):
    """A msgid among the values of an error or a finding: translated where that is shown."""

    __slots__ = ()


class GranskningError(Exception):
    """A thing could not be done. `message` and `hint` are msgids, `values` fills them."""

    def __init__(self, message: str, hint: str = "", **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.hint = hint
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Travel from a worker process with the named values intact."""
        return (_rebuild, (type(self), self.message, self.hint, self.values))


def _rebuild(kind: type[GranskningError], message: str, hint: str, values: dict[str, object]) -> GranskningError:
    return kind(message, hint, **values)


class UsageError(GranskningError):
    """The command was asked for something that it cannot mean."""


class NotAWorkspaceError(GranskningError):
    """There is no working folder here or above."""


class UnreadableFileError(GranskningError):
    """A file or folder could not be read."""


class FileTooLargeError(UnreadableFileError):
    """A file is larger than any of its kind need be, so it was not read. Its values have `size` and `limit`."""


class WriteRefusedError(GranskningError):
    """A file was not written: it exists, has changed on disk, or the disk said no."""


class ChangedOnDiskError(WriteRefusedError):
    """The file is no longer as it was when it was opened, so it was not written."""


class EditRefusedError(GranskningError):
    """An edit was not made: the text cannot be edited exactly, or the outcome would not read back as meant."""


class NotSavedError(GranskningError):
    """No commit was made: git is in the midst of something, or said no."""


class MissingPartError(GranskningError):
    """A library or program that this task needs is not on this computer."""


class NoHistoryError(GranskningError):
    """Git has no answer: there is no repository, it is empty, it refuses, or what it has stored is damaged."""


class NoRepositoryError(NoHistoryError):
    """The folder does not lie in a git repository."""


class NothingSavedError(NoHistoryError):
    """The git repository is empty."""


class PrintingFailedError(GranskningError):
    """A report could not be printed."""


class TookTooLongError(GranskningError):
    """Something was stopped since the processor time that it may use was out."""


class WaitedTooLongError(TookTooLongError):
    """Something was stopped by the clock: it waits for ever, or the machine is very busy or has no other limit."""


class TooMuchMemoryError(GranskningError):
    """Something was stopped since it needs more memory than it may use."""


class ReadingStoppedError(GranskningError):
    """A file was not read to its end: reading it took more time or memory than it may."""


class WorkerDiedError(GranskningError):
    """The process that did something ended before it was done."""


class ProcessNotStartedError(GranskningError):
    """The system gave no process for something that is done in one of its own."""


class ClusterError(GranskningError):
    """A cluster of machines cannot be used: nobody answers there, it has no workers, or it lost a job."""


class OtherPartsError(ClusterError):
    """A machine of the cluster has another version of something that decides the outcome."""


class TemplateFaultError(GranskningError):
    """A template is wrong: the sentence names file and line."""


class NetworkError(GranskningError):
    """A service on the network gave no answer that can be used: it is away, too slow, too busy or too large."""


class ServiceRefusedError(NetworkError):
    """A service answered that it will not. Its values have `status` and `said`."""


class UnknownFileError(UsageError):
    """There is no such file, or part of one, among those of the folder."""
