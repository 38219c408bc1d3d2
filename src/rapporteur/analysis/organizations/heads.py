"""Names around a head word: "World Benchmarking Alliance", "Coalition for Digital Inclusion"."""

import re

from rapporteur.analysis.organizations.paragraphs import Found, Paragraph, Token
from rapporteur.analysis.organizations.subjects import with_subject
from rapporteur.analysis.organizations.vocabulary import (
    CONNECTORS,
    GENERIC,
    HEADS,
    LEADERS,
    NOT_BEFORE,
    NOT_BODIES,
    STRONG_HEADS,
    words,
)

_POSSESSIVES = words("""
    Children's Women's Men's People's Workers' Employers' Girls' Secretary-General's Experts'
    Ministers' Consumers' Persons'
""")
# "Open-ended Working Group on security of …": a group whose subject is printed small.
_WITH_SUBJECT = frozenset({"Group", "Force", "Panel", "Body"})
_SUBJECT_NEXT = re.compile(r" (?:on|for) (?=[a-z])(?:the )?")
_NOT_OF = frozenset({"Union", "Body", "Fund", "Cluster"})
_COMPLEMENT = frozenset({"of", "for", "on", "against", "to", "in", "with"})
_LISTING = frozenset({"Committee", "Commission", "Department", "Ministry", "Office", "Council"})
_NAME_WORDS = 16
_JOINTS = frozenset({" ", "-", "/", "' "})  # "Peoples' Rights"


def around_head(paragraph: Paragraph, index: int) -> Found | None:
    """Return the name around the head word at ``index``; ``None`` when it names nobody."""
    tokens, flat = paragraph.tokens, paragraph.flat
    head = tokens[index].word.removesuffix("'s")
    if head not in HEADS:
        return None
    left, owner = _left_of(paragraph, index)
    possessive = tokens[index].word.endswith("'s")
    right = index + 1
    if not possessive and right < len(tokens) and paragraph.gap(right) == " ":
        following = tokens[right]
        if head == "Group" and following.word.isdigit():
            right += 1
        elif following.capital and paragraph.known(following) is None:
            run = right
            while (
                run < len(tokens)
                and run - right < 6
                and tokens[run].capital
                and (run == right or paragraph.gap(run) == " ")
            ):
                if tokens[run].word in HEADS:
                    return None  # the later head's name takes this one in
                run += 1
            if head not in STRONG_HEADS or left == index:
                return None
        else:
            right = _right_of(paragraph, index + 1, head)
            if right == index + 1 and head in _WITH_SUBJECT and left < index:
                match = _SUBJECT_NEXT.match(flat, tokens[index].end)
                if match:
                    return with_subject(paragraph, tokens[left].start, match.end())
    before = tokens[index - 1].word if index > left else ""
    complement = right > index + 1
    own = [token.word for token in tokens[left:index]]
    if not complement:
        if before in NOT_BEFORE.get(head, ()):
            return None
        generic = all(word in GENERIC or word in HEADS or word == "and" for word in own)
    else:
        rest = [t.word for t in tokens[index + 1 : right] if t.word not in CONNECTORS]
        generic = all(word in HEADS or word in GENERIC or word == "Experts" for word in rest) and (
            all(word in GENERIC for word in own)
        )
        if head == "Group" and rest and rest[0].isdigit():
            generic = False
        if before in NOT_BEFORE.get(head, ()) and before not in GENERIC:
            return None
    start, end = tokens[left].start, tokens[right - 1].end
    if possessive and right == index + 1:
        end -= 2
    if owner is not None and (generic or left == index):
        if head == "Secretariat" or (head in {"Community", "Team", "Mission"} and not complement):
            return None
        return Found(paragraph.spans[owner][0], end, owner)
    if generic or (left == index and not complement) or flat[start:end] in paragraph.places:
        return None
    return Found(start, end)


def _left_of(paragraph: Paragraph, index: int) -> tuple[int, int | None]:
    """Return the first token of the name before a head, and the known owner right before it."""
    tokens = paragraph.tokens
    left = index
    owner: int | None = None
    series = False
    while left > 0 and index - left < _NAME_WORDS:
        previous = tokens[left - 1]
        gap = paragraph.gap(left)
        if gap == ", " and series and previous.capital and paragraph.known(previous) is None:
            # "Social, Humanitarian and Cultural Committee": single words only.
            if left >= 2 and paragraph.gap(left - 1) in {", ", " "} and previous.word not in HEADS:
                left -= 1
                continue
            break
        if gap not in _JOINTS:
            break
        known = paragraph.known(previous)
        if known is not None:
            owner = known if gap == " " else None
            break
        word = previous.word
        if previous.capital:
            if word.endswith(("'s", "s'")) and word not in _POSSESSIVES:
                break
            if word in paragraph.places and left == index:
                pass
            left -= 1
            continue
        if word in {"and", "&"} and left >= 2 and paragraph.gap(left - 1) in {" ", ", "}:
            earlier = tokens[left - 2]
            if (
                earlier.capital
                and left < index + 1
                and paragraph.gap(left - 1) == " "
                and paragraph.known(earlier) is None
                and earlier.word not in HEADS
                and earlier.word not in LEADERS
                and earlier.word not in paragraph.places
                and not earlier.word.isupper()
                and left != index
            ):
                left -= 2
                series = True
                continue
        break
    while left < index and (
        tokens[left].word in LEADERS or tokens[left].word.lower() in CONNECTORS
    ):
        left += 1
    return left, owner if left == index or tokens[left].word not in LEADERS else None


