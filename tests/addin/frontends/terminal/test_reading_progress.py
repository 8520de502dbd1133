"""How far the reading of many workbooks is."""

from __future__ import annotations

import io

import pytest

from addin.frontends.terminal import reading_progress


@pytest.mark.parametrize(("done", "seconds", "said"), [(5, 10, "30 a minute"), (50, 10, "5.0 a second")])
def test_how_far_it_is_is_said_in_words_where_no_terminal_shows_it(done, seconds, said):
    words = reading_progress.words(done, 1000, seconds)
    assert words.startswith(f"{done} of 1,000 workbooks, {said}, about ")
    assert words.endswith(" left")


def test_a_line_of_words_comes_now_and_then(monkeypatch, capsys):
    monkeypatch.setattr(reading_progress, "_BETWEEN", 0.0)
    with reading_progress.reading_progress(3) as step:
        for name in "abc":
            step(name)
    told = capsys.readouterr()
    assert told.out == ""
    assert [line[:17] for line in told.err.splitlines()] == ["1 of 3 workbooks,", "2 of 3 workbooks,"]


def test_a_terminal_shows_a_bar_with_rate_and_remaining_time(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")

    def interrupted():
        with reading_progress.reading_progress(4) as step:
            step("\x1b[2J.xlsx")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    said = terminal.getvalue()
    assert "1/4" in said
    assert "--resume goes on" in said
    assert "\x1b[2J" not in said
