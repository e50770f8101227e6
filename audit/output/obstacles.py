"""Why a file of an archive was left out, or the archive could not be had, in words."""

from __future__ import annotations

from collections.abc import Mapping

from audit.language import Words, message
from audit.model import Obstacle, Skipped, SourceError
from audit.output.plain import clean

SENTENCES: Mapping[Obstacle, str] = {
    Obstacle.MISSING: message("There is no such file or folder."),
    Obstacle.FORBIDDEN: message("May not be read. Check its permissions."),
    Obstacle.UNREADABLE: message("Could not be read ({detail})."),
    Obstacle.SPECIAL: message("Is neither a file nor a folder, and was left out."),
    Obstacle.LOOP: message("Leads to a folder that was scanned already, and was not followed."),
    Obstacle.CHANGED: message("Changed while it was read. Scan again when it is at rest."),
    Obstacle.ENCRYPTED: message("Is locked with a password in its zip. Unpack it and scan that."),
    Obstacle.DAMAGED: message("Is damaged in its zip, or the zip is ({detail})."),
    Obstacle.METHOD: message(
        "Is packed by a method that is unknown here (number {detail}). Unpack it and scan that."
    ),
    Obstacle.BOMB: message(
        "Unpacks to {detail} bytes, far more than it is packed in, and was left out. If it is a "
        "report all the same, unpack it and scan that."
    ),
    Obstacle.TOO_LARGE: message(
        "Is larger than what is fetched or unpacked ({detail} bytes). Save it on disk, unpacked, "
        "and scan that."
    ),
    Obstacle.NESTED: message("Is a zip inside a zip. Unpack it and scan that."),
    Obstacle.DOUBLE: message("Is in its zip twice by one name. Only the last of them is scanned."),
    Obstacle.NO_PARTS: message(
        "The server gives only whole files, and a zip is read in parts. Fetch it and scan that."
    ),
    Obstacle.NO_SPACE: message("There is no room on the disk for temporary files."),
    Obstacle.NOT_INSTALLED: message("To read this address, install what is missing: {detail}"),
    Obstacle.PROTOCOL: message("{detail} is no protocol that is known here."),
}


def sentence(one: Skipped | SourceError, words: Words) -> str:
    """What is in the way and what to do about it, on one line."""
    return words.say(SENTENCES[one.obstacle], detail=clean(one.detail))
