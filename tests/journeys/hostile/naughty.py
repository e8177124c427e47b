"""Names that are text, and must be kept to the byte and shown apart; and texts that look like
formulas, markup and other mischief."""

RIGHT_TO_LEFT = "محمد عبد الله"
NAMES: tuple[tuple[str, str], ...] = (
    ("Lina", "Haddad"),
    ("<script>alert(1)</script>", "O’Neil & \"Sons\" 'x'"),
    ('=HYPERLINK("http://x.example","x")', "@SUM(1+1)*cmd|' /C calc'!A0"),
    (RIGHT_TO_LEFT, "القيسي"),
    ("Zoë e\u0301\u0327", "Ǆ ﬁ Å Ω"),
    ("Ali\u200f\u200e\u2066(x", "בן-דוד\u2069\u202c"),
    ("𝒜𝒷𝒸 👩🏽‍✈️", "Ö" + "\u0308" * 40),
    ("-2+3", "+9621\u00a0\u2003'; DROP TABLE person; --"),
    ("{{7*7}} ${7*7} %(x)s", "%s%n \\u0000 \\x00"),
    ("null", "None"),
    ("NaN", "true"),
)
"""(given, family) in what calls itself Latin script."""
FORMULAS = ("=1+1", "+1", "-1", "@x", "'=1", "＝1+1", "=cmd|' /C calc'!A0", "\u200b=1", "\u00a0=1")
"""What a spreadsheet would run, also behind characters that nobody sees."""
