import pytest
from tests.support.toolbar_desk import example_on_a_desk
def test_edges(tmp_path):
    with example_on_a_desk(tmp_path) as desk:
        desk.ready()
        for k,b in desk.buttons().items(): print(k,b["left"],b["width"])
