"""The words of LinkedIn's SSI page, as data.

"a/b" is either word and "(a)" a word that may be missing; case, accents and line breaks do not matter.
Seen on the running page: English, Portuguese and the headings and labels of Spanish. Quoted from screenshots:
German and French labels. A developer's test page: Russian. Polish is known by its stems; Dutch and Italian are
guesses, as are most words around ranks and averages outside English and Portuguese.
"""

from teams.rules.measure import Pillar


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


LABELS: dict[Pillar, tuple[str, ...]] = {
    Pillar.BRAND: (
        "Establish/Establishing/Create/Build (a) (your) professional brand",  # "Create a" until 2015
        "Estabelecer/Estabeleça/Criar/Crie (a) sua/uma marca profissional",
        "Establece/Establecer/Crea/Crear tu/su marca profesional",
        "(Ihre/Deine/Eine) professionelle Marke aufbauen/etablieren",
        "Construire/Établir/Créer/Asseoir/Imposer/Développer votre/sa marque professionnelle",
        "Создавайте/Создать/Создайте/Укрепляйте (свой) профессиональный бренд",
        "Buduj/Zbuduj/Ugruntuj/Stwórz/Kreuj (swoją) markę zawodową/profesjonalną/osobistą",
        "Buduj/Zbuduj/Ugruntuj/Stwórz (swoją) profesjonalną/zawodową markę",
        "Bouw/Vestig/Creëer (aan) uw/je/een professionele/persoonlijke merk op",
        "Bouw/Vestig/Creëer (aan) uw/je/een professionele/persoonlijke merk",
        "Crea/Costruisci/Definisci/Afferma (il) (tuo) marchio/brand professionale",
    ),
    Pillar.PEOPLE: (
        "Find/Finding the right people",
        "Localizar/Localize/Encontrar/Encontre as pessoas certas",
        "Encuentra/Encontrar/Encuentre (a) las personas adecuadas/correctas",
        "(Gezielt) die richtigen Personen finden",
        "Trouver/Trouvez/Identifier les bonnes personnes",
        "Находите/Найдите/Найти нужных/правильных людей",
        "Znajdź/Znajduj właściwe/odpowiednie osoby",
        "Znajdź/Znajduj/Docieraj (do) właściwych/odpowiednich ludzi/osób",
        "Vind/Zoek de juiste personen/mensen",
        "Trova/Trovare/Individua le persone giuste",
    ),
    Pillar.INSIGHTS: (
        "Engage/Engaging with insights",
        "Interagir/Interaja oferecendo/com insights",
        "Interactúa/Interactuar ofreciendo/con información",
        "Durch/Mit Einblicke/Einblicken/Insights Interesse wecken",
        "Échanger/Échangez des informations",
        "Взаимодействуйте/Взаимодействовать с контентом",
        "Angażuj/Zaangażuj (się) dzięki/przez spostrzeżeniom/spostrzeżenia/treści/treściom",
        "Interesse wekken met inzichten",
        "Interagisci/Coinvolgi con/tramite/offrendo informazioni/approfondimenti",
    ),
    Pillar.RELATIONSHIPS: (
        "Build/Building (strong) relationships",  # "strong" until 2015
        "Criar/Crie/Cultivar/Cultive/Construir relacionamentos",
        "Crea/Crear/Construye/Construir/Establece relaciones",
        "Beziehungen aufbauen",
        "Établir/Établissez/Créer/Développer/Bâtir/Construire/Nouer des relations",
        "Развивайте/Развивать/Стройте/Выстраивайте отношения",
        "Buduj/Zbuduj/Nawiązuj/Nawiąż/Twórz relacje",
        "Bouw relaties op",
        "Bouw/Onderhoud relaties",
        "Crea/Costruisci/Sviluppa/Instaura (delle) relazioni",
    ),
}

