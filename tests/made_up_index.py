"""A package index without a network: each locked package as a made-up wheel, and a later release of it."""

import hashlib
import os
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Self

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.install import LOCALES

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
NEVER_LOCKED = "released-tomorrow"


def requirements(lock: str) -> list[Requirement]:
    """Return what a lock file of the project names, its hashes left out."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    return [Requirement(line.removesuffix("\\").strip()) for line in lines]


def pinned(requirement: Requirement) -> str:
    return next(iter(requirement.specifier)).version


def versions(lock: str) -> dict[str, str]:
    """Return the versions that *lock* means to install on this machine."""
    return {
        canonicalize_name(each.name): pinned(each)
        for each in requirements(lock)
        if each.marker is None or each.marker.evaluate()
    }


def write_wheel(
    folder: Path, name: str, version: str, *, files: Mapping[str, bytes] = {}, needs: Iterable[str] = ()
) -> str:
    """Write a wheel that holds *files* and asks for *needs*; return its SHA-256 in hexadecimal digits."""
    stem = f"{canonicalize_name(name).replace('-', '_')}-{version}"
    requires = "".join(f"Requires-Dist: {need}\n" for need in needs)
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}"
    content = {
        **files,
        f"{stem}.dist-info/METADATA": about.encode(),
        f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in (*content, f"{stem}.dist-info/RECORD"))
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, data in {**content, f"{stem}.dist-info/RECORD": record.encode()}.items():
            wheel.writestr(file, data)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def code_of(package: str) -> dict[str, bytes]:
    """Return the real files of an installed *package*."""
    files = metadata.distribution(package).files or []
    return {str(file): file.read_binary() for file in files if file.parts[0] == package}


FILES = {
    "flit-core": code_of("flit_core"),
    "babel": {f"babel/locale-data/{name}.dat": b"" for name in (*LOCALES, "fr", "vi_VN")},
}
"""What is not empty: the build backend, which has work to do, and locales."""


@dataclass(frozen=True, slots=True)
class MadeUpIndex:
    """A folder of wheels, and the hashes of the locked ones by their names."""

    folder: Path
    hashes: dict[str, str]

    @classmethod
    def make(cls, folder: Path) -> Self:
        hashes: dict[str, str] = {}
        for lock in LOCKS:
            for requirement in requirements(lock):
                name, version = canonicalize_name(requirement.name), pinned(requirement)
                # As pytest-cov needs coverage[toml], which some releases of pip look for beside coverage.
                needs = [NEVER_LOCKED]
                hashes[name] = write_wheel(folder, name, version, files=FILES.get(name, {}), needs=needs)
                write_wheel(folder, name, f"{version}.999")
        write_wheel(folder, NEVER_LOCKED, "1.0")
        return cls(folder, hashes)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a process whose pip knows this index and no other."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_CACHE_DIR": "1",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.folder),
        }

    def lock(self, lock: str, *, only: Collection[str] = ()) -> str:
        """Return *lock*, or its lines about *only* those packages, with the hashes of the made-up wheels."""
        named = [(each, canonicalize_name(each.name)) for each in requirements(lock)]
        return "".join(
            f"{each} --hash=sha256:{self.hashes[name]}\n" for each, name in named if not only or name in only
        )
