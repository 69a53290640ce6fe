"""What can go wrong for a user, each in one line with the exit status that it ends with."""

from __future__ import annotations

WRONG_INPUT = 2
FAILED = 3


class CtsError(Exception):
    """A failure that the user can act on; its text is one line: what, why and what to do."""

    status = FAILED


class InputError(CtsError):
    """Wrong usage or input: a name, a file or a program that cannot be used."""

    status = WRONG_INPUT


class BuildError(CtsError):
    """The test program could not be built; `output` is what the tools printed."""

    status = WRONG_INPUT

    def __init__(self, line: str, output: str = "") -> None:
        super().__init__(line)
        self.output = output


class TargetError(CtsError):
    """A target cannot be run on this machine, or its run failed as a whole."""
