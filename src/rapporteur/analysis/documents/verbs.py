"""How the paragraphs of a resolution begin, and what surrounds them.

Source: the United Nations Editorial Manual ("Resolutions and decisions": preambular paragraphs open
with a participle or adjective, operative ones with a verb in the third person) and the resolutions
of the International Telecommunication Union, which print the verb alone on its line.
"""

from __future__ import annotations

import re

from rapporteur.analysis.documents.inline import ITALIC_CLOSE, ITALIC_OPEN

_I = f"[{ITALIC_OPEN}{ITALIC_CLOSE}]*"

ENACTING = re.compile(
    rf"{_I}(?:The (?:General Assembly|Economic and Social Council|Security Council)\.$"
    r"|The\s+(?!.*\b(?:is|was|were|are|has|have|had|will|may|shall|should|can|been)\b)"
    r"(?:[\w’',.&/()-]+\s+){0,14}?(?:Assembly|Council|Commission|Conference|Committee"
    r"|Board|Parties|Congress|Authority|Forum|Body|Meeting|Agency|Ministers)\b[^.;]{0,120}"
    r"|(?:L.|La |El |Le )(?:Assemblée|Asamblea|Conseil|Consejo|Commission|Comisión|Conférence"
    r"|Conferencia)\b[^.;]{0,90}"
    r"|(?:Генеральная Ассамблея|Экономический и Социальный Совет|Совет Безопасности"
    r"|Совет по правам человека)"
    r"|(?:大会|经济及社会理事会|安全理事会|人权理事会)"
    rf"|إن (?:الجمعية العامة|المجلس الاقتصادي والاجتماعي|مجلس الأمن"
    rf"|مجلس حقوق الإنسان)){_I}[,，،:]?{_I}$"
)

_PARTICIPLE = (
    r"Acting|Affirming|Acknowledging|Alarmed|Also|Anxious|Appalled|Appreciating|Approving|Aware"
    r"|Bearing|Believing|Building|Calling|Cognizant|Commemorating|Commending|Committed|Concerned"
    r"|Condemning|Confident|Congratulating|Conscious|Considering|Contemplating|Continuing|Convinced"
    r"|Declaring|Deeply|Deploring|Desiring|Desirous|Determined|Disappointed|Dismayed|Distressed"
    r"|Disturbed|Emphasizing|Emphasising|Encouraged|Encouraging|Endorsing|Especially|Expecting"
    r"|Expressing|Firmly|Fulfilling|Fully|Further|Gravely|Grateful|Guided|Having|Highlighting"
    r"|Honouring|Horrified|Indignant|Inspired|Invoking|Keeping|Keenly|Looking|Mindful|Noting"
    r"|Observing|Outraged|Paying|Pledging|Praising|Profoundly|Pursuant|Pursuing|Reaffirming"
    r"|Realizing|Recalling|Recognizing|Recognising|Referring|Regretting|Reiterating|Rejecting"
    r"|Remaining|Reminding|Renewing|Resolved|Resolving|Responding|Reviewing|Satisfied|Seeking"
    r"|Seized|Seriously|Shocked|Solemnly|Stressing|Strongly|Supporting|Taking|Thanking"
    r"|Underlining|Underscoring|Undertaking|Urging|Viewing|Welcoming|Wishing"
    r"|Adhering|Anticipating|Appealing|Applauding|Apprised|Asserting|Attaching|Being|Confirming"
    r"|Demanding|Determining|Drawing|Echoing|Giving|Heeding|Hopeful|Inviting|Persuaded"
    r"|Preoccupied|Re-emphasi[sz]ing|Reasserting|Recommitting|Reconfirming|Saddened|Saluting"
    r"|Troubled|Upholding|Voicing|Whereas"
)
PREAMBULAR = re.compile(rf"{_I}(?:{_PARTICIPLE})\b")