def _right_of(paragraph: Paragraph, position: int, head: str) -> int:
    """Return the token after the last one of the name that goes on from a head word."""
    tokens = paragraph.tokens
    end = position
    complement = False
    while end < len(tokens) and end - position < _NAME_WORDS:
        gap = paragraph.gap(end)
        token = tokens[end]
        word = token.word
        if gap == ", " and complement and head in _LISTING:
            stop = _series_end(paragraph, end)
            if stop is None:
                break
            end = stop
            continue
        if gap not in _JOINTS:
            break
        if token.capital:
            if paragraph.known(token) is not None or (gap == " " and not complement):
                break
            end += 1
            continue
        following = end + 1
        if word in _COMPLEMENT and following < len(tokens) and paragraph.gap(following) == " ":
            if tokens[following].word in {"the", "all", "a"} and following + 1 < len(tokens):
                following += 1
            target = tokens[following]
            if not target.capital or not _may_follow(paragraph, target, word, head, complement):
                break
            end = following
            complement = True
            end = _run_end(paragraph, end)
            continue
        if word in {"and", "&"} and complement and following < len(tokens):
            with_article = tokens[following].word == "the"
            if with_article:
                following += 1
            if following >= len(tokens) or paragraph.gap(following) != " ":
                break
            target = tokens[following]
            if not target.capital or paragraph.known(target) is not None:
                break
            stop = _run_end(paragraph, following)
            run = [item.word for item in tokens[following:stop]]
            if (
                run[-1] in HEADS
                or run[0] in LEADERS
                or " ".join(run) in paragraph.places
                or (run[0].isupper() and len(run[0]) > 2 and not with_article)
                or (with_article and any(item in NOT_BODIES for item in run))
            ):
                break
            end = stop
            continue
        break
    return end


def _may_follow(
    paragraph: Paragraph, target: Token, connector: str, head: str, complement: bool
) -> bool:
    known = paragraph.known(target)
    if known is not None:
        return False
    if connector == "in":
        return complement and target.word not in paragraph.places
    if connector in {"to", "with"}:
        return complement
    if target.word in LEADERS and target.word not in {"All", "Women"}:
        return False
    return not (head in _NOT_OF and connector == "of" and not complement)


def _run_end(paragraph: Paragraph, position: int) -> int:
    """Return where the run of capitalised words ends that begins at ``position``."""
    tokens = paragraph.tokens
    end = position + 1
    while (
        end < len(tokens)
        and end - position < 8
        and paragraph.gap(end) in _JOINTS
        and paragraph.known(tokens[end]) is None
        and (tokens[end].capital or _is_ampersand(paragraph, end))
    ):
        end += 1
    return end


def _is_ampersand(paragraph: Paragraph, position: int) -> bool:
    """Whether an "&" stands at ``position`` within a name ("Internet & Jurisdiction")."""
    tokens = paragraph.tokens
    following = position + 1
    return tokens[position].word == "&" and following < len(tokens) and tokens[following].capital


def _series_end(paragraph: Paragraph, position: int) -> int | None:
    """Return where "…, Telecommunications and Information Technology" ends, if it is one list."""
    tokens = paragraph.tokens
    end = position
    for _ in range(6):
        if (
            end >= len(tokens)
            or not tokens[end].capital
            or paragraph.known(tokens[end]) is not None
        ):
            return None
        stop = _run_end(paragraph, end)
        run = [item.word for item in tokens[end:stop]]
        if stop - end > 3 or any(item in HEADS or item in LEADERS for item in run):
            return None
        if " ".join(run) in paragraph.places:
            return None
        if stop + 1 < len(tokens) and paragraph.gap(stop) in {" ", ", "}:
            if tokens[stop].word in {"and", "&"} and tokens[stop + 1].capital:
                last = _run_end(paragraph, stop + 1)
                words = [item.word for item in tokens[stop + 1 : last]]
                known = paragraph.known(tokens[stop + 1])
                if known is None and words[-1] not in HEADS and words[0] not in LEADERS:
                    return last
                return None
            if paragraph.gap(stop) == ", ":
                end = stop
                continue
        return None
    return None
