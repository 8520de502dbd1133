"""Former states of a file, kept beside it under names that people can read, and let go when there are too many.

A state's name says which file it was, when it was replaced (in UTC: local time goes back an hour once a year), and
what replaced it: `Orders 2026-06-30 08.14.05Z before import.xlsx`. No list is needed to find them again; one of their
digests stands in a folder beside theirs, so that a state that was damaged or exchanged since is not taken for the kept.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from addin.lossless.opc.errors import Damaged, LosslessError, NotWritable
from addin.lossless.opc.package import Package
from addin.lossless.opc.plain_files import read_plain, refuse_strange
from addin.lossless.save.disk import make_folder, short, write_whole
from addin.lossless.save.file_state import digest_of

NEWEST_KEPT, DAYS_KEPT, BYTES_KEPT = 20, 90, 500 << 20
_STAMP = "%Y-%m-%d %H.%M.%S"
#: How many go at once; a run adds one.
MOST_AT_ONCE = 5
_LONGEST_NOTE = 40
#: Between two digests of a state whose content is being exchanged.
_OR = "|"
#: Of a list of digests, in bytes.
_LONGEST_LIST = 1 << 20
_ANY = re.compile(r"(.+) \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\dZ(?:-\d{1,9})?(?: before .+)?(\.\w+)\Z")


class Backups(NamedTuple):
    """Where and when the former file is kept.

    Attributes:
        folder: where; made when it is needed.
        moment: the time that its name says.
        note: what replaced it, in a word or two.
        most_bytes: the room that all kept states of one file may take; the newest is kept whatever its size.
    """

    folder: Path
    moment: dt.datetime
    note: str = ""
    most_bytes: int = BYTES_KEPT


class Kept(NamedTuple):
    """A former state that is kept.

    Attributes:
        moment: when it was replaced.
        turn: tells states of the same second apart.
        note: what replaced it.
        saved: when the file was last saved in that state.
        digest: of its content when it was kept; '' where none was recorded; two with a sign between them where its
            content was being exchanged when a run died (`rewrite`).
    """

    moment: dt.datetime
    turn: int
    note: str
    path: Path
    size: int
    saved: dt.datetime
    digest: str = ""

    def may_be(self, digest: str) -> bool:
        """Whether a content of this digest is what was kept, as far as that was recorded.

        Args:
            digest: as `digest_of` gives it.
        """
        return not self.digest or digest in self.digest.split(_OR)

    def digests(self) -> list[str]:
        """The digests of what it was kept as; none where none was recorded."""
        return self.digest.split(_OR) if self.digest else []


def keep(path: Path, data: bytes, backups: Backups, *, like: os.stat_result) -> Path:
    """Keeps a state of a file; gives the file that it is kept in.

    Args:
        path: the file.
        data: its content.
        backups: where and when.
        like: lends its owner, permissions and times.

    Raises:
        NotWritable: the folder for it is a link, or somebody else's.
    """
    list_place = _digests_place(path, backups.folder)
    for folder in (backups.folder, list_place.parent):
        refuse_strange(folder, path)
        make_folder(folder)
    stamp = backups.moment.astimezone(dt.UTC).strftime(_STAMP)
    note = " ".join(re.sub(r"[^\w ,-]", " ", backups.note).split())[:_LONGEST_NOTE].strip()
    ending = f"{f' before {note}' if note else ''}{path.suffix}"
    known = kept(path, backups.folder)
    turns = [k.turn for k in known if k.moment.strftime(_STAMP) == stamp]
    turn = f"-{max(turns) + 1}" if turns else ""
    place = backups.folder / f"{short(path.stem)} {stamp}Z{turn}{ending}"
    there = _digests(list_place)
    digests = {k.path.name: there[k.path.name] for k in known if k.path.name in there}
    digests[place.name] = digest_of(data)
    _record(path, list_place, digests, like)
    write_whole(path, place, data, like=like, times=(like.st_atime_ns, like.st_mtime_ns))
    return place


def _digests_place(path: Path, folder: Path) -> Path:
    """Where the digests of a file's states are kept: not among them, since people look there."""
    return folder.with_name(f"{folder.name} digests") / f"{short(path.name)}.txt"


def _digests(place: Path) -> dict[str, str]:
    """The digests of a file's states by their names; none where there is no list that can be read."""
    with contextlib.suppress(OSError):
        text = read_plain(place, linked=False, most=_LONGEST_LIST).decode("utf-8", "surrogateescape")
        return {name: digest for digest, _, name in (line.partition(" ") for line in text.splitlines())}
    return {}


def kept(path: Path, folder: Path) -> list[Kept]:
    """The former states of a file that are kept, newest first. Files that are none of ours are passed over.

    >>> kept(Path("orders.xlsx"), Path("no such folder"))
    []

    Args:
        path: the file, which need not be there any more.
        folder: where its states are kept.
    """
    # where the system takes Orders.xlsx and orders.xlsx for one file, so do we
    flags = re.IGNORECASE if os.path.normcase("A") == "a" else 0
    pattern = re.compile(
        rf"{re.escape(short(path.stem))} (\d{{4}}-\d\d-\d\d \d\d\.\d\d\.\d\d)Z(?:-(\d{{1,9}}))?(?: before (.+))?"
        rf"{re.escape(path.suffix)}\Z",
        flags,
    )
    digests = _digests(_digests_place(path, folder))
    return sorted(_matching(pattern, folder, digests), key=lambda k: (k.moment, k.turn), reverse=True)


