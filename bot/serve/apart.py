"""What strangers sent, read in processes that may be killed: nothing that it does can hold up or fill up this one.

An HTML parser that meets 400,000 attributes or tags nested 100,000 deep works for minutes, and no thread can be told to
stop. A process can: each has a limit of memory, and for each document one of computing and one of time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from bot.errors import OnRecordError, TooComplex
from bot.serve import reading
from bot.serve.helper import Helper, Limits
from bot.serve.pool import Workers

R = TypeVar("R")
P = ParamSpec("P")

_EXCEEDED = (EOFError, ConnectionError, TimeoutError, MemoryError)
"""What asking a process comes to where a limit ended it, or its time or memory was at an end."""


class Apart(Workers):
    """`jobs` processes, each begun when there is work for it; one that exceeds its limits is killed and replaced.

    `memory_mb` is the whole address space of a process, of which what it loads takes some 200 MB; `cpu_s` and `wall_s`
    are seconds for each thing that is asked. It is an executor, so that an event loop can wait for it, and a context
    that ends its processes when it is left.
    """

    def __init__(self, jobs: int = 2, memory_mb: int = 512, cpu_s: int = 5, wall_s: float = 8.0) -> None:
        limits = Limits(memory_mb * 1024 * 1024, cpu_s, wall_s)
        super().__init__(jobs, partial(Helper, limits, reading.prepare))

    def read(self, work: Callable[P, R], /, *given: P.args, **named: P.kwargs) -> R:
        """Have it done, and wait. Raises what that raises, `TooComplex` where it takes more than is allowed."""
        return self.submit(work, *given, **named).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()

    def _ask(self, work: Callable[P, R], /, *given: P.args, **named: P.kwargs) -> R:
        try:
            answer: R = self._helper().ask(work, given, named)
        except _EXCEEDED as exceeded:
            self._replace()
            if self._ended:
                raise OnRecordError("reading was ended", hint="Start it again.") from exceeded
            raise TooComplex(
                "too complex: reading it takes more time or memory than is allowed",
                hint="Is it an article? Save its text as .txt, and add that.",
            ) from exceeded
        return answer
