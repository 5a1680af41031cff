"""The data folder: what is in it, who owns it, and whether it can be used."""

import os
import pwd
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import CannotStart

PROGRAM_DIR = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_PATH = 90  # bytes; the system's own limit is 104 to 108, and the failure there is silent
SMALLEST_FREE_SPACE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Place:
    """One data folder. `user` runs the servers when we are root: PostgreSQL refuses to run as root."""

    root: Path
    user: pwd.struct_passwd | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Place":
        root = Path(environ.get("DATA_DIR") or PROGRAM_DIR / ".data").absolute()
        return cls(root, _server_user(root) if os.geteuid() == 0 else None)

    @property
    def database(self) -> Path:
        return self.root / "postgres"

    @property
    def sockets(self) -> Path:
        return self.root / "run"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def database_socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    @property
    def broker_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def prepare(self) -> None:
        """Make the folders that are missing; only those made here get an owner and a mode."""
        self._refuse_long_path()
        missing = [folder for folder in (self.root, *self.root.parents) if not folder.exists()]
        try:
            for folder in reversed(missing):
                folder.mkdir(mode=0o700)
                # passable for the servers' user, who owns only what is inside
                folder.chmod(0o711 if self.user else 0o700)
            self._refuse_closed_folders(self.root, "set DATA_DIR to a folder that everybody may pass through")
            for folder in (self.sockets, self.logs):
                self.make_own_folder(folder)
        except PermissionError as error:
            raise CannotStart(
                f"The data folder {self.root} belongs to somebody else ({error.strerror}: {error.filename}). "
                "Start as the user who made it, or set DATA_DIR to a folder of your own."
            ) from error
        except (FileExistsError, NotADirectoryError) as error:
            raise CannotStart(f"{error.filename} is not a folder. Set DATA_DIR to a folder.") from error

    def make_own_folder(self, folder: Path) -> None:
        """A folder of the servers' user, closed to everybody else."""
        if not folder.exists():
            folder.mkdir(mode=0o700)
            self.give(folder)
        owner = folder.stat().st_uid
        if owner != (self.user.pw_uid if self.user else os.geteuid()):
            raise CannotStart(
                f"{folder} belongs to user {_name_of(owner)}. Start as the user who made it, "
                "or set DATA_DIR to another folder."
            )
        folder.chmod(0o700)

    def give(self, path: Path) -> None:
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def refuse_closed_program(self, binary: Path) -> None:
        self._refuse_closed_folders(
            binary.parent,
            "move the program to a folder that everybody may pass through",
        )

    def refuse_full_disk(self) -> None:
        free = shutil.disk_usage(self.root).free
        if free < SMALLEST_FREE_SPACE:
            raise CannotStart(
                f"Only {free // 1024**2} MB is free on the disk of {self.root}; 500 MB is needed. "
                "Free some space, or set DATA_DIR to a folder on another disk."
            )

    def _refuse_long_path(self) -> None:
        length = len(os.fsencode(self.database_socket))
        if length > LONGEST_SOCKET_PATH:
            raise CannotStart(
                f"The path of the data folder is too long: {self.database_socket} has {length} bytes, at most "
                f"{LONGEST_SOCKET_PATH} work. Set DATA_DIR to a shorter path, such as /var/tmp/osallistava."
            )

    def _refuse_closed_folders(self, inside: Path, remedy: str) -> None:
        if self.user is None:
            return
        inside = inside.resolve()
        for folder in (*reversed(inside.parents), inside):
            if not _may_enter(folder, self.user):
                raise CannotStart(
                    f"PostgreSQL does not run as root, so it is started as {self.user.pw_name}, who may not enter "
                    f"{folder}. Either start as an ordinary user, or {remedy}."
                )


def _server_user(root: Path) -> pwd.struct_passwd:
    """Who runs the servers when root starts them: the owner of earlier data, else an account without rights."""
    database = root / "postgres"
    if database.exists() and database.stat().st_uid != 0:
        return pwd.getpwuid(database.stat().st_uid)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart("PostgreSQL does not run as root. Start as an ordinary user.")


def _may_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    status = folder.stat()
    if status.st_uid == user.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == user.pw_gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
