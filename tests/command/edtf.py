"""edtf - days of dates as packages write them, read without the program: years, months, days, seasons, decades."""

SEASONS = {"21": ("-03-01", "-05-31"), "22": ("-06-01", "-08-31"), "23": ("-09-01", "-11-30")}


def first_day(text):
    text = text.rstrip("~?%")
    if text in ("", ".."):
        return "0000-00-00"
    if "X" in text:
        return text.replace("X", "0") + "-01-01"
    if text[5:] == "24":
        return text[:4] + "-12-01"
    if text[5:] in SEASONS:
        return text[:4] + SEASONS[text[5:]][0]
    return text + {4: "-01-01", 7: "-01", 10: ""}[len(text)]


def last_day(text):
    """A month ends on its 31st: days are compared as texts."""
    text = text.rstrip("~?%")
    if text in ("", ".."):
        return "9999-99-99"
    if "X" in text:
        return text.replace("X", "9") + "-12-31"
    if text[5:] == "24":
        return f"{int(text[:4]) + 1}-02-31"
    if text[5:] in SEASONS:
        return text[:4] + SEASONS[text[5:]][1]
    return text + {4: "-12-31", 7: "-31", 10: ""}[len(text)]


def holds(row, day):
    return first_day(row["start"]) <= day <= last_day(row["end"])
