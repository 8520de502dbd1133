"""The former place of the buttons: ribbons and toolbars of earlier versions call `press` here."""

from addin.frontends.buttons import press

__all__ = ["press"]
