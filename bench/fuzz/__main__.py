"""`python -m bench.fuzz [--seconds 600] [--seed N] [--only TARGET]`: what falls over, hangs or eats memory is kept in the corpus,
which `tests/test_corpus.py` plays again. Exit status 1 when something was kept."""

import argparse
import contextlib
import hashlib
import io
import random
import resource
import signal
import tempfile
import time
import traceback
import warnings
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from bench.fuzz.targets import EXPECTED, TARGETS

CORPUS = Path(__file__).parents[2] / "tests" / "corpus"
#: seconds that one try may take
_LIMIT = 20
_SPICES = (
    b"\0", b"\xff\xfe", b"[[", b"]]", b"((((", b"))))", b'"', b"'", b"=cmd|", b"\xe2\x80\xae", b"\x1b[2J", b"9" * 400,
    b"6.22E+999999", b"\xef\xbc\x9d1", b"T+",
    b"1e999", b"NaN", b"-0", b"<!ENTITY a '", b"../../", b"\n" * 50, b"tag(" * 60, b"not " * 200, b",", b"PK\x03\x04",
)  # fmt: skip


class _TooSlow(Exception):
    pass


def _alarm(_signal: int, _frame: object) -> None:
    raise _TooSlow


def mutated(seed: bytes, other: bytes, chance: random.Random) -> bytes:
    """A seed with some of it flipped, doubled, cut, spiced or crossed with another; of a zip mostly one of its parts."""
    if seed.startswith(b"PK") and chance.random() < 0.8:
        with contextlib.suppress(
            zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, ValueError
        ):
            return _inside(seed, other, chance)
    return _mutated(seed, other, chance)


def _inside(seed: bytes, other: bytes, chance: random.Random) -> bytes:
    """A zip with one part mutated."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as file, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        names = file.namelist()
        chosen = chance.choice(names)
        for name in names:
            body = file.read(name)
            out.writestr(name, _mutated(body, other, chance) if name == chosen else body)
    return made.getvalue()


def _mutated(seed: bytes, other: bytes, chance: random.Random) -> bytes:
    body = bytearray(seed)
    for _time in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(body) + 1)
        end = min(len(body), at + chance.choice((1, 2, 8, 64, 1024)))
        match chance.randrange(6):
            case 0:
                body[at:at] = chance.choice(_SPICES)
            case 1:
                del body[at:end]
            case 2:
                body[at:at] = body[at:end] * chance.choice((1, 3, 100))
            case 3 if body:
                body[at % len(body)] ^= 1 << chance.randrange(8)
            case 4:
                body[at:end] = other[: end - at + chance.randrange(64)]
            case _:
                body[at:end] = bytes(chance.randrange(256) for _byte in range(end - at))
        del body[2_000_000:]
    return bytes(body)


def seeds(target: str) -> list[bytes]:
    """What is stored for a target."""
    return [one.read_bytes() for one in sorted((CORPUS / target).iterdir()) if one.is_file()]


def tried(target: str, content: bytes, folder: Path) -> str:
    """One try: '' when it ended as it may, else what happened."""
    signal.signal(signal.SIGALRM, _alarm)
    signal.alarm(_LIMIT)
    try:
        TARGETS[target](content, folder)
    except EXPECTED:
        return ""
    except _TooSlow:
        return f"no end within {_LIMIT} s"
    except MemoryError:
        return "no memory"
    except Exception:  # noqa: BLE001  (that is what is looked for)
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    return ""


def main() -> int:
    """Run, print a line for each target."""
    parser = argparse.ArgumentParser(prog="bench.fuzz")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=531)
    parser.add_argument("--only", choices=sorted(TARGETS))
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # of libraries, about what was meant to be broken
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    chance = random.Random(given.seed)
    names = [given.only] if given.only else list(TARGETS)
    stored = {name: seeds(name) for name in names}
    count: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    alike: set[tuple[str, str]] = set()
    end = time.monotonic() + given.seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            name = chance.choice(names)
            content = mutated(chance.choice(stored[name]), chance.choice(stored[name]), chance)
            count[name] += 1
            if fault := tried(name, content, Path(folder)):
                places = (
                    name,
                    "".join(line for line in fault.splitlines() if line.startswith("  File")) or fault,
                )
                if places in alike:  # one of each kind is enough
                    continue
                alike.add(places)
                kept[name] += 1
                mark = hashlib.sha256(content).hexdigest()[:12]
                (CORPUS / name / f"fell-{mark}").write_bytes(content)
                print(f"{name} fell-{mark}: {fault}")
    for name in names:
        print(f"{name:10} {count[name]:8} tries {kept[name]:4} kept")
    return int(bool(kept))


if __name__ == "__main__":
    raise SystemExit(main())
