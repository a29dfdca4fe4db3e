"""The model card and the calibration curve, written from measured figures alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import proof, tried

SIZE = 260
MARGIN = 40


def write(found: Mapping[str, Any], weights: Path, folder: Path) -> None:
    """Writes ``evaluation.json``, ``calibration.svg`` and ``CARD.md`` to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    metrics = json.loads((weights / "metrics.json").read_text(encoding="utf-8"))
    (folder / "evaluation.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "calibration.svg").write_text(curve(found["calibration"]), encoding="utf-8")
    sizes = {path.name: path.stat().st_size for path in sorted(weights.glob("*.json")) if path.name != "metrics.json"}
    (folder / "CARD.md").write_text(card(found, metrics, sizes), encoding="utf-8")


def curve(calibration: Mapping[str, Mapping[str, Any]]) -> str:
    """Confidence against the share of right rows, one dot per bin, as SVG."""
    side = SIZE + 2 * MARGIN
    colours = ("#1f6feb", "#b35900", "#2da44e", "#8250df")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side + 130}" height="{side}" '
        f'viewBox="0 0 {side + 130} {side}" font-family="sans-serif" font-size="11">',
        f'<rect width="{side + 130}" height="{side}" fill="#ffffff"/>',
        f'<path d="M{MARGIN} {MARGIN}V{MARGIN + SIZE}H{MARGIN + SIZE}" stroke="#444" fill="none"/>',
        f'<path d="M{MARGIN} {MARGIN + SIZE}L{MARGIN + SIZE} {MARGIN}" stroke="#bbb" stroke-dasharray="4 4"/>',
        f'<text x="{MARGIN + SIZE / 2}" y="{side - 8}" text-anchor="middle">confidence</text>',
        f'<text x="12" y="{MARGIN + SIZE / 2}" transform="rotate(-90 12 {MARGIN + SIZE / 2})" '
        'text-anchor="middle">share of right rows</text>',
    ]
    for tick in (0, 0.5, 1):
        at = MARGIN + SIZE * tick
        parts.append(f'<text x="{at}" y="{MARGIN + SIZE + 14}" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="{MARGIN - 6}" y="{MARGIN + SIZE - SIZE * tick + 4}" text-anchor="end">{tick}</text>')
    series = [(name, system) for name in calibration for system in ("hybrid", "rules")]
    for index, (name, system) in enumerate(series):
        colour = colours[index % len(colours)]
        bins = calibration[name][system]["bins"]
        dots = [
            (MARGIN + SIZE * b["confidence"], MARGIN + SIZE * (1 - b["right"]), 2 + min(6.0, b["rows"] ** 0.5 / 4))
            for b in bins
        ]
        parts.append(
            f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in dots)}" fill="none" stroke="{colour}"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}"/>' for x, y, r in dots]
        parts.append(f'<text x="{side - 20}" y="{MARGIN + 16 * index}" fill="{colour}">{name}, {system}</text>')
    return "\n".join([*parts, "</svg>", ""])


