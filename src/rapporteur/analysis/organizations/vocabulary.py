"""The words that make a name the name of a body, and those that do not."""


def words(text: str) -> frozenset[str]:
    """Return the words of ``text``, which stands in several lines for reading."""
    return frozenset(text.split())


# A capitalised phrase that ends in, or goes on from, one of these is a body wherever it stands.
STRONG_HEADS = words("""
    Commission Committee Subcommittee Subcommission Council Organization Organisation Union Bank
    Agency Institute Institution Association Foundation Federation Confederation Consortium
    Tribunal Ministry Directorate University Corporation Secretariat Board Bureau Parliament
    Academy College League Alliance Coalition Collaborative Chamber Fund Authority Caucus Assembly
    Telecommunity Court
""")
# These need words of their own before or after them, and no other noun behind them ("Community
# Centre", but not "Centre Report"): they also make places, products and networks of cables.
WEAK_HEADS = words("""
    Office Department Division Group Body Panel Force Partnership Network Society Community Centre
    Center Cluster Unit Mission Movement Laboratory Registry Envoy Team
""")
HEADS = STRONG_HEADS | WEAK_HEADS

# One of these stands in the name of every office-holder and Government.
HOLDER_WORDS = words("""
    Special Independent Personal Envoy High Under Assistant Government Governments
""")
# Words before a weak head with which it is no body: "Information Society", "Area Network".
NOT_BEFORE: dict[str, frozenset[str]] = {
    "Society": words("Information Knowledge Civil Network Digital Global Learning Open"),
    "Network": words("Area Private Neural Mobile Delivery Access Core Generation Data Broadband"),
    "Community": words("International Global Technical Academic Business Smart Local"),
    "Centre": words("Data Call Community Training City Learning Telecommunication Operations"),
    "Center": words("Data Call Community Training City Learning Operations"),
    "Body": words("Governing Regulatory Legislative Standards"),
    "Bank": words("West Data Knowledge Power"),
    "Union": words("Credit"),
    "Force": words("Labour Labor Work Air Security Driving Police"),
    "Mission": words("Permanent Space Moon"),
    "Group": words("Focus Age Target Income Ethnic Stakeholder Major"),
    "Team": words("Response Project Research Support Emergency"),
    "Assembly": words("National Constituent Millennium World Second Seventh Plenary"),
    "Partnership": words("Private Strategic Global"),
    "Envoy": words("Special Youth Digital"),
    "Court": words("Supreme Constitutional High"),
    "Unit": words("Processing Measurement"),
    "Division": words("Digital Gender"),
    "University": words("Open"),
}
# With no other word than these a phrase names no particular body: "Executive Board".
GENERIC = words("""
    Executive Governing Main Steering Advisory Preparatory Standing Joint Special Ad Hoc
    Expert Regional National International Technical High-level High-Level Scientific Drafting
    Credentials Organizing Organising Supervisory Plenary Working Task Country Member Central
    United Nations UN Intergovernmental Interministerial Global World Local Federal State Federal
    Public Private Permanent Multi-stakeholder Multistakeholder Specialized Specialised Study Youth
    New Second First Third Development Digital Professional Trade Trust Academic Management
    Coordination Coordinating Subsidiary Bilateral Independent Non-governmental Friends Whole
""")
# Capitalised words that begin a sentence or an operative paragraph and are no part of a name.
LEADERS = words("""
    A All Also Although An And As At Additionally Among Another Any Based Because Before Besides
    Between Both But By Chair Co-chair Concerning Currently Current Despite Director Deputy During
    Each Every Finally First Following For Former From Further Furthermore Given Head Hence Her His
    However If In Including Indeed Instead It Its Join Last Lastly Like Likewise Many Member Members
    Meanwhile Minister Moreover More Most Nevertheless No Nor Not Notably Now Of On Once One Only Or
    Other Our Over Part Per President Previous Recently Regarding Related Second
    See Several Similarly Since So Some Specifically Subsequently Such That The Their Then There
    These Third This Those Three Through Throughout Thus To Together Two Under Unlike Until Upon
    Vice-President We When Where Whereas Whether Which While With Within Without Yet New Joint
    Acknowledges Acknowledging Adopts Affirming Affirms Appeals Appreciating Approves Appreciates
    Authorizes Aware Bearing Building Calls Commending Commends Concerned Condemns Confirms
    Congratulates Considering Considers Convinced Decides Deciding Declares Deplores Directs
    Emphasizes Emphasizing Encourages Encouraging Endorses Endorsing Expresses Expressing Having
    Highlighting Highlights Instructs Invites Inviting Mandates Noting Notes Observes Proclaims
    Reaffirming Reaffirms Recalling Recalls Recognises Recognising Recognizes Recognizing
    Recommends Reconfirming Referring Regrets Reiterates Reiterating Reminds Renews Requests
    Requesting Resolves Stresses Stressing Supports Takes Taking Underlines Underlining Underscores
    Underscoring Urges Urging Welcomes Welcoming
""")
# A phrase that contains or ends in one of these is an event, a text, a product or an activity.
NOT_BODIES = words("""
    Act Action Actions Advocacy Agenda Agreement Annex Article Award Awards Book Calendar Campaign
    Challenge Chapter Charter Code Compact Competition Compendium Conference Congress Consultation
    Consultations Contest Convention Conventions Course Covenant Curriculum Database Day Days
    Decade Declaration Decision Decisions Dialogue Directive Document Documents Edition Event
    Events Exercise Exhibition Facts Festival Forum Framework Goal Goals Guide Guideline Guidelines
    Handbook Index Indicators Initiative Instrument Line Lines Manifesto Manual Matrix
    Meeting Meetings Memorandum Model Monitor Outcome Outlook Pact Paper Phase Plan Platform Portal
    Policy Principles Prize Prizes Process Programme Program Project Projects Protocol
    Recommendation Recommendations Regulation Regulations Report Reports Resolution Resolutions
    Review Roadmap Rules Series Session Sessions Standard Standards Statement Statute Strategy
    Study Summit Survey
    Symposium Target Targets Toolkit Track Treaty Tunis Vision Watch Webinar Week Workshop Workshops
    Year Yearbook
""")
# Small words inside a name, before the next capitalised word.
CONNECTORS = words("of for on and the in to against de la du des et del y & with between von")

# A special rapporteur's subject, or a working group's, ends before one of these words.
FINITE_VERBS = words("""
    has have had is are was were be been being will would shall should can could may might must
    does do did which that who whose where when while whereas addresses advises aims also analyses
    assesses at because but calls chaired comprises comprising concluded considers continues
    convened coordinates during examined examines explored explores expressed focuses followed gave
    held holds includes including issued launched led made makes met monitors noted
    offered presented presents promotes proposed provides published recommends
    reviewed serves set shows stated states stressed submitted through took under
    undertook visited warned welcomed within works wrote if as after before since until from via by
    meets reported requested decided agreed endorsed recalled helps
""")
