"""A batch run with the stand-in scorer as a process of its own, to be killed: ``run_driver.py IN OUT [--resume]``."""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from indicators.errors import IndicatorsError
from indicators.readers.folder import documents
from indicators.run import run_batch


def main(folder: str, out: str, *options: str) -> int:
    """Parts of four documents, two workers; ``--limit N`` lets no file grow beyond N bytes."""
    if "--limit" in options:
        bytes_allowed = int(options[options.index("--limit") + 1])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_allowed, bytes_allowed))
    try:
        run_batch(
            documents(folder),
            out,
            workers=2,
            format="jsonl" if "--jsonl" in options else "parquet",
            resume="--resume" in options,
            scorer="run_standin:score",
            part_documents=4,
        )
    except IndicatorsError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
