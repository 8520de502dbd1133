"""A column: the support log says how long support took."""

from tests.support.additions.addition import VERSIONS, Addition, Edit, after, instead, raised, told

COLUMN = Addition(
    kind="a column",
    edits=(
        Edit(
            "workbook/model/registers/support.py",
            after(
                '        "Support helped", asks="Did the support help?", synonyms=("Did it help", "Helped")\n    )\n',
                '    minutes_taken = TEXT.optional("Minutes taken")\n',
            ),
            "tests/test_contract.py",
            "workbook/model/registers/",
        ),
        Edit(
            "tests/support/contract_builder.py",
            instead(
                'Confidence before · Confidence after · Support helped"\n',
                'Confidence before · Confidence after · Support helped · Minutes taken"\n',
            ),
            "tests/test_contract.py",
        ),
        Edit("workbook/blueprint/layout.py", raised("LAYOUT_VERSION"), VERSIONS),
        told("Layout 3: the support log says how long support took."),
    ),
    version="LAYOUT_VERSION",
)