_THIRD_PERSON = (
    r"Accepts|Acknowledges|Adopts|Affirms|Agrees|Also|Amends|Appeals|Appoints|Appreciates|Approves|Asks"
    r"|Authorizes|Calls|Commemorates|Commends|Commits|Concludes|Concurs|Condemns|Confirms"
    r"|Congratulates|Considers|Convenes|Decides|Declares|Demands|Deplores|Designates|Determines"
    r"|Directs|Draws|Elects|Emphasizes|Encourages|Endorses|Establishes|Expects|Expresses|Extends"
    r"|Further|Highlights|Identifies|Instructs|Insists|Intends|Invites|Looks|Mandates|Notes"
    r"|Nominates|Observes|Once|Pays|Pledges|Proclaims|Reaffirms|Recalls|Recognizes|Recognises"
    r"|Recommends|Regrets|Reiterates|Rejects|Remains|Reminds|Renews|Repeals|Requests|Requires"
    r"|Resolves|Solemnly|Strongly|Stresses|Suggests|Supports|Takes|Terminates|Thanks|Transmits"
    r"|Underlines|Underscores|Undertakes|Urges|Warns|Welcomes|Again|Applauds|Asserts|Authorises"
    r"|Continues|Deeply|Emphasises|Hails|Re-emphasi[sz]es|Recommits|Reconfirms|Salutes|Urgently"
    r"|Approved|Decided|Elected|Took|Adopted|Endorsed|Requested|Authorized|Recommended"
)
OPERATIVE = re.compile(
    rf"{_I}(?:(?:Also|Further|Once again|Solemnly|Strongly|Hereby|Acting)\s+)?{_I}"
    rf"(?:{_THIRD_PERSON})\b(?!ing)"
)

PREAMBULAR_LINE = re.compile(
    rf"{_I}(?:(?:and|also|further|fully|deeply)\s+)?(?:considering|recalling|recognizing|recognising"
    r"|noting|bearing in mind|emphasizing|emphasising|conscious|mindful|aware|reaffirming"
    r"|taking into (?:account|consideration)|taking note|having [a-z]+|welcoming|acknowledging"
    r"|convinced|concerned|affirming|stressing|observing|understanding|underlining|highlighting)"
    rf"(?:\s+(?:also|further|that|with [a-z]+))?{_I},?$"
)
OPERATIVE_LINE = re.compile(
    rf"{_I}(?:(?:and|also|further)\s+)*(?P<verb>resolves|decides|instructs|invites|requests|urges"
    r"|encourages|calls upon|calls on|appeals to|recommends|authorizes|charges|notes|declares"
    rf"|expresses)\b(?P<rest>[^.;:]{{0,220}}?){_I},?$"
)
UNION_NUMBER = re.compile(r"(\d{1,2})(?:\.\d{1,2})*\.?\s+(?=(?:to|that|the|not|in|its|as)\b)")

CLOSING = re.compile(
    rf"{_I}(?:\[?\d{{1,4}}(?:st|nd|rd|th)(?:\s\((?:opening|closing|resumed)\))?\s(?:plenary\s)?"
    r"(?:meeting|session)\b.{0,80}"
    r"|\[?(?:Adopted|Rejected|Retained)\s(?:without\sa\svote|by\s(?:a\s)?(?:recorded|consensus|vote|acclamation))"
    r".*|Resolution adopted without a vote\.?|\[Adopted .*"
    rf"|\d{{1,2}}\s(?:January|February|March|April|May|June|July|August|September|October"
    rf"|November|December)\s\d{{4}}){_I}\]?$",
    re.S,
)
VOTE = re.compile(rf"{_I}(?:In favour|Against|Abstaining|Abstentions|Abstention)\b{_I}\s*:")

# A decision is told: "At its 3rd plenary meeting, on 2 May 2036, the Council took note of".
DECISION = re.compile(
    rf"{_I}(?:At its (?:[\w()-]+ ){{1,6}}meetings?, on|On) (?P<date>\d{{1,2}} [A-Z][a-z]+ \d{{4}}),"
    r" the (?P<body>[A-Z][\w-]*(?: (?:(?:and|of|on|for|the) )*[A-Z][\w-]*)*)[,:]?"
)
DECISION_VERB = re.compile(
    r"(?:also |further )?(?:accepted|adopted|agreed|appointed|approved|authorized|confirmed|decided"
    r"|elected|endorsed|invited|noted|postponed|recalled|recommended|requested|took (?:note|the))\b"
)