def files_kept(folder: Path) -> list[str]:
    """The names of all files of which the folder keeps former states, in the order of the alphabet.

    Args:
        folder: where states are kept; none where it is not there.
    """
    with contextlib.suppress(OSError):
        found = (_ANY.match(file.name) for file in folder.iterdir())
        return sorted({f"{m[1]}{m[2]}" for m in found if m})
    return []


def _matching(pattern: re.Pattern[str], folder: Path, digests: Mapping[str, str]) -> Iterator[Kept]:
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            m = pattern.match(file.name)
            # a name such as 2026-02-30 is none that we gave; a file may go while we look
            with contextlib.suppress(ValueError, OSError, OverflowError):
                if m:
                    moment = dt.datetime.strptime(m[1], _STAMP).replace(tzinfo=dt.UTC)
                    info = file.lstat()
                    if stat.S_ISREG(info.st_mode):
                        saved = dt.datetime.fromtimestamp(info.st_mtime, dt.UTC)
                        digest = digests.get(file.name, "")
                        yield Kept(moment, int(m[2] or 1), m[3] or "", file, info.st_size, saved, digest)


def thin(path: Path, backups: Backups, made: Path) -> None:
    """Lets go of all but the newest, and the last of each day of the past months; the oldest first if room is short.

    Of the same content kept twice on one day, as when going back and forth, the older goes. Few go at once: a clock
    that was wrong for one run must not cost months.

    Args:
        path: the file.
        backups: where its states are kept, and the moment now.
        made: the state that was kept last, which stays whatever its name says of its age.
    """
    states = kept(path, backups.folder)
    twice = _again(states, made)
    old = [k for k in _outdated([k for k in states if k not in twice], backups) if k.path != made]
    for state in (*twice, *old[-MOST_AT_ONCE:]):
        with contextlib.suppress(OSError):
            state.path.unlink(missing_ok=True)


def _again(states: list[Kept], made: Path) -> list[Kept]:
    """The other states of a state's day that have its content."""
    one = next((k for k in states if k.path == made), None)
    if one is None:
        return []
    same = [k for k in states if k != one and k.size == one.size and k.moment.date() == one.moment.date()]
    with contextlib.suppress(OSError):
        content = read_plain(made, linked=False) if same else b""
        return [k for k in same if read_plain(k.path, linked=False) == content]
    return []


def _outdated(states: list[Kept], backups: Backups) -> Iterator[Kept]:
    newest_day = backups.moment.astimezone(dt.UTC).date()
    days: set[dt.date] = set()
    room = backups.most_bytes
    for n, state in enumerate(states):
        day = state.moment.date()
        last_of_day = day not in days and (newest_day - day).days <= DAYS_KEPT
        days.add(day)
        room -= state.size
        if n and (room < 0 or (n >= NEWEST_KEPT and not last_of_day)):
            room += state.size
            yield state


def rewrite(path: Path, folder: Path, contents: Mapping[str, bytes]) -> None:
    """Puts other contents into kept states, whose dates stay.

    Their former digests and the new ones both count until `settle`: a run that dies between leaves none that is taken
    for somebody's change.

    Args:
        path: the file whose states they are.
        folder: where they are kept.
        contents: by the name of the kept file.

    Raises:
        NotWritable: the folder is a link, or somebody else's.
    """
    list_place = _digests_place(path, folder)
    for place in (folder, list_place.parent):
        refuse_strange(place, path)
    likes = {name: (folder / name).stat() for name in contents}
    if not likes:
        return
    digests, new = _digests(list_place), {name: digest_of(data) for name, data in contents.items()}
    both = {n: _OR.join(dict.fromkeys([*digests[n].split(_OR), new[n]])) for n in new if n in digests}
    _record(path, list_place, digests | both, next(iter(likes.values())))
    for name, data in contents.items():
        like = likes[name]
        write_whole(path, folder / name, data, like=like, times=(like.st_atime_ns, like.st_mtime_ns))


def settle(path: Path, folder: Path, contents: Mapping[str, bytes]) -> None:
    """Records what kept states hold from now on, once all that goes with them is written too.

    Args:
        path, folder, contents: as for `rewrite`.
    """
    list_place = _digests_place(path, folder)
    if contents:
        digests = _digests(list_place) | {name: digest_of(data) for name, data in contents.items()}
        _record(path, list_place, digests, (folder / next(iter(contents))).stat())


def _record(path: Path, place: Path, digests: Mapping[str, str], like: os.stat_result) -> None:
    """Writes the list of digests."""
    lines = "".join(f"{digest} {name}\n" for name, digest in digests.items())
    write_whole(path, place, lines.encode("utf-8", "surrogateescape"), like=like)


def content_of(state: Kept) -> bytes:
    """A kept state's content, every part of it tried.

    Args:
        state: as `kept` gives it.

    Raises:
        Damaged: it is not whole, or not what was kept.
        NotWritable: it can't be read.
    """
    try:
        data = read_plain(state.path, linked=False)
    except OSError as error:
        raise NotWritable(
            f"{state.path.name} can't be read ({error.strerror}).",
            "See that the folder can be reached, or ask for the right to read it.",
        ) from error
    try:
        package = Package(data)
        for name in package.entries:
            package.read(name)
    except LosslessError as error:
        raise Damaged(
            f"The kept file {state.path.name} is damaged. {error.reason}", "Choose another. Nothing was changed."
        ) from error
    if not state.may_be(digest_of(data)):
        raise Damaged(
            f"The kept file {state.path.name} was changed since it was kept.", "Choose another. Nothing was changed."
        )
    return data
