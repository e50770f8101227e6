"""The names of accounting concepts in Swedish municipal, regional and company accounts.

The vocabulary is that of the norms: the schemes of LKBR (2018:597) 5-7 kap. and the RKR
recommendations, the older ones of KRL (1997:614), ÅRL's appendices 1 and 2 (K2, K3), and of the
Finnish municipalities' instructions in Swedish. Names are patterns for whole labels in lower case
without signs, notes, units and words for a total.
"""

from __future__ import annotations

from audit.model import Concept

C = Concept
YEAR = (
    r"(?:(?:årets|periodens)/(?:årets|periodens)|årets|periodens|delårets|räkenskapsårets"
    r"|räkenskapsperiodens|helårets)"
)
BEGIN = r"(?:början|ingång|start)"
END = r"(?:slut|utgång|utgående)"
_OF_CASH = r"(?:likvida medel|kassa(?: och bank)?)"
_FLOW = r"(?:summa )?(?:(?:netto)?kassaflöde[t]?|medel|likvida medel|likviditet)(?: netto)?"
_RESERVE = r"(?:resultatutjämningsreserv|resultatreserv|rur\b)"
_SHARE = (
    r"(?!.*(?:exkl|inkl|jämförelse|rensa|justera))"
    r"(?:(?:som )?(?:i )?andel av|i (?:procent|%|förhållande|relation) (?:av|till)|/) ?"
    r"(?:summan av )?skatte?(?:r|n|netto|intäkter\w*|intäkt)?\b[\w ,/]*"
)
_DEFICIT = r"(?:balanskrav\w*|underskott\w*|negativa? resultat)"

