#!/usr/bin/env bash
# Uses an installed `champions` from outside the checkout, as a person would. Arguments: the command, a folder to use.
set -euo pipefail
champions=$1
folder=$2
mkdir -p "$folder"
cd "$folder"
"$champions" --help >/dev/null
"$champions" demo try >/dev/null
test "$(find try -name '*.xlsx' -not -path '*/.champions/*' | wc -l)" = 1
test "$(find try -name '*.docx' | wc -l)" -ge 2
"$champions" new empty.xlsx >/dev/null
"$champions" check empty.xlsx --json --no-write >found.json || test $? = 1
python3 - <<'PY'
import json
with open("found.json", encoding="utf-8") as file:
    found = json.load(file)
assert set(found) == {"workbook", "fingerprint", "counts", "findings"}, found
PY
cp empty.xlsx before.xlsx
"$champions" check empty.xlsx >/dev/null || test $? = 1
if ! cmp -s empty.xlsx before.xlsx; then
  "$champions" undo empty.xlsx >/dev/null
  cmp empty.xlsx before.xlsx
  "$champions" restore empty.xlsx >/dev/null
fi
"$champions" doctor empty.xlsx --support-file support.txt >/dev/null
grep -q "Champion Workbook: support file" support.txt
echo "The wheel makes the demonstration, checks an empty workbook, takes that back, and is well."
