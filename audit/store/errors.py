"""What can be wrong with a store, in sentences that say what to do."""

from __future__ import annotations

from audit.language import Words, message

FOLDER = message("{store} is a folder. Name a file in it, for instance {store}/granska.db.")
NO_FOLDER = message("{store}: there is no folder {folder}. Make it, or name another file.")
MISSING = message("{store}: there is no store. Make one with granska scan ARCHIVE --store FILE.")
UNWRITABLE = message(
    "{store} cannot be written here ({detail}). Name a file with --store in a folder where you "
    "may write."
)
UNREADABLE = message("{store} cannot be opened ({detail}). Check the path and its permissions.")
FORBIDDEN = message(
    "{store} may not be written by this user ({detail}). Ask whoever keeps the database for the "
    "right to make and change tables, or name another store."
)
NO_DATABASE = message(
    "{store} is no database, and is left as it is. Name another file with --store."
)
FOREIGN = message(
    "{store} is a database of another program, and is left as it is. Name another file with "
    "--store, or another database."
)
NEWER = message(
    "{store} was written by a newer granska (its tables are at {version}). Update granska, or "
    "name another store."
)
DAMAGED = message(
    "{store} is damaged ({detail}). Put it aside and scan again into a new one; the reports "
    "themselves are not touched."
)
ADDRESS = message(
    "{store} is no address of a store. Write a file name, or for instance "
    "postgresql+psycopg://user@host/database."
)
KIND = message(
    "{store}: a store is an SQLite file or a PostgreSQL database "
    "(postgresql+psycopg://user@host/database)."
)
DRIVER = message("{store}: PostgreSQL needs psycopg; install it with {command}.")
AWAY = message(
    "{store}: the database does not answer, or not to you ({detail}). Check that the server runs, "
    "and the address, user and password; what was kept is kept, and the same command goes on."
)
BUSY = message(
    "{store} is in use by another program that does not let go of it. Wait until that has ended, "
    "and give the same command again."
)
LOST = message(
    "{store} was lost while it was in use ({detail}). What was kept before is kept where the file "
    "is kept; give the same command again, and what is missing is read anew."
)
FULL = message(
    "{store} cannot grow: the disk is full. Make room and give the same command again; what was "
    "kept is kept."
)
FAULT = message("{store} could not be used ({detail}).")
UNKNOWN = message(
    "{store} holds no figures of report {report}. Read it anew with granska scan ARCHIVE --again."
)
TWIN = message(
    "{store}: report {report} cannot be told from report {other}, whose SHA-256 begins alike. One "
    "of them was made to be taken for the other; keep it in another store."
)
LONG = message("{store} holds no file names of more than {limit} bytes. Rename the file.")
PACKED = message(
    "{store}: report {report} was kept by another version of granska ({detail}). Read it anew "
    "with granska scan ARCHIVE --again."
)


class StoreError(Exception):
    """A store that cannot be used. ``said`` tells why and what to do, in a reader's language; as
    text the error is English."""

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence.format(**details))
        self.sentence = sentence
        self.details = details

    def said(self, words: Words) -> str:
        return words.say(self.sentence, **self.details)


class UnkeptError(StoreError):
    """One report, or one file's name, that the store cannot take; all others it can."""
