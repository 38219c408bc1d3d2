"""Words that sources use for values of the register, beside its own names in six languages."""

from __future__ import annotations

# Stakeholder groups: concept code -> words. The framework's names are known besides.
STAKEHOLDER_GROUPS = {
    "stakeholder:governments": (
        "government;governmental;gov;govt;public sector;public;public body;public institution;"
        "ministry;government agency;national government;local government;state;member state;"
        "regulator;gouvernement;secteur public;gobierno;sector público;правительство;"
        "государственный сектор;حكومة;القطاع العام;政府;公共部门"
    ),
    "stakeholder:private-sector": (
        "private;private company;company;business;business entity;business sector;industry;"
        "enterprise;corporate;for profit;sector member;entreprise;empresa;sector empresarial;"
        "бизнес;частный бизнес;شركة;企业;私营企业"
    ),
    "stakeholder:civil-society": (
        "ngo;ngos;non-governmental organization;non-governmental organisation;"
        "nongovernmental organization;non-profit;nonprofit;not for profit;cso;civil society "
        "organization;civil society organisation;charity;foundation;association;community;ong;"
        "organisation non gouvernementale;organización no gubernamental;нпо;"
        "неправительственная организация;منظمة غير حكومية;非政府组织"
    ),
    "stakeholder:international-organizations": (
        "international organization;international organisation;intergovernmental organization;"
        "intergovernmental organisation;international;igo;io;un;un agency;un entity;"
        "united nations;un system;multilateral;regional organization;regional organisation;"
        "organisation internationale;organización internacional;международная организация;"
        "منظمة دولية;国际组织"
    ),
    "stakeholder:technical-community": (
        "technical;technical and academic community;internet community;technology community;"
        "standards body;comunidad técnica;техническое сообщество"
    ),
    "stakeholder:academia": (
        "academic;academics;academic institution;university;universities;research;"
        "research institute;research institution;education;school;université;universidad;"
        "университет;جامعة;大学"
    ),
}
# Said of a group, and tells none: the record is flagged, not refused.
NO_GROUP = frozenset(
    ("other", "others", "none", "autre", "otro", "otros", "другое", "أخرى", "其他")
)

KINDS = {
    "project": "projects;initiative;initiatives;projet;proyecto;проект;مشروع;项目",
    "programme": "program;programs;programmes;programa;программа;برنامج;计划",
    "training": (
        "trainings;course;courses;workshop;workshops;capacity building;training initiative;"
        "formation;capacitación;обучение;تدريب;培训"
    ),
    "conference": (
        "conferences;event;events;forum;meeting;summit;conférence;conferencia;конференция;"
        "مؤتمر;会议"
    ),
    "website": "websites;web site;portal;web portal;platform;online platform;site web;sitio web",
    "guideline": "guidelines;guide;handbook;manual;standard;good practice;best practices",
    "toolkit": "toolkits;tool kit;tool;tools;software",
    "policy": "policies;strategy;national strategy;legislation;law;regulation;plan;politique",
    "other": "others;autre;otro;другое;أخرى;其他",
}
STATUSES = {
    "planned": "plan;future;proposed;upcoming;not started;idea;new;prévu;previsto",
    "running": (
        "ongoing;on-going;active;in progress;current;under implementation;implementation;started;"
        "en cours;en curso;текущий;جار;进行中"
    ),
    "completed": (
        "complete;finished;done;closed;ended;concluded;inactive;terminé;terminado;завершен;"
        "مكتمل;已完成"
    ),
}
COVERAGES = {
    "global": (
        "global;international;worldwide;world;world wide;the world;all countries;globally;"
        "universal;mondial;monde;mundial;mundo;весь мир;международный;العالم;عالمي;دولي;全球;世界"
    ),
    "regional": "regional;multi-country;multicountry;région;régional;региональный;إقليمي;区域",
    "countries": "national;local;subnational;country;countries;nacional;национальный;وطني;国家",
}
# Country names in use that neither the directory nor Babel lists.
COUNTRIES = {
    "COD": "Congo-Kinshasa;Congo (Dem. Rep.);Democratic Republic of Congo;DR Congo;DRC;Zaire",
    "COG": "Congo-Brazzaville;Congo Republic",
    "CZE": "Czech Republic",
    "FSM": "Micronesia",
    "GBR": "England;Scotland;Wales;Northern Ireland;U.K.;Britain",
    "HKG": "Hong Kong, China;China, Hong Kong;Hong Kong SAR",
    "KOR": "Korea Republic;Republic of South Korea",
    "LAO": "Lao PDR;Laos",
    "MAC": "Macao, China;China, Macao;Macau",
    "MKD": "Macedonia;TFYR of Macedonia;The former Yugoslav Republic of Macedonia;FYROM",
    "MMR": "Burma",
    "PRK": "DPRK;DPR Korea",
    "PSE": "Palestine State;Palestinian Territories;Occupied Palestinian Territory",
    "RUS": "Russia",
    "SWZ": "Swaziland",
    "TLS": "East Timor",
    "TUR": "Turkey",
    "TWN": "Taiwan, China;Taiwan, Province of China;Chinese Taipei",
    "TZA": "Tanzania",
    "USA": "USA;U.S.A.;U.S.;US;United States;America",
    "VAT": "Vatican;Vatican City;Holy See",
    "VIR": "U.S. Virgin Islands;Virgin Islands, U.S.",
    "VGB": "British Virgin Islands;Virgin Islands, British",
}
# Words that say what kind of state it is, and which one only together with a name.
STATE_WORDS = frozenset(
    (
        *("the", "of", "and", "republic", "rep", "state", "states", "kingdom", "islamic", "s"),
        *("plurinational", "bolivarian", "united", "federated", "federal", "federative", "fed"),
        *("democratic", "dem", "people", "peoples", "socialist", "arab", "principality"),
        *("commonwealth", "union"),
    )
)
ABBREVIATIONS = {"rep": "republic", "dem": "democratic", "fed": "federated", "is": "islands"}
NOTHING = frozenset(
    (
        "n/a",
        "n.a.",
        "-",
        "–",
        "—",
        "none",
        "unknown",
        "not available",
        "not applicable",
        "no information",
        "not specified",
        "tbd",
        "null",
        "?",
    )
)
