"""Figures of one list share what stands once in it: its verb, its noun for the promise, its claim, its distance."""

from __future__ import annotations

from indicators.extract import lexicon, names
from indicators.extract.answering import said_as_answer
from indicators.extract.claims import claimed_behind
from indicators.extract.clauses import AND, HARD, Frame, Span
from indicators.extract.live import uncompared
from indicators.extract.model import UNSURE, Mention, Role
from indicators.extract.reading import Reading
from indicators.quantities.numerals import chinese_int
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity

AGAIN = "compared-again"
"""The rule of a bare distance that goes on with the comparison before it."""
_SEEMING = ("short", "than-others")
"""Forms of what may be the first of a list of promises: 分别低于年初90%、70%的要求."""


def told_alike_before(state: Reading, frame: Frame, left: str, quantity: Quantity) -> list[Mention]:
    """城镇、农村收入分别增长5.2%、7.9%，目标均为8%: the earlier figures of the sentence that one promise is for."""
    for_each = rare("answers", "promise_for_each").search(left)
    if for_each is None:
        return []
    opened = max(frame.text.rfind(wall, frame.start, quantity.start) for wall in "；;")
    own = [m for m in state.mentions.of_sentence((frame.start, frame.end)) if m.start > opened]
    own = [m for m in own if m.role == "actual"]
    alike: list[Mention] = []
    for mention in reversed(own):
        last = own[-1]
        if last.name.change is not None and mention.name.change is None and mention.quantity.unit != quantity.unit:
            continue  # 收入1.9万元，增长10%，支出1.2万元，增长11%，均达到增长9%的目标: the growths alone
        if mention.quantity.unit != quantity.unit or mention.name.change != last.name.change:
            break
        alike.insert(0, mention)
    count = chinese_int(for_each["all"] or "")
    if len({m.topic for m in alike}) < len(alike):
        return []  # 三类企业各新增6家、3家、1家: things that could not be told apart share no promise
    return alike[-(count or len(alike)) : -1]


def listed_on(state: Reading, frame: Frame, index: int) -> bool:
    """创1个国家4A级景区、3个省级旅游民宿: a count that goes on with the list of the promise before it."""
    before = state.last
    return (
        frame.separator(index) == "、"
        and before is not None
        and before.role == "target"
        and before.sentence == (frame.start, frame.end)
        and (before.quantity.kind == "count" or before.quantity.unit == frame.live[index].unit)
        and not _behind_its_bracket(before, frame.text, frame.live[index].start)
    )


def _behind_its_bracket(before: Mention, text: str, start: int) -> bool:
    """省级2家（目标3家）、市级5家: what a bracket told ends with it, and the list goes on with what stood outside."""
    return any(c in "）)" for c in text[before.end : start])


def keep_whole(mention: Mention) -> Span | None:
    """年初承诺改造的27个老旧小区全部竣工: the promise is told as the subject of what became of all of it.

    Returns where the words stand that tell it, ``None`` where none do.
    """
    done = phrase("answers", "all_done").search(mention.right)
    told = mention.role in ("target", "actual") and mention.part.role == "prose" and mention.part.tense != "plan"
    listed = phrase("answers", "listed_subject" if mention.role == "actual" else "promised_subject")
    subject = listed.search(mention.left) or lexicon.form_of(mention.rule) == "subject"
    if not told or done is None or not subject:
        return None
    mention.role, mention.rule, mention.score, mention.claim = "target", "kept-whole", 0.8, "met"
    mention.right = mention.right[: done.start()]
    return mention.end + done.start(), mention.end + done.end()


def share_promise(mention: Mention, state: Reading) -> None:
    """药品抽检120批次、医疗器械抽检25批次任务均已完成: noun and claim behind the last item speak of every item."""
    settled = phrase("answers", "settled").match(mention.right)
    if settled is not None:
        mention.claim = "exceeded" if settled["exceeded"] else "met"
    elif (said := claimed_behind(mention.right)) is not None:
        mention.claim = said
    later = mention
    for earlier in reversed(state.mentions):
        between = mention.part.passage.text[earlier.end : later.start]
        tied = between in AND or ("、" in between and not any(c in HARD for c in between))
        # “压减炉窑30座，退出产能80万吨”目标: what one quotation holds is promised as a whole.
        quoted = mention.right.startswith("”") and not any(c in "“”。" for c in between)
        # 分别超额完成70万平方米和1万套的目标: what seems a distance is the first of the promises.
        if (earlier.rule not in UNSURE and lexicon.form_of(earlier.rule) not in _SEEMING) or not (tied or quoted):
            return
        state.mentions.turn_to_promise(earlier, "listed-on")
        _shed_comparison(earlier)
        earlier.score, earlier.claim = 0.8, mention.claim
        later = earlier


def _shed_comparison(mention: Mention) -> None:
    """均低于5.5%、4.5%的目标: the word of comparison in front of the first promise of a list is no bound of it."""
    promise = uncompared(mention.quantity)
    mention.left += mention.part.passage.text[mention.start : promise.start]
    mention.quantity, mention.start, mention.end = promise, promise.start, promise.end