# In this order: the first that a whole label matches is its concept.
NAMES: tuple[tuple[Concept, str], ...] = (
    # income statement
    (
        C.OPERATING_INCOME,
        r"(?:verksamhetens|rörelsens|kommunens|förbundets) (?:externa |samlade |totala )?"
        r"(?:brutto)?intäkter|verksamhetsintäkter|rörelse(?:ns )?intäkter"
        r"(?: och lagerförändring.*)?|intäkter",
    ),
    (
        C.OPERATING_COSTS,
        r"(?:verksamhetens|rörelsens|kommunens|förbundets) (?:externa |samlade |totala )?"
        r"(?:brutto)?kostnader|verksamhetskostnader|rörelsekostnader|kostnader",
    ),
    (C.NON_RECURRING, r"jämförelsestörande (?:poster|intäkter|kostnader|intäkter och kostnader)"),
    (
        C.DEPRECIATION,
        r"(?:justering för |årets )?(?:planenliga )?(?:avskrivningar(?: och nedskrivning(?:ar)?)?"
        r"|av- och nedskrivning(?:ar)?)(?: enligt plan)?(?: (?:av|på) .*)?",
    ),
    (C.IMPAIRMENT, r"nedskrivningar(?: (?:av|på) .*)?"),
    (
        C.OPERATIONS_NET,
        r"(?!.*\b(?:intäkter|kostnader)\b)[\w ,]+"
        r" (?:enl(?:igt|\.)?|från|i) drifts?redovisning(?:en)?"
        r"|drifts?redovisning(?:en)?s (?:netto\w*|resultat|total\w*)",
    ),
    (
        C.NET_COST,
        r"(?:verksamhetens )?nettokostnad(?:er|erna)?"
        r"(?: (?:enl(?:igt|\.)?|i) resultaträkning(?:en)?)?|verksamhetsbidrag",
    ),
    (C.TAX_REVENUE, r"(?:kommunal)?skatteintäkter(?:na)?|skatteinkomster|kommunalskatt"),
    (
        C.TAX_AND_GRANTS,
        r"skatte(?:r|intäkter|inkomster)?-?,? [\w, ]*(?:statsbidrag|utjämning\w*|statsandelar)"
        r"|skattenetto",
    ),
    (
        C.GENERAL_GRANTS,
        r"(?:generella )?statsbidrag(?:,? (?:och )?(?:kommunal|skatte)?(?:ekonomisk )?utjämning.*)?"
        r"|statsandelar",
    ),
    (
        C.EQUALISATION,
        r"(?:kommunal )?(?:kommunal)?(?:ekonomisk )?utjämning(?:en|sbidrag|ssystem(?:en|et)?)?",
    ),
    (C.PROPERTY_FEE, r"(?:kommunal )?fastighetsavgift"),
    (C.CONTRIBUTIONS, r"(?:medlems|förbunds|kommun|region|ägar)bidrag(?: från .*)?"),
    (C.GROSS_RESULT, r"bruttoresultat(?:et)?|bruttovinst(?:en)?"),
    (
        C.OPERATING_RESULT,
        r"verksamhetens resultat|verksamhetsresultat|rörelseresultat(?:et)?"
        r"|resultat efter skatteintäkter.*",
    ),
    (C.FINANCIAL_INCOME, r"finansiella intäkter|finansintäkter"),
    (C.FINANCIAL_COSTS, r"finansiella kostnader|finanskostnader"),
    (
        C.FINANCIAL_NET,
        r"finansnetto(?:t)?|finansiella poster(?:,? netto)?|finansiellt netto"
        r"|(?:finansiella )?(?:intäkter|inkomster) och (?:kostnader|utgifter) för finansiering"
        r"|finansiella intäkter och kostnader|resultat från finansiella poster",
    ),
    (
        C.INTEREST_INCOME,
        r"(?:övriga )?ränteintäkter(?: och liknande (?:resultat|intäkts)poster)?",
    ),
    (
        C.INTEREST_COSTS,
        r"(?:övriga )?räntekostnader(?: och liknande (?:resultat|kostnads)poster)?",
    ),
    (
        C.SHARE_RESULTS,
        r"resultat från (?:andelar i |övriga )?(?:koncern|intresse|dotter|värdepapper).*"
        r"|andel(?:ar|en)? (?:i|av) \w*(?:bolag|företag)(?:en)?s?(?: resultat)?",
    ),
    (C.ANNUAL_MARGIN, r"årsbidrag"),
    (
        C.RESULT_AFTER_FINANCIAL,
        r"resultat efter (?:finansiella (?:poster|intäkter och kostnader)|finansnetto)"
        r"|resultat före (?:extra ?ord\w*\.? ?poster|bokslutsdispositioner(?: och skatt)?)",
    ),
    (C.EXTRAORDINARY, r"extra ?ord(?:inära|\.)? (?:poster|intäkter|kostnader).*"),
    (
        C.APPROPRIATIONS,
        r"(?:övriga )?bokslutsdispositioner|(?:erhållna |lämnade |mottagna )?koncernbidrag"
        r"|(?:förändring|upplösning|avsättning)\w* (?:av|till) (?:periodiseringsfond|överavskr).*"
        r"|(?:ökning|minskning).*(?:avskrivningsdifferens|reserv|fond)(?:er|en)?",
    ),
    (C.RESULT_BEFORE_TAX, r"resultat före skatt(?:er)?"),
    (
        C.TAX,
        rf"skatt(?:er|ekostnad|ekostnader)?(?: på {YEAR} resultat)?|bolagsskatt|inkomstskatt"
        r"|(?:årets|aktuell|uppskjuten|latent|betald) skatt(?:ekostnad)?",
    ),
    (C.MINORITY, r"(?:avgår )?minoritet(?:s|ens)? ?(?:andel|intresse)(?:n|ar|en|et)?.*"),
    (C.SURPLUS, r"räkenskapsperiodens (?:överskott|underskott).*"),
    (
        C.YEAR_RESULT,
        rf"{YEAR} (?:redovisade )?(?:resultat|vinst|förlust|överskott|underskott)(?:et)?"
        r"(?: (?:enl(?:igt|\.)? resultaträkning(?:en)?|efter skatt|enl(?:igt|\.)? rr))?"
        r"|resultat(?:et)? enl(?:igt|\.)? resultaträkning(?:en)?|resultat efter skatt"
        r"|redovisat resultat|resultat för (?:året|perioden)|(?:årets )?förändring av eget kapital",
    ),
    (C.NET_SALES, r"nettoomsättning(?:en)?|omsättning"),
    (C.INVENTORY_CHANGE, r"förändring(?:ar)? av (?:varu)?lager.*|lagerförändring(?:ar)?"),
    (C.CAPITALISED_WORK, r"aktiverat arbete för egen räkning|tillverkning för eget bruk"),
    (C.OTHER_OPERATING_INCOME, r"övriga (?:rörelse|verksamhets)?intäkter"),
    (C.MATERIALS, r"råvaror och förnödenheter|handelsvaror|material(?:kostnader)?|.*förnödenheter"),
    (C.OTHER_EXTERNAL_COSTS, r"övriga externa kostnader"),
    (C.PERSONNEL_COSTS, r"personalkostnad(?:er)?|kostnader för personal"),
    (C.OTHER_OPERATING_COSTS, r"övriga (?:rörelse|verksamhets)?kostnader"),
    (
        C.COST_OF_SALES,
        r"kostnad(?:er)? (?:för )?sålda (?:varor|tjänster|varor och tjänster)",
    ),
    (C.SELLING_COSTS, r"försäljningskostnader"),
    (
        C.ADMINISTRATIVE_COSTS,
        r"(?:centrala )?administrationskostnader|(?:kostnader för )?central administration",
    ),
    (
        C.RESEARCH_COSTS,
        r"forsknings- och utvecklingskostnader|kostnader för forskning och utveckling",
    ),
    # balance sheet
    (C.ASSETS, r"tillgångar(?:na)?|balansomslutning(?:en)?|aktiva"),
    (C.FIXED_ASSETS, r"anläggningstillgångar(?:na)?|bestående aktiva"),
    (C.INTANGIBLE_ASSETS, r"immateriella? (?:anläggnings)?tillgång(?:ar)?"),
    (C.TANGIBLE_ASSETS, r"materiella (?:anläggnings)?tillgångar"),
    (C.FINANCIAL_ASSETS, r"finansiella (?:anläggnings)?tillgångar"),
    (C.INFRASTRUCTURE_GRANTS, r"bidrag till (?:statlig )?infrastruktur.*"),
    (C.CURRENT_ASSETS, r"omsättningstillgångar(?:na)?|rörliga aktiva"),
    (
        C.INVENTORY,
        r"(?:förråd|varulager|lager)\b.*|exploateringsfastigheter|omsättningsfastigheter",
    ),
    (C.RECEIVABLES, r"(?:kortfristiga )?fordringar"),
    (C.SHORT_INVESTMENTS, r"kortfristiga placeringar"),
    (
        C.CASH,
        r"kassa(?:,| och|/)? ?(?:(?:plus|post)giro(?: och|,)? ?)?bank(?:tillgodohavanden)?"
        r"|likvida (?:medel|tillgångar)|bank och kassa|kassa",
    ),
    (C.EQUITY_AND_LIABILITIES, r"(?:eget|egna) kapital.*skulder.*|skulder.*eget kapital|passiva"),
    (C.EQUITY, r"(?:det )?(?:eget|egna) kapital(?:et)?"),
    (C.UNTAXED_RESERVES, r"obeskattade reserver"),
    (C.PENSION_PROVISIONS, r"avsättning(?:ar)? för pension.*|pensionsavsättning(?:ar)?"),
    (C.OTHER_PROVISIONS, r"(?:andra|övriga) avsättningar"),
    (C.PROVISIONS, r"avsättning(?:ar|arna)?"),
    (C.LONG_LIABILITIES, r"långfristiga? skuld(?:er|en)?"),
    (C.SHORT_LIABILITIES, r"kortfristiga? skuld(?:er|en)?"),
    (C.LIABILITIES, r"skulder(?:na)?|främmande kapital"),
    (
        C.CONTINGENT_PENSION_TAX,
        r"(?:särskild )?löneskatt.*(?:ansvarsförbindelse|pensionsförpliktelse).*",
    ),
    (
        C.CONTINGENT_PENSIONS,
        r"(?:ansvarsförbindelse(?:r|n)?|ansvarsåtagande).*pension.*|pension\w*.*ansvarsförbindelse.*"
        r"|pensionsförpliktelser.*(?:inte|ej|icke|utanför|äldre|före 1998).*|pensionsförpliktelser",
    ),
    (
        C.CONTINGENT_LIABILITIES,
        r"(?:ställda )?(?:säkerheter|panter) och ansvars.*|ansvars"
        r"förbindelser|(?:borgen och )?övriga ansvarsförbindelser",
    ),
    # equity from opening to closing
    (
        C.EQUITY_OPENING,
        rf"(?:{YEAR} )?ingående (?:balans )?eget kapital"
        rf"|eget kapital,? (?:(?:vid )?{YEAR} {BEGIN}|ingående(?: balans)?|ib)|ib eget kapital",
    ),
    (
        C.EQUITY_CLOSING,
        rf"(?:{YEAR} )?utgående (?:balans )?eget kapital"
        rf"|eget kapital,? (?:(?:vid )?{YEAR} {END}|utgående(?: balans)?|ub)|ub eget kapital",
    ),
    # cash flow
    (
        C.CASH_BEFORE_WORKING_CAPITAL,
        rf"{_FLOW}(?: från (?:den )?(?:löpande )?verksamhet(?:en)?)? före förändring.*",
    ),
    (
        C.CASH_OPERATING,
        rf"{_FLOW} (?:från|för) (?:den )?(?:löpande|egentliga) verksamhet(?:en)?"
        r"|verksamhetens kassaflöde|kassaflödet? (?:från|för) verksamheten",
    ),
    (
        C.CASH_INVESTING,
        rf"{_FLOW} (?:från|för) (?:investerings?verksamhet(?:en)?|investeringar(?:na)?)"
        rf"|investeringarnas kassaflöde|{_FLOW} för investeringarnas del",
    ),
    (
        C.CASH_FINANCING,
        rf"{_FLOW} (?:från|för) (?:finansierings?verksamhet(?:en)?|finansiering(?:en)?)"
        rf"|finansieringens kassaflöde|{_FLOW} för finansieringens del",
    ),
    (
        C.CASH_INFRASTRUCTURE,
        rf"(?:{_FLOW} från |utbetalning av )?bidrag till (?:statlig )?infrastruktur",
    ),
    (
        C.CASH_FLOW,
        rf"(?:{YEAR} )?(?:total(?:t|a) )?kassaflöde[t]?(?: (?:för )?(?:året|perioden))?"
        rf"|(?:{YEAR} )?(?:förändring(?:en)?|ökning(?:/minskning)?) (?:av|i) {_OF_CASH}",
    ),
    (
        C.CASH_OPENING,
        rf"(?:{YEAR} )?(?:ingående|ib) {_OF_CASH}|{_OF_CASH},? (?:vid )?(?:{YEAR} )?"
        rf"(?:{BEGIN}|ingående)(?: av (?:året|perioden))?|{_OF_CASH} 0?1\.0?1",
    ),
    (
        C.CASH_CLOSING,
        rf"(?:{YEAR} )?(?:utgående|ub) {_OF_CASH}|{_OF_CASH},? (?:vid )?(?:{YEAR} )?"
        rf"{END}(?: av (?:året|perioden))?|{_OF_CASH} 31\.12",
    ),
    # balance requirement
    (
        C.ADJUSTED_RESULT,
        rf"(?:{YEAR} )?(?:justerat )?resultat efter (?:balanskravs)?justering(?:ar|arna)?"
        rf"|(?:{YEAR} )?justerat resultat",
    ),
    (
        C.BALANCE_RESULT,
        rf"(?:{YEAR} )?(?:balanskravsresultat(?:et)?|resultat enl(?:igt|\.) balanskravet)",
    ),
    (
        C.CAPITAL_GAINS_EXCEPTED,
        r".*realisationsvinster.*(?:undantag|ej|inte).*|.*reavinster.*undantag.*",
    ),
    (C.CAPITAL_LOSSES_EXCEPTED, r".*(?:realisationsförluster|reaförluster).*"),
    (C.CAPITAL_GAINS, r".*(?:realisationsvinst|reavinst)(?:er)?.*"),
    (C.UNREALISED_SECURITIES, r".*orealiserade.*"),
    (C.RESERVE_USED, rf".*(?:använd|uttag|disposition|ianspråk|återför|från).*{_RESERVE}.*"),
    (C.RESERVE_SET_ASIDE, rf".*(?:reserver|avsätt|avsatt|till).*{_RESERVE}.*"),
    (C.SPECIAL_REASONS, r".*synnerliga skäl.*"),
    (
        C.DEFICIT_BROUGHT,
        rf"(?:ingående|ib|tidigare års?) .*{_DEFICIT}.*"
        rf"|(?:ackumulerade? )?(?:negativa? )?{_DEFICIT}.*(?:från|sedan) (?:tidigare|föregående) år"
        r".*",
    ),
    (
        C.DEFICIT_LEFT,
        rf"(?:utgående|ub|återstående|kvarstående) .*{_DEFICIT}.*"
        r"|(?:ackumulera[dt]e? )?(?:negativa? )?(?:balanskravsresultat|(?:balanskravs)?underskott)"
        r" (?:kvar )?att (?:återställa|reglera|täcka).*"
        r"|(?:belopp|rest|återstår) att (?:återställa|reglera|täcka).*",
    ),
    # investments
    (C.INVESTMENT_NET, r"nettoinvestering(?:ar|arna)?|investeringar,? netto|investeringsnetto"),
    (C.INVESTMENT_EXPENDITURE, r"investeringsutgift(?:er|erna)?|bruttoinvestering(?:ar|arna)?"),
    (C.INVESTMENT_INCOME, r"investeringsinkomst(?:er|erna)?|investeringsbidrag"),
    # key figures
    (
        C.SOLIDITY_WITH_PENSIONS,
        r"soliditet(?:en)?.*(?:ink|med |hänsyn|fullfonder).*",
    ),
    (C.SOLIDITY, r"soliditet(?:en|sgrad)?(?:,? (?:enl.* balansräkning(?:en)?|exkl.*|utan .*))?"),
    (C.CASH_LIQUIDITY, r"kassalikviditet(?:en)?"),
    (C.BALANCE_LIQUIDITY, r"balanslikviditet(?:en)?"),
    (C.LIQUIDITY, r"likviditet(?:en)?"),
    (
        C.NET_COST_SHARE,
        rf"(?:verksamhetens )?nettokostnad(?:en|er|erna)?s? {_SHARE}|nettokostnadsandel(?:en)?",
    ),
    (C.RESULT_SHARE, rf"(?:{YEAR} )?resultat(?:et)?s? {_SHARE}"),
)