def card(found: Mapping[str, Any], metrics: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    """The card as Markdown."""
    sections = [
        _head(metrics, sizes),
        "## Proof\n\nDocuments neither trained nor tuned on. The interval is that of 2,000 resamples of whole "
        "documents; against rules, that of the paired difference. *model*: linking rules out, roles and links decided "
        "by models that never see what the rules decided. *hybrid*: what ships.\n\n" + proof.table(found),
        _verdicts(found, metrics),
        "## By form\n\nAudit F1; forms with fewer than three targets are left out.\n\n"
        + proof.forms_table(found).strip(),
        _learning(found, metrics),
        tried.section(),
        _calibration(found, metrics),
        _limits(),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _head(metrics: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    total = sum(sizes.values())
    shipped = ", ".join(f"{name} ({size / 1000:.0f} kB)" for name, size in sizes.items())
    return (
        "# Model card\n\nWritten by `indicators evaluate --full --card models`; every figure is measured.\n\n"
        "| | |\n| --- | --- |\n"
        f"| what | scorers over named features that read roles a second time, choose links and calibrate confidence |\n"
        f"| shipped | {shipped}; {total / 1000:.0f} kB in all, JSON, read without pickle |\n"
        f"| trained on | {metrics['documents']} written documents (train and dev), {metrics['generated_documents']} "
        f"generated; data hash `{metrics['data']}` |\n"
        f"| seed | {metrics['seed']} |\n"
        f"| training time | {metrics['seconds']:.0f} s, one process |\n"
        f"| library | {metrics['library']} |"
    )


def _verdicts(found: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    lines = ["## What it is worth"]
    for name, told in found["differences"].items():
        point, low, high = told["hybrid"]
        if low > 0:
            word = "beats the rules; the interval excludes zero"
        elif high < 0:
            word = "is worse than the rules; the interval excludes zero"
        else:
            word = "is not shown to beat the rules: the interval holds zero"
        lines.append(f"- {name}: the hybrid's audit F1 differs by {point:+.4f} ({low:+.4f} … {high:+.4f}): it {word}.")
        rules, hybrid = (found["systems"][name][system]["seconds"] for system in ("rules", "hybrid"))
        lines.append(f"- {name}: scoring takes the hybrid {hybrid / max(rules, 1e-9):.2f} times as long as the rules.")
    left_out = [step for step in ("roles", "links") if step not in metrics["shipped"]]
    for step in left_out:
        lines.append(
            f"- The step *{step}* did not gain enough on documents it was not trained on to pay for its cost in "
            "time and in links that no rule explains (`least_gain` in the configuration): the rules alone ship for it."
        )
    measured = metrics["cross_validation"]
    lines.append("\nOn train and dev, every document predicted by models of the other folds:\n")
    lines += ["| steps | audit F1 | target F1 | link | verdict | actual F1 |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [
        f"| {steps} | {f['audit_f1']:.4f} | {f['target_f1']:.4f} | {f['link']:.4f} | {f['verdict']:.4f} "
        f"| {f['actual_f1']:.4f} |"
        for steps, f in measured.items()
    ]
    for step in ("roles", "links"):
        told = metrics[step]
        lines.append(
            f"\n{step}: {told['examples']} decisions, right by the rules {told['right_by_rules']:.1%}, "
            f"by the model {told['right_by_model']:.1%}."
        )
    roles = metrics["roles"]
    if "at_first" in roles:
        told = roles["at_first"]
        lines.append(
            "\nOf train and dev the rules know every document by heart. What they said when they first met one "
            f"(`corpus/first_met.jsonl`, {told['met']} figures of running text) was right for "
            f"{told['right_at_first'] / max(1, told['met']):.1%}; there *roles*, trained on the other folds, mends "
            f"{told['mended']} and spoils {told['spoilt']}. Beyond {roles['most']} figures it leaves a text alone."
        )
    if "loss_with" in roles:
        lines.append(
            f"\nKnowing what *roles* says, confidence has a log loss of {roles['loss_with']:.4f} on forms held out, "
            f"else of {roles['loss_without']:.4f}."
        )
    return "\n".join(lines)


def _learning(found: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    if not found["curve"]:
        return ""
    return (
        "## Learning curve, and generated data\n\nAudit F1 with the learned roles and links in place, trained on a "
        "share of the documents with the settings that training chose; the last row adds 150 generated documents. "
        "Steps that do not ship are measured here all the same: the curve shows what more documents would buy.\n\n"
        + proof.curve_table(found)
    )


def _calibration(found: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    lines = [
        "## Calibration",
        "",
        "![confidence against the share of right rows](calibration.svg)",
        "",
        "| set | confidence of | rows | at 0.9 or more | of those right | mean error of the bins |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, systems in found["calibration"].items():
        for system, told in systems.items():
            lines.append(
                f"| {name} | {system} | {told['rows']} | {told['sure_share']:.1%} | {told['sure_right']:.1%} "
                f"| {told['error']:.3f} |"
            )
    sure = metrics["confidence"]
    share, right = sure["sure"] / max(1, sure["rows"]), sure["sure_right"] / max(1, sure["sure"])
    lines += [
        "",
        f"On train and dev, with whole forms held out, {share:.1%} of the rows are at 0.9 or more and {right:.1%} of "
        "those are right. The aim is 99 of 100 right and 80 of 100 at 0.9. The bar for 0.9 is the lowest score above "
        "which 99 of 100 rows were right; where that left fewer than half of the rows, the promise was lowered step by "
        "step until it did not, and the figures here say how far. Rows under the bar say at most 0.89.",
    ]
    return "\n".join(lines)


LIMITS = (
    "Some two dozen writers wrote the corpus and its wording; real reports differ.",
    "The rules were written with the shared gold and the train and dev documents in view. On the shared gold little is "
    "left for a model to gain, so it shows mostly what the model breaks; the test split shows what it mends.",
    "For the same reason confidence is learned from rows that the rules read better than they read new ones: on the "
    "test split it promises too much (the calibration table says how much). Wrong rows come in whole documents that "
    "the rules misread; the second reading sees some of them.",
    "Decisions were made after earlier variants had been measured on the test split and the shared gold: to hold whole "
    "forms out when confidence is learned, to leave generated documents out of the shipped weights (they had gained "
    "0.004 in cross-validation, which is noise), and, on 24 November 2026, which features *roles* has, that it learns "
    "from first meetings and leaves long texts alone (figures of the test split told right by more variants than one; "
    "in long reports of the shared folder the rules' modes had been overturned wrongly). No threshold or curve was "
    "fitted to the test split, but the figures are a little kinder than those of documents never measured before.",
    "How sure *roles* must be is chosen by rule and direction on first meetings: the margin that does good to most "
    "documents. The record holds what older versions of the rules said, so some rules are believed less than they "
    "deserve by now. Train and dev, which the rules know by heart, have nothing to gain; *roles* may cost 0.02 there "
    "(`least_gain`).",
    "Tried for *roles* on 24 November 2026 and left out: 1,425 marked phrases as further training examples, the pairs "
    "of characters of the whole sentence so far, and how many figures of the text the rules take for promises. Each "
    "gained on first meetings or on phrases held back (51 to 55 % right in full), none on unread documents (0.735 to "
    "0.744 against 0.744). A training on the documents of that evening gave 0.756 there against 0.757 and one false "
    "target more on the shared gold, so the weights of the night before stayed.",
    "Learned links were first measured on 22 November 2026, gave two false verdicts on real reports, and were kept "
    "out by a bar of 0.02 (`least_gain`) set after that. On 23 November, before anyone read the documents, links "
    "trained on 893 others gained on nearly all that were new: batches r and v with the older test documents 0.804 to "
    "0.823, aa 0.546 to 0.566, ab 0.489 to 0.505, ac 0.501 to 0.517, ad 0.466 to 0.479, z nothing; and they cost "
    "nothing on the shared gold (0.992, actuals 0.977 to 0.980). The bar for links is 0.001 since then, no more than "
    "that cross-validation must not speak against them: train and dev, which the rules were written with in view, show "
    "too little of the gain. How far the rules' own pairs are trusted is fixed at 0.5: a run that chose 0.2 left one "
    "link of the shared gold open; on the documents above both give the same.",
    "The test documents of batches a, b, r and v served as a guard until 23 November 2026 and were then read; they are "
    "dev now, as are aa to ac and ae to ah, each scored once before it was read (`docs/accuracy.md`). z and ad are "
    "unread.",
    "Weights learn from what the rules make of a text: after a change of the rules, train again (`make train`).",
)


def _limits() -> str:
    return "\n".join(["## Limits", "", *(f"- {limit}" for limit in LIMITS)])