# Enough for a label when the four numbers beside such words make the total, and never otherwise.
STEMS: dict[Pillar, tuple[str, ...]] = {
    Pillar.BRAND: _list("brand, marca, marke, mark, marque, merk, marchio, бренд"),
    Pillar.PEOPLE: _list("""
        people, pessoas, personas, personen, personnes, люд, osob, osób, ludzi, właściw, odpowiedni,
        mensen, persone
    """),
    Pillar.INSIGHTS: _list("""
        insight, informac, información, einblick, informations, контент, инсайт, spostrzeż, treści,
        inzicht, informazion, approfondiment
    """),
    Pillar.RELATIONSHIPS: _list("""
        relationship, relacion, beziehung, relation, отношен, связ, relacj, relatie, relazion,
        rapporti
    """),
}

TITLES = (
    "Social Selling Index",
    "Social Selling Dashboard",
    "Índice de ventas con (las) redes sociales",
    "Índice de venta social",
    "Индекс социальных продаж",
)
OWN = _list("""
    your, seu, tu, su, ihr, dein, votre, ton, ваш, twój, uw, je, jouw, tuo, il tuo
""")
CURRENT = _list("""
    current, atual, actual, aktueller, actuel, текущий, aktualny, bieżący, huidige, huidig, attuale
""")

# Stems of the three groups that a page may compare with. "team" is known in order to be left out.
GROUPS: dict[str, tuple[str, ...]] = {
    "industry": _list("""
        industr, setor, sector, branche, secteur, отрасл, branż, settore, bedrijfstak
    """),
    "network": _list("""
        network, rede, red, netzwerk, réseau, сет, siec, sieć, netwerk, rete
    """),
    "team": _list("""
        team, equipe, équipe, equipo, команд, zesp, squadra, company, empresa, unternehmen
    """),
}
RANKS = _list("""
    rank, ranking, classificação, clasificación, rang, classement, рейтинг, место, pozycja, positie,
    classifica, posizione
""")
PEOPLE = _list("""
    people, pessoas, personas, personen, menschen, personnes, люди, osoby, ludzie, mensen, persone
""")
THEIRS = _list("""
    your, seu, sua, tu, su, ihrer, ihrem, deiner, deinem, votre, ton, вашей, вашем, твоей, твоем,
    twojej, twoim, je, jouw, uw, tuo, tua
""")
# "Sales professionals in the … industry have an average SSI of 31."
SELLERS = _list("""
    Sales professionals, Profissionais de vendas, Profesionales de ventas, Vertriebsprofis,
    Vertriebsmitarbeiter, Professionnels de la vente, Специалисты по продажам, Specjaliści ds
    sprzedaży, Verkoopprofessionals, Professionisti delle vendite
""")
AVERAGES = _list("""
    average, médio, média, medio, media, durchschnitt, moyen, средн, średni, gemiddeld, mean, avg, mittelwert, schnitt,
    promedi, median, gjennomsnitt, gennemsnit
""")

# "Top 5%", "primeiros 5%", "die besten 5 %"; and after the number: "5 % superior".
TOPS = _list("""
    top, topp, best, upper, obere, primeiros, primeiro, mejor, mejores, besten, oberen, premiers, meilleurs, топ,
    первые, первых, лучшие, лучших, najlepszych, górnych, beste, bovenste, primo, primi, migliori
""")
TOPS_AFTER = _list("""
    superior, superiores, mejores, meilleurs, besten, лучших, najlepszych, migliori
""")

# "Better than 96%" is the top 4%, and nothing to be read as 96.
REST = _list("""
    better than, ahead of, above, higher than, more than, outperform, percentile, bottom, lower, last, besser als, hoher
    als, vor, unteren, untere, letzten, mieux que, devant, plus que, derniers, mejor que, superior al, por encima,
    ultimos, melhor que, melhor do que, acima de, a frente, meglio, piu di, ultimi, beter dan, boven, laatste, лучше
    чем, выше, lepszy niz, lepiej niz, powyzej, ostatnich
""")

# "Up 1% since last week" is not a rank.
WEEKS = _list("""
    since, week, semana, woche, semaine, недел, tydzień, tygodni, settimana, depuis, desde, seit,
    sinds, vorwoche
""")

