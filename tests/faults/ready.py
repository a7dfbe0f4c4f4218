"""vigsite with everything imported: it forks itself for each command, which spares the start.

Run as a program. A line of JSON on its input is an order: run these arguments (answered by the
fork's process id), or wait for such a process (answered by its exit status and the bytes of memory
that it held at most; by null while it runs, if the order says `now`).
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import threading
import time
from typing import Any

import vigsite

LATER = (
    *("av", "bcrypt", "jinja2.ext", "material", "mkdocs.commands.build", "pyzipper"),
    *("PIL.JpegImagePlugin", "PIL.PngImagePlugin", "pypdf", "rich.progress", "typst"),
)
"""What commands import only when they need it."""
HASTE = "TEST_HASTE"
"""How many times as fast the time that limits ffmpeg goes by, in one run."""
_PR_SET_PTRACER = 0x59616D61


def serve() -> None:
    """Answers orders until its input ends. In a fork it returns, to go on as vigsite."""
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            pid, status, used = os.wait4(order["wait"], os.WNOHANG if order.get("now") else 0)
            ended = [os.waitstatus_to_exitcode(status), used.ru_maxrss * 1024]
            answer: object = ended if pid else None
        else:
            answer = os.fork()
            if not answer:
                become(order)
        print(json.dumps(answer), flush=True)
    sys.exit()


def become(order: dict[str, Any]) -> None:
    """Turns a fork into a process of its own, and runs vigsite in it. Does not return."""
    for name, number in (("out", 1), ("err", 2)):
        os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(order["cwd"])
    if order["whole"]:
        os.environ.clear()
    os.environ.update(order["variables"])
    sys.argv = ["vigsite", *order["arguments"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if order["gate"]:  # whoever traces it says when to go
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
        os.close(os.open(order["gate"], os.O_RDONLY))
    if haste := order["variables"].get(HASTE):
        real = time.monotonic
        time.monotonic = lambda: real() * float(haste)  # the clock that tells what hangs
    from vigsite.__main__ import main

    main()


def everything() -> None:
    """Imports what any command may need; no thread may be running when it forks."""
    for module in pkgutil.walk_packages(vigsite.__path__, "vigsite."):
        importlib.import_module(module.name)
    for name in LATER:
        importlib.import_module(name)
    assert threading.active_count() == 1
    gc.freeze()


if __name__ == "__main__":
    everything()
    serve()
