"""LibreOffice's toolbar: the extension, built on any system, installed, examined, removed."""
