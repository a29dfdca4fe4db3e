"""What, inside one sentence, answers the promise told before it: 全年新建…, 建成31万亩, 分别建成2家、13家."""

from __future__ import annotations

from indicators.extract import lexicon, names
from indicators.extract.clauses import Frame
from indicators.extract.model import Mention
from indicators.extract.reading import Reading
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

_STEPS = ("apply", "sign", "start")
_TWO = 2
"""Characters of a verb."""


def promised_alike(state: Reading, frame: Frame, quantity: Quantity) -> bool:
    """平均住院日：目标7天以内，实际7天: a duration is no idle one where its sentence promised one."""
    before = state.last
    own = before is not None and before.role == "target" and before.sentence == (frame.start, frame.end)
    return own and before is not None and before.quantity.unit == quantity.unit


def is_step(before: Mention, left: str) -> bool:
    """改造任务600户，开工600户，竣工500户: steps told behind a promise that named the noun for itself."""
    verb = lexicon.verbs().get(left)
    return before.rule == "target.promise-head" and verb is not None and verb.stage is not None


def done_as_meant(state: Reading, frame: Frame, index: int, left: str) -> bool:
    """要建35万亩，建成31万亩: behind a comma a bare verb told as done, in the promise's own unit, answers it."""
    before, quantity = state.last, frame.live[index]
    if before is None or before.role != "target" or before.sentence != (frame.start, frame.end):
        return False
    step = is_step(before, left)
    if frame.separator(index) not in ("，", ",") or not (step or phrase("answers", "done_as_meant").fullmatch(left)):
        return False
    stage = names.flow_stage(left)[1]
    if before.name.stage is not None and stage is not None and stage != before.name.stage:
        return False  # 全年要动工64个，完工21个: another step
    own = any(char in before.left[-8:] for char in left)
    if before.name.stage in _STEPS and not own and not step:
        return False
    between = quantity.start - len(left) - 1 - before.end
    # 300人次的指标超额完成，实训350人次: what became of the promise may stand between.
    told = between == 0 or (between == len(before.right) and bool(phrase("answers", "settled").match(before.right)))
    return before.quantity.unit == quantity.unit and not quantity.bound and told


def answers_run(state: Reading, mention: Mention) -> bool:
    """新建中心2家、站点12家，分别建成2家、13家: each figure behind 分别 answers the promise whose thing it repeats."""
    return any(m.role == "target" and m.end < mention.start for m in state.mentions.of_topic(mention.topic))


def bare_answer(state: Reading, frame: Frame, quantity: Quantity, said: str) -> bool:
    """计划新增60家，全年认定57家: a bare verb behind the promise of the sentence, in its unit."""
    before = state.last
    if before is None or before.role != "target" or quantity.bound or before.sentence != (frame.start, frame.end):
        return False
    thing = names.strip_tail(names.strip_lead(said)[0])
    # 计划搬迁50人，累计搬迁安置54人: the verb of the promise comes again.
    again = _TWO <= len(thing) <= 2 * _TWO and thing[:_TWO] == before.name.text[:_TWO]
    again = again or phrase("answers", "refers_back").match(said) is not None
    return before.quantity.unit == quantity.unit and (thing in ("", "平均") or names.only_verbs(thing) or again)
