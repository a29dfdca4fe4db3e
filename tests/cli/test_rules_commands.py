"""``indicators rules``: a user's own folder is checked with file and line; ours passes the same check."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators import rulebook
from indicators.rulecheck import check_folder, check_text

Run = Callable[..., tuple[int, str, str]]
RULES = Path(__file__).parents[2] / "rules"

GOOD = """\
# our own units
[[unit]]
id = "courtyard"
meaning = "courtyards"
words = ["院落"]
kind = "count"
group = "thing"
examples = ["改造院落12院落"]
"""


@pytest.mark.parametrize("name", rulebook.names())
def test_rules_that_ship_pass(name: str) -> None:
    text = (RULES / f"{name}.toml").read_text(encoding="utf-8")
    assert check_text(text, f"{name}.toml", name) == []


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("units", GOOD.replace('"courtyards"', "courtyards"), 4, "not valid TOML"),
        ("units", GOOD.replace("[[unit]]", "[[units]]"), 2, "did you mean 'unit'?"),
        ("units", GOOD.replace("[[unit]]", "[unit]"), 2, "write each rule as [[unit]]"),
        ("units", GOOD.replace('id = "courtyard"\n', ""), 2, "has no id"),
        ("units", GOOD + GOOD, 11, "stands twice"),
        ("units", GOOD.replace('kind = "count"\n', ""), 3, "has no 'kind'"),
        ("units", GOOD.replace("words =", "wrods ="), 5, "did you mean 'words'?"),
        ("units", GOOD.replace('["院落"]', '"院落"'), 5, "must be a list, not text"),
        ("units", GOOD.replace('["院落"]', "[3]"), 5, "must be a list of words"),
        ("units", GOOD.replace('["院落"]', "[]"), 5, "'words' is empty"),
        ("units", GOOD.replace("改造院落12院落", "改造12处"), 8, "does not match"),
        ("units", GOOD.replace('"count"', '"cuont"'), 6, "unknown kind 'cuont' (did you mean 'count'?)"),
        ("units", GOOD.replace('"thing"', '"thnig"'), 7, "did you mean 'thing'?"),
        ("units", GOOD + 'scale = "ten"\n', 9, "'scale' must be an exact number"),
        ("units", GOOD + 'scale = "1/0"\n', 9, "'scale' must be an exact number"),
        ("headings", '[[heading]]\nid = "x"\nrole = "results"\nmeaning = "m"\n', 3, "did you mean 'result'?"),
        (
            "bounds",
            '[[bound]]\nid = "x"\nmeaning = "m"\nside = "left"\n',
            4,
            "unknown side 'left'; there are after, before",
        ),
        ("unit", GOOD, 1, "did you mean 'units'?"),
        (
            "sections",
            '[[plan]]\nid = "x"\nmeaning = "m"\npattern = \'工作(\'\nexamples = ["工作"]\n',
            4,
            "no regular expression",
        ),
        (
            "sections",
            '[[plan]]\nid = "x"\nmeaning = "m"\npattern = "工作"\nexamples = ["工作"]\ncounterexamples = ["工作总结"]',
            6,
            "the counterexample '工作总结' matches",
        ),
    ],
)
def test_mistakes_are_named_with_their_line(name: str, text: str, line: int, words: str) -> None:
    problems = check_text(text, "mine.toml", name)
    assert any(problem.line == line and words in problem.message for problem in problems), problems


def test_good_rules_of_ones_own(tmp_path: Path, run: Run) -> None:
    (tmp_path / "units.toml").write_text(GOOD, encoding="utf-8")
    assert check_folder(tmp_path) == []
    status, out, err = run("rules", "check", str(tmp_path))
    assert (status, out) == (0, "")
    assert f"INDICATORS_RULES={tmp_path}" in err


def test_a_word_of_ones_own_wins_over_ours(tmp_path: Path) -> None:
    (tmp_path / "headings.toml").write_text(
        '[[heading]]\nid = "ours"\nrole = "remark"\nmeaning = "m"\nwords = ["完成情况"]\n', encoding="utf-8"
    )
    (tmp_path / "units.toml").write_text(GOOD.replace("院落", "户").replace('"thing"', '"household"'), encoding="utf-8")
    code = (
        "from indicators.readers.tables.headings import column_role;"
        "from indicators.quantities.units import comparable;"
        "print(column_role('完成情况'), column_role('落实情况'), comparable('户', '家'))"
    )
    env = {**os.environ, "INDICATORS_RULES": str(tmp_path)}
    assert subprocess.check_output([sys.executable, "-c", code], env=env, text=True) == "remark result False\n"


@pytest.mark.parametrize(("name", "section"), [("units", "unit"), ("headings", "heading")])
def test_no_word_is_claimed_by_two_of_our_rules(name: str, section: str) -> None:
    claims = Counter(word for rule in rulebook.load(name)[section] for word in set(rule.get("words", [])))
    assert [word for word, count in claims.items() if count > 1] == []


def test_command_prints_file_and_line(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "units.toml"
    path.write_text(GOOD.replace("words =", "wrods ="), encoding="utf-8")
    status, out, _ = run("rules", "check", str(tmp_path))
    assert status == 1
    assert f"{path}:5: unit 'courtyard': unknown key 'wrods' (did you mean 'words'?)" in out


@pytest.mark.parametrize("content", [None, b"\xb9\xe6\xd4\xf2"])
def test_folder_without_rules_or_in_another_encoding(tmp_path: Path, run: Run, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "units.toml").write_bytes(content)
    status, out, err = run("rules", "check", str(tmp_path))
    assert status == 1
    assert ("units.toml:1: not UTF-8" in out) if content else ("holds no rule file" in err)


def test_list_names_every_rule(run: Run) -> None:
    status, out, _ = run("rules", "list")
    assert status == 0
    count = sum(len(rules) for name in rulebook.names() for rules in rulebook.load(name).values())
    assert len(out.splitlines()) == count
    status, out, _ = run("rules", "list", "units")
    assert status == 0
    assert all(line.startswith("units/unit/") for line in out.splitlines())


def test_doctor_tells_what_is_there(run: Run) -> None:
    status, out, _ = run("doctor")
    assert status == 0
    for name in ("indicators", "python", "spacy", "rules", "[pdf]", "[ray]", "chinese font"):
        assert any(name in line for line in out.splitlines()), name
    assert "BROKEN" not in out