def goes_on(mention: Mention, state: Reading, separator: str) -> None:
    """In a list tied by 、 the items share the part that the first one plays: 下达任务大米8万吨、面粉5万吨."""
    before = state.mentions[-1] if state.mentions else None
    if before is not None and mention.role == "actual" and _part_of_promise(before, mention):
        mention.role, mention.rule, mention.score = "target", "listed-on", 0.8
        return
    if before is not None and before.end == mention.start and before.role == "target" and mention.rule in UNSURE:
        mention.role, mention.rule, mention.score = "target", "listed-on", 0.8  # 要搬412户1630人: both are promised
        return
    glued = separator == "、" or mention.left in AND
    own = before is not None and before.sentence == mention.sentence and mention.role == "actual"
    if before is not None and own and lexicon.form_of(before.rule) == "for-each":
        bare = mention.left.endswith("的") or not lexicon.verb_pattern().search(mention.left)
        if before.quantity.unit == mention.quantity.unit and bare:
            mention.role, mention.rule = before.role, before.rule  # 命案奖5万元，现案2万元
        return
    if before is None or not glued or before.sentence != mention.sentence or mention.role != "actual":
        return
    if before.role == "target" and _behind_its_bracket(before, mention.part.passage.text, mention.start):
        return
    if (
        before.role == "target"
        and not before.rule.startswith("mode")
        and not said_as_answer(mention)  # 甲县目标9%、实际8.1%
        and (not lexicon.verb_pattern().search(mention.left) or phrase("lists", "benefits").match(mention.left))
    ):
        mention.role, mention.rule, mention.score = "target", "listed-on", 0.8
    elif before.role == "baseline" and before.quantity.unit == mention.quantity.unit and not mention.left:
        mention.role, mention.rule = "baseline", "listed-on"
    elif before.rule.startswith("drop.") and before.quantity.unit == mention.quantity.unit:
        mention.role, mention.rule = before.role, before.rule  # 较时序进度分别快8.7个、15.2个百分点


def _part_of_promise(before: Mention, mention: Mention) -> bool:
    """任务1000万元（其中加工贸易200万元）: the part that a bracket behind a promise names is promised, too."""
    if before.role != "target" or not mention.in_bracket or mention.wall != before.end or mention.rule not in UNSURE:
        return False
    opens = phrase("names", "opens_part").match(mention.left)
    return opens is not None and not lexicon.verb_pattern().search(mention.left, opens.end())


def growth_promised(state: Reading, frame: Frame, index: int, left: str) -> bool:
    """预期目标为30亿元、增长8%左右: the growth of what was promised right in front, and no deed of its own."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.role != "target" or before.rule.startswith("mode") or before.name.change is not None:
        return False
    thing, change, _ = names.split_change(left, frame.live[index].unit)
    beside = frame.separator(index) == "、" and before.end + 1 + len(left) == frame.live[index].start
    return beside and change is not None and not thing


def part_promised(state: Reading, frame: Frame, index: int, left: str) -> bool:
    """下达搬迁任务10万人，其中脱贫户8万人: a part told right behind a promise, nothing saying that it was done."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.role != "target" or before.quantity.unit != frame.live[index].unit:
        return False
    if any(m.role == "actual" for m in state.mentions.of_topic(before.topic)):
        return False  # 完成28万个，目标50万个，其中农业5万个: the promise was told of what was reached
    beside = frame.separator(index) in ("，", ",") and before.end + 1 + len(left) == frame.live[index].start
    part = phrase("names", "opens_part").match(left)
    done = phrase("links", "told").search(left) or phrase("answers", "done_verb").search(left[-3:])
    return beside and part is not None and part.group() == "其中" and not done


def carries_gap(state: Reading, frame: Frame, index: int, left: str) -> bool:
    """险情起数比控制数好8个百分点，损失好15个百分点: the second leaves the promise out."""
    before = state.mentions[-1] if state.mentions else None
    if _place_off(before, frame, index, left):
        return True
    return (
        before is not None
        and before.role == "gap"
        and before.sentence == (frame.start, frame.end)
        and len(left) > 1
        and not phrase("names", "compares").match(left)  # 比目标高0.6个百分点，比全市平均高1.2个百分点
        and left[-1] == before.left[-1:]
        and phrase("lists", "distance_again").search(left) is not None
    )


def compared_again(state: Reading, frame: Frame, quantity: Quantity, left: str) -> tuple[Role, str] | None:
    """东县死亡13人，比控制数多30%；西县死亡9人，多12%: what the bare distance behind an amount is told against.

    Returns its role and the words in front of it with what they leave out: a gap, 比控制数多; 比上年多 is a comparison.
    """
    before, alone = state.mentions[-1] if state.mentions else None, phrase("lists", "distance_alone")
    if before is None or before.role != "actual" or alone.fullmatch(left) is None:
        return None
    own = state.mentions.of_sentence((frame.start, frame.end))
    last = next((m for m in reversed(own) if m.role in ("gap", "compare")), None)
    if last is None or before not in own or not frame.text.startswith(left, before.end + 1):
        return None
    told, compares = alone.search(last.left), phrase("names", "compares").search(last.left)
    alike = quantity.unit in (last.quantity.unit, before.quantity.unit)
    if told is None or compares is None or compares.start() >= told.start() or not alike:
        return None
    return last.role, f"{last.left[compares.start() : told.start()]}{left}"


def _place_off(before: Mention | None, frame: Frame, index: int, left: str) -> bool:
    """东县高出目标3个百分点；西县高出2个百分点，南县低了1个百分点: places told one after the other."""
    quantity = frame.live[index]
    if before is None or before.role != "gap" or before.sentence != (frame.start, frame.end):
        return False
    if quantity.unit != "百分点" or before.quantity.unit != quantity.unit:
        return False
    if left[-1:] == before.left[-1:]:
        return False  # told by the same word again
    bound = quantity.text[: quantity.number_start - quantity.start]
    return phrase("lists", "place_off").fullmatch(f"{left}{bound}") is not None
