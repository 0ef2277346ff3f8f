#!/usr/bin/env python3
"""Attendance figures and crossings by the plainest reading of their definitions: marks in, sums out, one pupil at a time.

Nothing here is fast or shared with the services: it is what their exports are held against.

    figures.py attendance DIR --level pupil|school|authority --from D --to D [--by TOPIC]
    figures.py crossings DIR --from D --to D
    figures.py compare OURS.csv EXPECTED.csv

DIR holds schools.csv, calendar.csv, pupils.csv, registers/*.csv (applied in order of their names) and perhaps amendments.csv
(applied last), as pathways-demo writes them. Only dates in ISO form and codes in force since August 2024 are understood.
"""
import argparse
import csv
import sys
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ATTENDED = set("/\\LBKPVW")
AUTHORISED = {"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"}
UNAUTHORISED = set("GNOU")
NO_MARK = {"", "-", "?", "--", "."}
MINIMUM_POSSIBLE = 20
COLUMNS = ("from,to,geographic_level,old_la_code,urn,upn,breakdown_topic,breakdown,enrolments,sess_possible,sess_attended,"
           "sess_authorised,sess_unauthorised,sess_overall,sess_overall_percent,sess_authorised_percent,"
           "sess_unauthorised_percent,enrolments_pa_10_exact,enrolments_pa_10_exact_percent,enrolments_pa_50_exact,"
           "enrolments_pa_50_exact_percent").split(",")


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def day(text):
    return date.fromisoformat(text)


class Calendar:
    """School days of one school: its own terms of a year replace the authority's; everything that closes applies."""

    def __init__(self, entries, la_code, urn):
        mine = [e for e in entries if e["la_code"] == la_code and e["urn"] in ("", urn)]
        self.days = set()
        for year in {e["academic_year"] for e in mine}:
            of_year = [e for e in mine if e["academic_year"] == year]
            own = [e for e in of_year if e["kind"] == "term" and e["urn"]]
            terms = own or [e for e in of_year if e["kind"] == "term"]
            for entry in terms:
                self.days |= {d for d in span(entry) if d.weekday() < 5}
        for entry in mine:
            if entry["kind"] != "term":
                self.days -= set(span(entry))
        mondays = sorted({d - timedelta(days=d.weekday()) for d in self.days})
        self.week = {monday: n for n, monday in enumerate(mondays)}

    def week_of(self, d):
        return self.week[d - timedelta(days=d.weekday())]


def span(entry):
    first, last = day(entry["from"]), day(entry["to"] or entry["from"])
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


class Enrolment:
    def __init__(self, row):
        self.row, self.urn, self.upn = row, row["urn"], row["upn"]
        self.entry = day(row["entry_date"])
        self.leaving = day(row["leaving_date"]) if row.get("leaving_date") else None
        self.marks = {}  # (day, "AM" or "PM") -> code

    def holds(self, d):
        return self.entry <= d and (self.leaving is None or d <= self.leaving)

    def sums(self, first, last):
        counts = defaultdict(int)
        for (d, _), code in self.marks.items():
            if first <= d <= last:
                counts["attended"] += code in ATTENDED
                counts["authorised"] += code in AUTHORISED
                counts["unauthorised"] += code in UNAUTHORISED
        return counts["attended"], counts["authorised"], counts["unauthorised"]


class World:
    def __init__(self, folder):
        folder = Path(folder)
        self.la_code = {}
        for row in rows(folder / "schools.csv"):
            self.la_code[row["urn"]] = row["old_la_code"]
        self.calendar_entries = list(rows(folder / "calendar.csv"))
        self.enrolments = defaultdict(list)  # (urn, upn) -> enrolments
        self.close_moves(rows(folder / "pupils.csv"))
        self.calendars = {}
        for path in [*sorted(folder.glob("registers/*.csv")), *folder.glob("amendments.csv")]:
            self.read_register(path)

    def close_moves(self, pupils):
        of_pupil = defaultdict(list)
        for row in pupils:
            enrolment = Enrolment(row)
            of_pupil[enrolment.upn].append(enrolment)
            self.enrolments[enrolment.urn, enrolment.upn].append(enrolment)
        for enrolments in of_pupil.values():
            enrolments.sort(key=lambda e: e.entry)
            for n, later in enumerate(enrolments):
                for earlier in enrolments[:n]:
                    both_single = earlier.row.get("enrolment_status") in ("C", "") and later.row.get("enrolment_status") == "C"
                    is_open = earlier.leaving is None or earlier.leaving >= later.entry
                    if both_single and is_open and earlier.urn != later.urn and earlier.entry < later.entry:
                        earlier.leaving = later.entry - timedelta(days=1)

    def calendar(self, urn):
        if urn not in self.calendars:
            self.calendars[urn] = Calendar(self.calendar_entries, self.la_code[urn], urn)
        return self.calendars[urn]

    def read_register(self, path):
        for row in rows(path):
            d = day(row["date"])
            if "code" in row:
                marks = [(row["session"], row["code"])]
            else:
                marks = [("AM", row["am"]), ("PM", row["pm"])]
            holder = [e for e in self.enrolments.get((row["urn"], row["upn"]), []) if e.holds(d)]
            if not holder or d not in self.calendar(row["urn"]).days:
                continue
            for session, code in marks:
                code = code.strip().upper()
                if code not in NO_MARK:
                    holder[0].marks[d, session] = code

    def all(self):
        for enrolments in self.enrolments.values():
            yield from enrolments