# One Brazilian account's page in September 2026 said "Você não tem acesso" and "Seu acesso ao SSI foi
# descontinuado". No other language's wording is known: these are what a translator would write.
NO_ACCESS = _list("""
    you no longer have access, you do not have access, you don't have access, your access has, your
    access to, voce nao tem, voce nao possui, seu acesso, ya no tienes, no tienes acceso, ya no
    tiene acceso, no tiene acceso, tu acceso, su acceso, kein zugriff, keinen zugriff, keinen
    zugang, ihr zugang, ihr zugriff, dein zugriff, dein zugang, vous n'avez, votre accès, у вас нет,
    у вас больше нет, ваш доступ, nie masz dostępu, nie masz już, twój dostęp, je hebt geen, u hebt
    geen, u heeft geen, uw toegang, je toegang, non hai, il tuo accesso
""")
ENDED = _list("""
    discontinued, no longer available, not available, been removed, been withdrawn, been revoked,
    been retired, descontinuad, encerrad, indisponível, não está mais, ya no está, retirad,
    interrumpid, eingestellt, nicht mehr, abandonné, supprimé, interrompu, n'est plus, discontinué,
    прекращ, больше не, недоступ, отключ, закрыт, wycofan, nie jest już, zakończon, niedostępn,
    stopgezet, niet meer, niet langer, beëindigd, dismess, interrott, non è più, sospes
""")

# Words beside a number that say what it is not, or when it was. They only ever leave a number out or put two in
# order; where they are missing, the person is asked.
SHORT_TITLES = ("ssi", "linkedin ssi")
NOBODY = _list("""
    linkedin, today, yesterday, week, month, year, quarter, january, february, march, april, may, june, july, august,
    september, october, november, december
""")
MINE = (*OWN, "my", "mein", "mon", "mi", "meu", "mio", "il mio", "мой", "mój", "mijn")
GOALS = _list("""
    goal, target, aim, objective, ziel, objectif, objetivo, meta, цель, cel, doel, obiettivo, maximum, max, highest,
    best ever, record, bestwert, potential, expected, estimated, estimate, estimation, estimator, calculator,
    geschatzt, schatzung, estime, estimado, estimada, stimato, geschat, szacowany, оценка
""")
PAST = _list("""
    was, were, previous, previously, prev, last week, last month, last time, yesterday, before, vs, versus, formerly,
    war, vorher, zuvor, letzte woche, letzten monat, letzter monat, vorwoche, vormonat, gestern, bisher, avant,
    precedemment, semaine derniere, la semaine derniere, mois dernier, hier, etait, antes, anterior, semana passada,
    semana pasada, mes pasado, mes passado, ontem, ayer, era, old, alt
""")
NOW = _list("""
    now, this week, this month, today, current, latest, new, jetzt, diese woche, diesen monat, dieser monat, heute,
    aktuell, maintenant, cette semaine, ce mois, aujourd'hui, agora, ahora, esta semana, este mes, hoje, hoy, hoy
""")
# A page that says these is out of order for a while.
WAITING = _list("""
    temporar, tempora, try again, later, at this time, at the moment, moment, right now, shortly, soon, refresh, reload,
    loading, maintenance, vorubergehend, spater, derzeit, gerade, erneut, momentan, wartung, mais tarde,
    tente novamente, no momento, manutencao, atualize, mas tarde, intentalo, mantenimiento, en este momento, plus tard,
    reessayez,
    pour le moment, actuellement, maintenance, ulterieurement, sign in, signed out, log in, logged out, session,
    not available yet, anmelden, einloggen, abgemeldet, noch nicht, connectez, inicia sesion, iniciar sesion, aun no,
    todavia no, faca login, fazer login, ainda nao, accedi, inloggen, nog niet, войдите, ещё не, zaloguj, jeszcze nie,
    позже, временно, попробуйте, pozniej, tymczasow, sprobuj, tijdelijk,
    opnieuw, piu tardi, riprova, momentaneamente, senare, senere, myohemmin, daha sonra, gecici
""")
ME = _list("""
    you, yours, me, mine, my, own, self, score, actual, current, du, sie, dein, ihr, ich, mein, wert, toi, vous, votre,
    moi, mon, tu, yo, mi, voce, seu, eu, meu, ваш, мой
""")
