"""Jobs done by a Dask cluster: the same jobs as in processes of this computer, in and out as packed values.

The scheduler gives the jobs of a worker that dies to another. What it cannot tell, that nobody is there any more, is
looked for here, so that nobody waits for ever.
"""

from __future__ import annotations

import queue
import time
import warnings
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from granskning.edges.cluster.at_worker import SAME_PARTS, do_job, other_parts, tell_parts
from granskning.edges.cluster.ends import differences, parts_here
from granskning.edges.cluster.packing import NoValueError, pack, unpack
from granskning.errors import ClusterError, MissingPartError, OtherPartsError, Words, WorkerDiedError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from granskning.edges.cluster.address import SchedulerAddress
    from granskning.edges.cluster.host import JobKind
    from granskning.edges.limits import Limit
    from granskning.errors import GranskningError

_PATIENCE = 20.0
"""Seconds to wait for the scheduler to answer, and for a first worker."""
_ALONE = 60.0
"""Seconds without a single worker after which nobody waits any longer: a machine that starts anew takes half of it."""
_LOOK = 2.0
_AHEAD = 2
"""So many jobs for each thread of the workers are under way: the next lies ready, and the scheduler holds few."""
_SILENT = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "loggers": {name: {"handlers": ["none"], "propagate": False} for name in ("distributed", "tornado")},
}
"""What Dask would say on the terminal is told by our own errors."""
_NOBODY = Words(N_("no worker has been there for a minute, or the scheduler has ended"))
_DIED = N_("the process died (exit code {code})")


class Cluster:
    """A cluster whose workers all have the same parts as this computer. Whoever opens it closes it."""

    def __init__(self, place: SchedulerAddress, libraries: tuple[str, ...]) -> None:
        """Speak to the scheduler, and compare what decides an outcome, these `libraries` among it.

        Raises MissingPartError without Dask, ClusterError where nobody answers, OtherPartsError.
        """
        self._place = place
        self._parts = parts_here(libraries)
        self._client = _connected(place)
        try:
            self._threads = self._compared(libraries)
        except BaseException:
            self.close()
            raise

    @property
    def threads(self) -> int:
        """How many jobs are done at the same time."""
        return self._threads

    def run(
        self,
        kind: JobKind,
        jobs: Iterable[tuple[Any, ...]],
        limit: Limit,
        tell: Callable[[int, GranskningError], None] = lambda _place, _error: None,
    ) -> Iterator[tuple[int, Any]]:
        """What comes of each job's arguments, with the job's place, as they are done; the first are begun first.

        No more jobs are taken than are under way, so they may be many and large. `tell` hears of each that a worker
        tried once more, and why. A GranskningError of a job is given, not raised. Raises ClusterError when the cluster
        is lost, and OtherPartsError when a worker has joined that is another version.
        """
        waiting = enumerate(jobs)
        under_way: dict[str, tuple[int, Any]] = {}
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        watch = _Watch(self._client, self._place.address)
        try:
            while True:
                ahead = max(1, self._threads * _AHEAD) - len(under_way)
                for place, job in islice(waiting, max(0, ahead)):
                    future = self._submit(kind, job, limit)
                    under_way[future.key] = (place, future)
                    future.add_done_callback(done.put)
                if not under_way:
                    return
                self._threads = watch.look() or self._threads
                with suppress(queue.Empty):
                    future = done.get(timeout=_LOOK)
                    if values := self._outcome(future, done):
                        outcome, *again = values
                        place, _ = under_way.pop(future.key)
                        for why in again:
                            tell(place, why)
                        yield place, outcome
        finally:
            with suppress(Exception):  # whatever a lost cluster has to say
                self._client.cancel([future for _, future in under_way.values()], force=True)

    def close(self) -> None:
        """Let go of the cluster; it goes on for others."""
        with suppress(Exception):  # whatever a lost cluster has to say
            self._client.close(timeout=_LOOK)

    def _submit(self, kind: JobKind, job: tuple[Any, ...], limit: Limit) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a page has some megabytes
            # pure: Dask would merge jobs that are alike, and keep what came of them for others
            return self._client.submit(do_job, kind.name, pack(job, limit), dict(self._parts), pure=False)

    def _outcome(self, future: Any, done: queue.SimpleQueue[Any]) -> tuple[Any, ...]:
        """What a host tells of a job; nothing where it is done once more, since the worker that had it is gone."""
        try:
            if future.status == "error":
                return (self._failed(future.exception(timeout=_PATIENCE)),)
            if future.status in ("cancelled", "lost"):
                raise _lost(self._place.address, "CancelledError")
            values = unpack(future.result(timeout=_PATIENCE))
        except TimeoutError:
            future.add_done_callback(done.put)
            return ()
        except NoValueError as error:
            raise _lost(self._place.address, error) from error
        if isinstance(values[0], OtherPartsError):
            raise values[0]
        return values

    def _failed(self, error: BaseException) -> WorkerDiedError:
        """Of a job that Dask could not do: most often its worker died, and those that tried again."""
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return WorkerDiedError(_DIED, "", code="\N{EN DASH}")
        raise _lost(self._place.address, f"{type(error).__name__}: {error}")

    def _compared(self, libraries: tuple[str, ...]) -> int:
        """The number of threads of the workers, when all of them have the same parts as this computer."""
        from distributed import __version__

        address = self._place.address
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
            scheduler = self._client.get_versions()["scheduler"]["packages"]["distributed"]
            threads: Mapping[str, int] = self._client.nthreads()
            answers = self._client.run(tell_parts, libraries, on_error="return")
        except TimeoutError as error:
            message = N_("the cluster at {address} has no workers")
            raise ClusterError(
                message, N_("start some; the page about clusters in the handbook tells how"), address=address
            ) from error
        except (OSError, KeyError, TypeError, ValueError, RuntimeError) as error:
            raise _lost(address, error) from error
        if scheduler != __version__:
            message = N_("the scheduler {machine} has another version of distributed: {parts}")
            raise OtherPartsError(message, SAME_PARTS, machine=address, parts=f"{scheduler} ≠ {__version__}")
        for machine, answer in sorted(answers.items()):
            if not isinstance(answer, dict):
                message = N_("the worker {machine} cannot do the jobs of granskning: {reason}")
                hint = N_("install granskning[cluster] there, the same version as here")
                raise OtherPartsError(message, hint, machine=machine, reason=answer)
            if other := differences(self._parts, answer):
                raise other_parts(machine, other)
        return sum(threads.values())