def percent(part, whole):
    if whole == 0:
        return "z"
    return str((Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.00001"), ROUND_HALF_UP))


def value_of(enrolment, topic):
    if not topic:
        return "Total"
    value = enrolment.row.get(topic, "")
    return value or ("N" if topic in ("sen_provision", "pupil_premium", "looked_after") else "unknown")


def attendance(world, level, first, last, topic):
    groups = defaultdict(list)
    for enrolment in world.all():
        if enrolment.entry > last or (enrolment.leaving and enrolment.leaving < first):
            continue
        la_code = world.la_code[enrolment.urn]
        place = {"pupil": ("Pupil", la_code, enrolment.urn, enrolment.upn),
                 "school": ("School", la_code, enrolment.urn, ""),
                 "authority": ("Local authority", la_code, "", "")}[level]
        key = place + (value_of(enrolment, topic),)
        if level == "pupil":
            key += (enrolment.entry.isoformat(),)
        groups[key].append(enrolment.sums(first, last))
    yield COLUMNS
    for key in sorted(groups, key=lambda k: (k[2], k[3], k[4], k[5:])):
        counted = [s for s in groups[key] if sum(s) > 0]
        attended, authorised, unauthorised = (sum(column) for column in zip(*counted)) if counted else (0, 0, 0)
        overall, possible = authorised + unauthorised, attended + authorised + unauthorised
        persistent = sum(10 * (s[1] + s[2]) >= sum(s) for s in counted)
        severe = sum(2 * (s[1] + s[2]) >= sum(s) for s in counted)
        yield [first.isoformat(), last.isoformat(), *key[:4], topic or "Total", key[4], len(counted), possible, attended,
               authorised, unauthorised, overall, percent(overall, possible), percent(authorised, possible),
               percent(unauthorised, possible), persistent, percent(persistent, len(counted)), severe,
               percent(severe, len(counted))]


def year_start(d):
    return date(d.year if d.month >= 9 else d.year - 1, 9, 1)


def crossings_of(enrolment, calendar):
    state = {"persistent": False, "severe": False}
    reached = False
    year = None
    for d in sorted({d for d, _ in enrolment.marks}):
        if year != year_start(d):
            year, state = year_start(d), {"persistent": False, "severe": False}
        attended, authorised, unauthorised = enrolment.sums(year, d)
        absent, possible = authorised + unauthorised, attended + authorised + unauthorised
        enough = possible >= MINIMUM_POSSIBLE
        now = {"persistent": enough and 10 * absent >= possible, "severe": enough and 2 * absent >= possible}
        for kind, true in now.items():
            if true != state[kind]:
                yield (kind if true else "recovered_" + kind), d, possible, absent
        state = now
        first_week = calendar.week_of(d) - 9
        in_window = sum(code in UNAUTHORISED for (other, _), code in enrolment.marks.items()
                        if other <= d and calendar.week_of(other) >= first_week)
        if in_window >= 10 and not reached:
            yield "unauthorised_10_in_10_weeks", d, possible, absent
        reached = in_window >= 10


def crossings(world, first, last):
    found = []
    for enrolment in world.all():
        for kind, d, possible, absent in crossings_of(enrolment, world.calendar(enrolment.urn)):
            if first <= d <= last:
                found.append((enrolment.urn, enrolment.upn, kind, d.isoformat(), possible, absent))
    yield ("urn", "upn", "kind", "day", "sess_possible", "sess_overall")
    yield from sorted(found, key=lambda c: (c[0], c[1], c[3], c[2]))


def compare(ours, expected):
    with open(ours, newline="") as a, open(expected, newline="") as b:
        left, right = list(csv.reader(a)), list(csv.reader(b))
    differences = [(n, x, y) for n, (x, y) in enumerate(zip(left, right), 1) if x != y]
    for n, x, y in differences[:10]:
        print(f"row {n}:\n  ours     {','.join(x)}\n  expected {','.join(y)}")
    if len(left) != len(right):
        print(f"ours has {len(left)} rows, expected {len(right)}")
    print(f"{len(differences)} of {len(right)} rows differ" if differences else f"{len(right)} rows equal")
    return 1 if differences or len(left) != len(right) else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("attendance", "crossings"):
        command = commands.add_parser(name)
        command.add_argument("folder")
        command.add_argument("--from", dest="first", type=day, required=True)
        command.add_argument("--to", dest="last", type=day, required=True)
        if name == "attendance":
            command.add_argument("--level", choices=("pupil", "school", "authority"), required=True)
            command.add_argument("--by", default="")
    command = commands.add_parser("compare")
    command.add_argument("ours")
    command.add_argument("expected")
    a = parser.parse_args()
    if a.command == "compare":
        return compare(a.ours, a.expected)
    world = World(a.folder)
    table = (attendance(world, a.level, a.first, a.last, a.by) if a.command == "attendance"
             else crossings(world, a.first, a.last))
    csv.writer(sys.stdout, lineterminator="\n").writerows(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
