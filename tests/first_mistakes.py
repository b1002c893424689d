"""The first mistakes of a beginner: what is typed, said and of help. The tests try them; the handbook shows them."""

from __future__ import annotations

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"

COMMANDS: tuple[tuple[str, str, str], ...] = (
    # what is typed, what is said, what helps
    ("chek", "det finns inget kommando chek", "menade du check?"),
    ("check --verson", "det finns ingen flagga --verson", "menade du --version?"),
    (
        "serve --port 70000",
        "70000 kan inte anges för --port; det ska vara från 0 till 65535",
        "granskning serve --help",
    ),
    ("build --jobs 0", "0 kan inte anges för --jobs; det ska vara 1 eller mer", "granskning build --help"),
    ("diff", "argumentet A saknas", "granskning diff --help"),
    ("-C tom check", "tom är ingen arbetsmapp", "skapa en med: granskning init MAPP"),
    ("score provplanen", "det finns ingen strategi provplanen", "menade du provplan?"),
    ("check provplan/2026-12", "strategin provplan har ingen omgång 2026-12", "2026-11"),
    ("check provplan/2026-11/granskare", "har ingen granskning av granskare", "granskaren"),
    ("new provplan --round 2026/11", "2026/11 kan inte användas för --round", "till exempel 2026-11"),
    ("new provplan/2026-11/granskaren", "finns redan och skrivs inte över", "välj ett annat namn"),
    ("init", "granskning.yaml finns redan och skrivs inte över", "granskning init --missing"),
    ("init ny --set rob", "galleriet har inget ramverk rob", "menade du rob"),
    ("explain GR2011", "det finns ingen anmärkning med koden GR2011", "menade du GR2"),
    ("history", "ligger inte i ett git-förråd", "granskning init --missing"),
    ("save", "ligger inte i ett git-förråd", "granskning init --missing"),
    ("check strategier/provplan", "det finns ingen fil eller mapp strategier/provplan", "menade du provplan?"),
    (
        "score strategies/provplan/reviews/2026-11/granskaren.yml",
        "det finns ingen fil eller mapp strategies/provplan/reviews/2026-11/granskaren.yml",
        "menade du strategies/provplan/reviews/2026-11/granskaren.yaml?",
    ),
    ("score granskning.yaml", "det finns ingen granskning i granskning.yaml", "strategier: provplan"),
    (
        "migrate provplan/2026-11/granskaren --to 2",
        "2 anger ingen version av en kriterieuppsättning",
        "dess versioner: prov@1.0.0",
    ),
    ("build provplan", "för många argument: provplan", "gäller hela mappen och tar inget namn"),
    ("verify rapporten.pdf", "rapporten.pdf går inte att läsa: den finns inte", ""),
    ("import svar.xlsx", "svar.xlsx går inte att läsa: den finns inte", ""),
    ("build --as-of idag", "idag är inget datum", "2026-11-23"),
    ("render provplan/2026-11/granskaren -o rapport.odt", "rapport.odt slutar inte på .pdf", "--format"),
    ("publish provplan/2026-11/granskaren", "är inte godkänd", "granskning approve"),
    ("kontrollera", "det finns inget kommando kontrollera", "menade du check?"),
    ("stats hämta", "det finns inget kommando hämta", "menade du fetch?"),
    ("check --format JSON", "JSON kan inte anges för --format; välj något av text, json", "menade du json?"),
    ("export --format excel", "excel kan inte anges för --format", "menade du xlsx?"),
    ("check granskaren", "granskaren står utan sin strategi", "menade du provplan/2026-11/granskaren?"),
    ("score 2026-11", "2026-11 står utan sin strategi", "menade du provplan/2026-11?"),
    ("search resor", "det finns ingen strategi resor", ""),
    ("explain 201", "det finns ingen anmärkning med koden 201", "menade du GR201?"),
    ("schema strategi", "det finns inget slag som heter strategi", "menade du strategy?"),
    ("-C tom/utan check", "är ingen arbetsmapp: granskning.yml måste heta granskning.yaml", "ge filen det namnet"),
    ("provplan check", "det finns inget kommando provplan", "menade du granskning check provplan?"),
    ("check -format json", "det finns ingen flagga -f", "menade du --format?"),
    ("check --språk en", "det finns ingen flagga --språk", "menade du --lang?"),
    ("new provplan --omgång 2026-12", "det finns ingen flagga --omgång", "menade du --round?"),
    ("render provplan --output rapport.pdf", "det finns ingen flagga --output", "menade du -o?"),
    ("history --sedan 2026", "det finns ingen flagga --sedan", "granskning history --help"),
    ("new provplan --reviewer", "flaggan --reviewer behöver ett värde", "granskning new --help"),
    ("render provplan -o min rapport.pdf", "för många argument: rapport.pdf", "mellanslag står inom citattecken"),
    ("build --as-of 2026-02-30", "2026-02-30 är inget datum", "2026-11-23"),
)
"""In a copy of the sound base folder."""

IN_A_REVIEW: tuple[tuple[str, str, str, str], ...] = (
    # what stands in the sound review, what somebody writes instead, what is said, what helps
    ("    level: 1\n", "    level: Nämns\n", "GR206 error", "menade du 1?"),
    ("    level: 1\n", "    level:1\n", "GR101 error", ""),
    ("    level: 1\n", "\tlevel: 1\n", "GR101 error", ""),
    ("    level: 3\n", "     level: 3\n", "GR101 error", ""),
    ("    justification: >-\n      Alla", "    motivering: >-\n      Alla", "GR121 error", "menade du justification?"),
    (">-\n      Alla hördes.", "Alla hördes: kvinnor och män.", "GR101 error", ""),
    (">-\n      Alla hördes.", "Alla hördes #1", "GR108 warning", ""),
    ("    evidence:\n      - address", "      evidence:\n      - address", "GR109 warning", "4 blanksteg"),
    ("2026-11-23", "23/11 2026", "GR124 error", ""),
    ("full_text", "hela texten", "GR123 error", "menade du full_text?"),
    ("status: draft", "status: klar", "GR123 error", ""),
    ("  resor-vardag:", "  resor-vardagg:", "GR205 error", "menade du resor-vardag?"),
)
"""In that review."""