class _Watch:
    """Looks now and then whether anybody is still there."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._looked = self._seen = time.monotonic()

    def look(self) -> int:
        """How many threads the workers have; 0 where nobody has looked. Raises ClusterError when all are gone."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return 0
        self._looked = now
        threads = 0
        with suppress(OSError, TimeoutError, RuntimeError, ValueError):
            threads = sum(self._client.nthreads().values()) if self._client.status == "running" else 0
        if threads:
            self._seen = now
        elif self._client.status in ("closed", "closing") or now - self._seen > _ALONE:
            raise _lost(self._address, _NOBODY)
        return threads


def _connected(place: SchedulerAddress) -> Any:
    """Dask's own client of the scheduler. Raises MissingPartError or ClusterError."""
    try:
        import dask

        if "distributed" not in dask.config.config:
            dask.config.set({"logging": _SILENT})
        from distributed import Client
        from distributed.security import Security
    except ImportError as error:
        message = N_("a cluster needs the library distributed, which is not on this computer")
        raise MissingPartError(message, N_("install it with: pip install 'granskning[cluster]'")) from error
    keys = place.keys
    security = Security() if keys is None else Security(
        tls_ca_file=str(keys.ca), tls_client_cert=str(keys.certificate), tls_client_key=str(keys.key),
        require_encryption=True,
    )  # fmt: skip
    try:
        # what comes back is bytes; `deserializers` refuses what only a pickle could hold
        return Client(
            place.address, timeout=_PATIENCE, set_as_default=False, security=security, name="granskning",
            serializers=["dask", "msgpack"], deserializers=["dask", "msgpack", "error"],
        )  # fmt: skip
    except (OSError, TimeoutError, ValueError, RuntimeError, TypeError) as error:
        message = N_("no scheduler answers at {address}: {reason}")
        hint = N_(
            "is it started, and with keys of the same authority? The page about clusters in the handbook tells how"
        )
        raise ClusterError(message, hint, address=place.address, reason=str(error).partition("\n")[0][:300]) from error


def _lost(address: str, reason: object) -> ClusterError:
    message = N_("the cluster at {address} is lost: {reason}")
    hint = N_("what is made stays; run the command again, and it goes on where it stopped")
    words = reason if isinstance(reason, Words) else str(reason).partition("\n")[0][:300]
    return ClusterError(message, hint, address=address, reason=words)
