# SPDX-License-Identifier: Apache-2.0
"""From a path of the client to bucket and key: LOGICAL homes through their mappings, PATH homes as /bucket/key."""

import posixpath

from .identity import Identity


def virtual(identity: Identity, path: bytes) -> str:
    """The absolute path the client means; nothing climbs above the root. Raises UnicodeDecodeError."""
    home = "/" if identity.home_type == "LOGICAL" else identity.home
    text = path.decode("utf-8")
    return "/" + posixpath.normpath(posixpath.join(home, text)).lstrip("/")


def locate(identity: Identity, path: str) -> tuple[str, str] | None:
    """(bucket, key) of a virtual path; None for one that no mapping holds."""
    target = path
    if identity.home_type == "LOGICAL":
        for entry, mapped in identity.mappings:
            if path == entry or path.startswith(entry.rstrip("/") + "/"):
                target = mapped + path[len(entry.rstrip("/")) :].rstrip("/")
                break
        else:
            return None
    bucket, _, key = target.lstrip("/").partition("/")
    return (bucket, key) if bucket else None


def is_home(identity: Identity, path: str) -> bool:
    """Whether the path is a root that is there without any object: `/`, a mapping's entry, or the home."""
    return path == "/" or path == identity.home.rstrip("/") or any(path == entry for entry, _ in identity.mappings)


def entries_below(identity: Identity, path: str) -> list[str]:
    """Names that only mappings put into this folder."""
    start = path.rstrip("/") + "/"
    below = [entry[len(start) :].split("/")[0] for entry, _ in identity.mappings if entry.startswith(start)]
    return sorted({name for name in below if name})
