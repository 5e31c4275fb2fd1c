"""The balance of a recommendation as a picture: what pulls which way, how strongly, and how it adds up."""

from __future__ import annotations

from matplotlib.font_manager import FontProperties

from bot.pictures.picture import COLORS, INK, LOCK, VERDICTS, WIDTH, Picture
from bot.pictures.seesaw import HEIGHT, draw_seesaw
from bot.pictures.sheet import Sheet, measure_height
from bot.pictures.typeface import choose_font, is_legible, replace_missing
from bot.pictures.weighing import Weighing, describe_weighing, name_pull, phrase_verdict, read_weighing
from bot.pictures.wrapping import wrap_text
from bot.reply import PullShape, Reply
from bot.words import ENGLISH, load_words
from knowledge.signals import Leaning, Signal

MOST_PULLS = 8
MARGIN, SPACE, PAD = 36, 18, 14
"""Dots around everything, between pulls, and between the axis and what stands beside it."""
AXIS, BAR, SHORTEST = 4, 32, 6
"""Dots: how thick the axis and a bar are, and how long a bar is at least."""
MIDDLE = WIDTH // 2
HALF = MIDDLE - MARGIN
TITLE, STRONG, FONT = choose_font(60, bold=True), choose_font(40, bold=True), choose_font(38)
PROMPTED, TUNED = Leaning.PROMPT_ENGINEERING, Leaning.FINE_TUNING


def draw_balance(reply: Reply, language: str = ENGLISH) -> Picture | None:
    """Draw what pulls which way; None where nothing does, or the fonts do not have the language's script."""
    weighing = read_weighing(reply)
    if weighing is None or not is_legible(phrase_verdict(weighing, language)):
        return None
    with LOCK:
        png = lay_balance(weighing, language).save()
    return Picture(png=png, name="balance.png", alt=describe_weighing(weighing, language))


def lay_balance(weighing: Weighing, language: str) -> Sheet:
    """Return the sheet of a verdict, a seesaw, and a bar for each of the strongest pulls."""
    words, sheet = load_words(language)["pictures"]["balance"], Sheet()
    top = _write_centered(sheet, MARGIN, phrase_verdict(weighing, language), TITLE, VERDICTS[weighing.verdict])
    if weighing.grounds:
        top = _write_centered(sheet, top, words["rule"], FONT)
    draw_seesaw(sheet, top, weighing.weights)
    top = _write_sides(sheet, top + HEIGHT, load_words(language)["methods"])
    top = _draw_pulls(sheet, top, weighing, language)
    if len(weighing.pulls) > MOST_PULLS:
        top = _write_centered(sheet, top, words["more"].format(count=len(weighing.pulls) - MOST_PULLS), FONT)
    sheet.cut(top + MARGIN)
    return sheet


def _write_centered(sheet: Sheet, top: int, text: str, font: FontProperties, color: str = INK) -> int:
    """Write a text across the sheet, and return where it ends."""
    lines = wrap_text(replace_missing(text), 2 * HALF, font)
    sheet.write_lines(lines, (MIDDLE, top), font, color=color, align="center")
    return top + measure_height(lines, font)


def _write_sides(sheet: Sheet, top: int, methods: dict[str, str]) -> int:
    """Write the name of each side, and return where they end."""
    ends = [_write_beside(sheet, top, methods[side], side, STRONG, COLORS[side]) for side in (PROMPTED, TUNED)]
    return max(ends) + PAD


def _write_beside(sheet: Sheet, top: int, text: str, side: Leaning, font: FontProperties, color: str = INK) -> int:
    """Write a text to its side of the middle, and return where it ends."""
    lines = wrap_text(replace_missing(text), HALF - PAD, font)
    if side is TUNED:
        sheet.write_lines(lines, (MIDDLE + PAD, top), font, color=color)
    else:
        sheet.write_lines(lines, (MIDDLE - PAD, top), font, color=color, align="right")
    return top + measure_height(lines, font)


def _draw_pulls(sheet: Sheet, top: int, weighing: Weighing, language: str) -> int:
    """Draw the strongest pulls to either side of an axis, and return where it ends."""
    start, strongest = top, weighing.pulls[0].weight
    marked = load_words(language)["pictures"]["balance"]["marked"]
    for pull in weighing.pulls[:MOST_PULLS]:
        name = name_pull(pull, language)
        decisive = Signal(pull.need, pull.leaning) in weighing.grounds
        top = _write_beside(sheet, top, marked.format(name=name) if decisive else name, pull.leaning, FONT)
        top = _draw_bar(sheet, top, pull, HALF * pull.weight / strongest)
    sheet.draw_box(MIDDLE - AXIS / 2, start, AXIS, top - start, INK, radius=0)
    return top + PAD


def _draw_bar(sheet: Sheet, top: int, pull: PullShape, length: float) -> int:
    """Draw a bar below its name, and return where the next one may begin."""
    length = max(SHORTEST, length)
    left = MIDDLE if pull.leaning is TUNED else MIDDLE - length
    sheet.draw_box(left, top + AXIS, length, BAR, COLORS[pull.leaning], radius=SHORTEST / 2)
    return top + AXIS + BAR + SPACE
