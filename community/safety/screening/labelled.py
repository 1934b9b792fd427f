"""Forms of the content labels that are signs more than words, over lower-case text without accents.

Each is searched only around its needle, and every repetition is bounded.
"""

NEEDLES = {
    "DIGIT": r"\d",
    "AT": r"@",
    "MAIL": r"gmail|yahoo|hotmail|outlook|icloud|proton|aol",
    "APP": r"snap|insta|\big\b|discord|telegram|tiktok|twitter|kik|whatsapp|facebook|\bfb\b|venmo|cash ?app|signal",
    "NAME": r"name|nombre|apellido",
    "DOT": r"://|\.[a-z]",
}
HINTS = {  # letters without which a needle is not looked for; a plain search is much quicker
    "MAIL": ("gmail", "yahoo", "hotmail", "outlook", "icloud", "proton", "aol"),
    "APP": (
        *("snap", "insta", " ig", "discord", "telegram", "tiktok", "twitter", "kik", "whatsapp", "facebook", " fb"),
        *("venmo", "cash", "signal"),
    ),
    "NAME": ("name", "nombre", "apellido"),
    "DOT": ("://", ".a", ".c", ".g", ".i", ".l", ".m", ".n", ".o", ".s", ".t", ".x", "www."),
}
RULES: dict[str, list[tuple[str, str]]] = {
    "pii_phone": [
        ("DIGIT", r"(?<![\d$#.])(?:\+?1[ .\-]{0,2})?\(?\d{3}\)?[ .\-]{0,3}\d{3}[ .\-]{0,3}\d{4}(?!\d)"),
        ("DIGIT", r"(?<![\d$.\-])\d{3}[ .\-]\d{4}(?![\d\-])"),
        ("DIGIT", r"(?<!\d)\+\d{1,3}[ \-]?\d{2,4}[ \-]?\d{3,4}[ \-]?\d{3,4}(?!\d)"),
    ],
    "pii_email": [
        ("AT", r"\b[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,30}){0,3}\.[a-z]{2,10}\b"),
        (
            "MAIL",
            r"\b[a-z0-9._]{2,40}(?: (?:dot|punto) [a-z0-9._]{1,20})? ?[(\[]? ?(?:at|arroba) ?[)\]]? ?(?:gmail|yahoo|hotmail|outlook|icloud|proton|aol)(?: ?[(\[]? ?(?:dot|punto) ?[)\]]? ?com|\.com)?\b",
        ),
    ],
    "pii_address": [
        (
            "DIGIT",
            r"\b\d{1,5} (?:[nsew]\.? |north |south |east |west )?(?:[a-z0-9]{2,20} ){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|terrace|circle|cir|parkway|pkwy|trail|highway|hwy)\b(?: ?,? ?(?:apt|unit|#) ?\w{1,5})?",
        ),
        ("DIGIT", r"\b(?:calle|avenida|av\.?|colonia|carrera) (?:[a-z0-9]{1,20} ){1,4}(?:#|no\.?|numero)? ?\d{1,5}\b"),
        ("DIGIT", r"\b(?:apt|apartment|unit|suite) ?#? ?\d{1,4}[a-z]? (?:on|at|in) "),
        ("DIGIT", r"\bp\.?o\.? box \d{1,6}\b"),
    ],
    "pii_handle": [
        ("AT", r"(?<![\w@.])@[a-z0-9_][a-z0-9_.]{2,29}(?![\w@])"),
        (
            "APP",
            r"\b(?:snap|snapchat|insta|instagram|ig|discord|telegram|tiktok|twitter|kik|whatsapp|facebook|fb|venmo|cash ?app|signal)\b(?: (?:me|is|handle|user|username|name|es|at|account)){0,3} ?[:=\-]? ?(?:@[a-z0-9_.]{3,30}|(?=[a-z._]{0,30}[\d_.])[a-z0-9_.]{4,30}\b)",
        ),
        ("DIGIT", r"\b[a-z0-9_.]{2,30}#\d{4}\b"),
    ],
    "pii_name": [
        (
            "NAME",
            r"\b(?:my (?:full|real|legal|last|whole) name(?: is|'s)|my name(?: is|'s) [a-z]{2,15} (?!and\b|but\b|i\b|im\b|from\b|in\b|an?\b)[a-z]{2,20}(?= |[.,!]|$)(?! (?:an?|addict|alcoholic))|mi (?:nombre completo|apellido) es)(?: [a-z\-]{2,20}){0,3}",
        ),
        ("NAME", r"\b(?:his|her|their) (?:full|real|legal|last|whole) name(?: is|'s)(?: [a-z\-]{2,20}){1,3}"),
    ],
    "pii_ssn": [
        ("DIGIT", r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)"),
        ("DIGIT", r"\b(?:ssn|social security(?: number)?|social|seguro social)\b.{0,12}\d{3}[ \-]?\d{2}[ \-]?\d{4}\b"),
        ("DIGIT", r"\blast (?:four|4) of my social.{0,8}\d{4}\b"),
    ],
    "pii_dob": [
        (
            "DIGIT",
            r"\b(?:dob|date of birth|birthday|birthdate|born|naci|nacimiento|cumpleanos)\b[^.!?\n]{0,20}?\b(?:\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}|\d{1,2} de [a-z]{4,10} (?:de|del) (?:19|20)?\d{2})\b",
        ),
    ],
    "link": [
        ("DOT", r"\bhttps?://[^\s<>]{3,300}"),
        ("DOT", r"\bwww\.[^\s<>]{3,200}"),
        (
            "DOT",
            r"(?<![@\w.\-])[a-z0-9\-]{2,40}(?:\.[a-z0-9\-]{2,40}){0,3}\.(?:com|net|org|io|gg|me|co|ly|link|xyz|info|app|site|shop|tv)(?:/[^\s<>]{0,200})?\b(?<!@)",
        ),
    ],
    "invite_link": [
        (
            "DOT",
            r"\b(?:discord\.(?:gg|com/invite)|t\.me|chat\.whatsapp\.com|wa\.me|join\.slack\.com|groupme\.com/join_group|facebook\.com/groups|m\.me|signal\.group|invite\.gg|linktr\.ee|discord\.me|zoom\.us/j)/?[^\s]{0,200}",
        ),
    ],
    "numbers_ed": [
        ("DIGIT", r"\b\d{2,4} ?(?:k?cals?|calories|calorias)\b"),
        ("DIGIT", r"\b\d{2,3}(?:\.\d)? ?(?:lbs?|pounds|kgs?|kilos|libras|stone)\b"),
        ("DIGIT", r"\bbmi\b[^.!?\n]{0,12}\d{1,2}(?:\.\d)?"),
        ("DIGIT", r"\b(?:size|talla) (?:00?|xxs|xs|\d{1,2})\b"),
        (
            "DIGIT",
            r"\b(?:weigh(?:ed|t|s|ing)?|peso|pesaba|goal weight|gw|cw|lw|ugw|hw)\b[^.!?\n]{0,15}?\b\d{2,3}(?:\.\d)?\b(?! ?(?:days|dias|times|years|%))",
        ),
        (
            "DIGIT",
            r"\b(?:lost|gained|dropped|baje|subi|down|perdi)\b ?(?:like |about |another )?\d{1,3} ?(?:lbs?|pounds|kgs?|kilos|libras)?\b(?= |[.,!]|$)(?! (?:days|friends|people|years|jobs|months|weeks|hours))(?<=lbs|nds|los|kgs|ras)",
        ),
        (
            "DIGIT",
            r"\b(?:ran|run|walked|burned|corri|\d{1,3} ?(?:min(?:utes)?|hours?|hrs?) (?:of|on))\b[^.!?\n]{0,12}\b(?:\d{1,3} (?:miles|millas|km)|cardio|treadmill|elliptical|crunches|sit ?ups)\b",
        ),
        ("DIGIT", r"\b\d{2,6} (?:steps|pasos|sit ?ups|crunches|burpees|jumping jacks)\b"),
        ("DIGIT", r'\b(?:waist|cintura|thighs?)\b[^.!?\n]{0,12}\d{2} ?(?:inch(?:es)?|in|cm|")'),
    ],
}
