"""The open workbook: what a pressed button does to it, in whichever office program it is open."""

from __future__ import annotations

from collections.abc import Mapping


def press(pressed: str, variables: Mapping[str, str] | None = None) -> None:
    """Does what a button is for, on the workbook in front; called by the ribbon and the toolbar.

    Args:
        pressed: a command's name, or `command:item`.
        variables: of the environment in which it was pressed; this process's own by default.

    Raises:
        SystemExit: the office program can't be reached, so that nothing could be said in it. Its words go to the error
            output, from which the ribbon and the toolbar show them.
    """
    import datetime as dt
    import os
    from pathlib import Path

    import platformdirs

    from addin.frontends.buttons.office_app import in_front
    from addin.frontends.buttons.pressing import press_in, words_of
    from addin.frontends.buttons.undo import own_state
    from addin.frontends.person import user
    from workbook.model.errors import ChampionsError

    try:
        front = in_front(os.environ if variables is None else variables)
    except ChampionsError as error:
        raise SystemExit(words_of(error)) from error
    try:
        front.put_right()
        press_in(
            front,
            pressed,
            when=dt.datetime.now(dt.UTC).astimezone(),
            who=user(),
            documents=Path(platformdirs.user_documents_dir()),
            downloads=Path(platformdirs.user_downloads_dir()),
            state=own_state(),
            waiting=front.waiting,
        )
    finally:
        front.leave()
