"""Who the demo is about: two companies, three teams, and what is special about some of the people."""

from typing import NamedTuple

from teams.models import Role


class Person(NamedTuple):
    """Somebody in a team; `joined` and `left` are months since the demo's first one."""

    name: str
    email: str | None = None
    role: Role = Role.REP
    competing: bool = True
    is_admin: bool = False
    joined: int = 0
    left: int | None = None
    loses_access: int | None = None


class Squad(NamedTuple):
    """A team, by name and address, and its people."""

    name: str
    slug: str
    people: list[Person]


class Company(NamedTuple):
    """An organization, the time zone it works in, and its teams."""

    name: str
    time_zone: str
    squads: list[Squad]


REP = Person("Robin Castellano", "rep@demo.example")
MANAGER = Person("Amara Okafor", "manager@demo.example", Role.MANAGER)
ADMIN = Person("Henrik Lindqvist", "admin@demo.example", is_admin=True)
VIEWER = Person("Claire Fontaine", "viewer@demo.example", Role.VIEWER, competing=False)
OTHER_MANAGER = Person("Mei Lin Tan", "manager@other.example", Role.MANAGER, is_admin=True)
SIGN_INS = [REP, MANAGER, ADMIN, VIEWER, OTHER_MANAGER]

MOVED = "Tomasz Zieliński"
MOVED_AFTER = 7

MID_MARKET = [
    REP,
    MANAGER,
    ADMIN,
    VIEWER,
    Person("Aisha Rahman"),
    Person("Bruno Carvalho"),
    Person("Chiara Moretti"),
    Person("Daniel Osei"),
    Person("Elif Yıldız"),
    Person("Farid Haddad"),
    Person("Grace Nakamura"),
    Person("Jonas Weber"),
    Person("Siobhán Kelly", joined=9),
    Person(MOVED, joined=MOVED_AFTER),
]

ENTERPRISE = [
    Person("Margot Delacroix", role=Role.MANAGER, competing=False),
    Person(MOVED, left=MOVED_AFTER),
    Person("Pavel Dvořák", left=10),
    Person("Noor van Dijk", loses_access=11),
    Person("Kwame Mensah", joined=4),
    Person("Zofia Nowak", joined=8),
    Person("Rahul Deshpande", joined=11),
    *map(
        Person,
        [
            "Adaeze Eze",
            "Anders Holm",
            "Beatriz Fuentes",
            "Cem Aydın",
            "Dmitri Volkov",
            "Eleni Papadaki",
            "Emeka Obi",
            "Fatima Zahra Alami",
            "Finn O’Sullivan",
            "Gabriela Rojas",
            "Hana Kovářová",
            "Ingrid Solberg",
            "Isaac Goldberg",
            "Jamal Whitfield",
            "Joana Ferreira",
            "Kaito Mori",
            "Katarzyna Wójcik",
            "Lars Petersen",
            "Leila Farahani",
            "Luca Romano",
            "Magnus Eriksson",
            "Mateo Vargas",
            "Nadia Benali",
            "Niamh Byrne",
            "Oluwaseun Adeyemi",
            "Paula Schneider",
            "Priya Raman",
            "Quentin Marchand",
            "Rosa Jiménez",
            "Sara Lindholm",
            "Stefan Ionescu",
            "Thandiwe Dlamini",
            "Ulrike Brandt",
            "Viktor Horváth",
            "Yara Haddad",
        ],
    ),
]

SALES = [OTHER_MANAGER, *map(Person, ["Arjun Pillai", "Hafiz Rahmat", "Jessica Wong", "Nguyễn Thu Hà"])]

COMPANIES = [
    Company(
        "Brightwater",
        "Europe/Berlin",
        [Squad("Mid-market", "mid-market", MID_MARKET), Squad("Enterprise", "enterprise", ENTERPRISE)],
    ),
    Company("Alder & Finch", "Asia/Singapore", [Squad("Sales", "sales", SALES)]),
]
PEOPLE = {person.name: person for company in COMPANIES for squad in company.squads for person in squad.people}
