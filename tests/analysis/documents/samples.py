"""Made-up documents in the form of UN documents, for tests that always run."""

from __future__ import annotations

# ruff: noqa: E501 - the lines are as long as those of text extracted from PDF
REPORT = """\
United Nations A/91/15-E/2036/4

General Assembly
Economic and Social Council

Distr.: General
14 February 2036

Original: English

General Assembly
Ninety-first session
Agenda item 21 (c)

Economic and Social Council
2036 session
Item 18 (b) of the provisional agenda*
Economic and environmental questions:
Science and technology for development

**Progress made in the upkeep of lighthouses
and of their keepers**

Report of the Secretary-General

Summary

The present report tells what the lighthouses did in 2035.

* E/2036/100.

Introduction

1. This report is based on information provided by seven entities in the United Nations system.¹

I. Key trends

A. Lamps and lenses

2. The Lighthouse Board counted 4,200 lamps in 2035.² Most of them are kept by the Keepers’ Union, which

¹ Board of Lamps (BOL); Council of Keepers; Fog Office; Harbour Network (HN); International Buoy Union (IBU); Tide Institute; United Nations Development Programme (UNDP). See <https://example.org/inputs>.

² See <https://example.org/lamps>; and
<https://example.org/lenses>.

publishes *State of the Lamps 2035* every year.

II. Implementation and follow-up at the regional level

A. Africa

3. The region lit 12 lamps.

B. Asia and the Pacific

4. ITU and the Government of Utopia opened a school for keepers.³

III. Implementation and follow-up at the international level

1. Implementation of action lines

(a) The role of public governance authorities and all stakeholders in the promotion of information and communications technologies for development (C1)

5. Keepers need:

(a) Oil;

(b) Wicks.

(b) *Information and communication infrastructure (C2)*

6. Cables were laid.

(g) Information and communications technology applications (C7)

E-government

7. Forms went online.

E-science

8. Data were shared.

2. Implementation of themes

(a) Financing mechanisms

9. The Lamp Fund paid 2.5 million dollars.

³ A/RES/79/1.

(b) Internet governance

10. The Forum met.

IV. Findings and suggestions

11. Much remains to be done.
"""

RESOLUTION = """\
Economic and Social Council

Distr.: General
2 August 2036

2036 session

Agenda item 18 (b)

Resolution adopted by the Economic and Social Council on 23 July 2036

[on the recommendation of the Commission on Lighthouses (E/2036/31)]

2036/13. Assessment of the progress made in the upkeep of lighthouses

The Economic and Social Council,

Recalling its resolution 2006/46 of 28 July 2006,¹

Recalling also General Assembly resolution 70/125, in which the Assembly welcomed the work of

¹ See A/60/687.

the keepers,

Taking stock: reviewing the lamps

1. *Welcomes and urges* the lighting of all lamps;
2. *Notes with concern* that fog persists, and encourages all stakeholders to ring bells;
3. *Requests* the Secretary-General:

(a) To submit a report by 2037;

(b) To consult the keepers;

The road ahead

4. *Invites* the International Telecommunication Union to signal ships on a yearly basis.

37th plenary meeting
23 July 2036
"""

PLEDGE = """\
# A/RES/91/2

Ninety-first session

Agenda item 9

Resolution adopted by the General Assembly on 3 October 2036

[without reference to a Main Committee (A/91/L.2)]

## 91/2. Outcome document of the meeting
on lighthouses

The General Assembly

Adopts the following outcome document and its annex:

### Outcome document

We, the keepers, meeting at the lamp on 3 October 2036,

Reaffirming the value of light,

1. We reaffirm our wish to see.

### 1. Light for development

2. We call upon Member States to buy lamps.

### 1.1 Bridging dark divides

3. We request the Secretary-General to report to us in 2040.

2nd plenary meeting

3 October 2036

Annex I

Compact of the Keepers

1. Lamps are changing the world.

2. To reach our goal, we will pursue the following objectives:

1. Light every lamp;

2. Keep it lit.

Objective 1. Light every lamp

Oil

3. We commit, by 2040, to:

(a) Buy oil;

(b) Share it.

Follow-up and review

4. We will meet again.
"""

UNION = """\
RESOLUTION 9 (REV. UTOPIA, 2034)

Lighthouses and telecommunications

The Plenipotentiary Conference of the International Telecommunication Union (Utopia, 2034),

considering

a) that lamps are signals;

b) that ships see them,

recognizing

that keepers are few,

resolves

1 to keep every lamp lit;

2 that lamps shall be counted every year,

instructs the Secretary-General

1 to report to the Council on the count;

2 to bring this resolution to the attention of keepers,

invites Member States

to lend ladders.
"""

NARRATIVE = """\
## NOTE ON THE LIGHTHOUSE REVIEW OF UNCTAD

### Informal Note for the 30<sup>th</sup> session

15 April 2036

#### Background

The United Nations Conference on Trade and Development has long been concerned with lamps, and the
review of 2036 will look at:<sup>1</sup>

- *lamps on land;*
- *lamps at sea.<sup>2</sup>*

### C2: Information and communication infrastructure

The cables of the General Assembly were counted, and the Secretary-General was told of the count.

## ANNEX 1: QUESTIONS

1. How many lamps are there?
2. Who keeps them?

Answers came from everywhere in the United Nations system, and they were counted twice.

1. Most lamps are old.
2. Few keepers are.

## REFERENCES

<sup>1</sup> <https://example.org/one>

<sup>2</sup>

<https://example.org/two>
"""
