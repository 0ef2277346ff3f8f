#!/usr/bin/env python3
"""Suspensions, permanent exclusions and their dates by the plainest reading of law and guidance, one pupil at a time.

Nothing here is fast or shared with the services: it is what their exports are held against.

    exclusions.py exclusions DIR
    exclusions.py clock DIR
    exclusions.py compare OURS.csv EXPECTED.csv     columns that both have, rows in any order

DIR holds schools.csv, calendar.csv, pupils.csv and suspensions.csv, as pathways-demo writes them. Every row is taken as good, in
order of its first day, and decided under the rules in force since September 2023. Dates in ISO form. The clock's states hang on
today and are left out.
"""
import argparse
import csv
import sys
from collections import defaultdict
from datetime import date, timedelta

from figures import World, day, rows

ONE = timedelta(days=1)


def easter_monday(year):
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day_of_month = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day_of_month + 1) + ONE


def term_of(d):
    """SI 2012/1033 reg. 2: from the day after a reference date (31 December, Easter Monday, 31 July) to the next."""
    for last in (easter_monday(d.year), date(d.year, 7, 31)):
        if d <= last:
            return last
    return date(d.year, 12, 31)


def year_of(d):
    return d.year if d.month >= 8 else d.year - 1


class Days:
    """The school days of one school, in order."""

    def __init__(self, days):
        self.all = sorted(days)

    def after(self, d, n):
        later = [x for x in self.all if x > d]
        return later[n - 1] if len(later) >= n else None

    def before(self, d):
        earlier = [x for x in self.all if x < d]
        return earlier[-1] if earlier else None


class Exclusion:
    def __init__(self, row, days):
        self.row, self.days = row, days
        self.kind = {"FIXD": "SUSP"}.get(row["kind"].upper(), row["kind"].upper())
        self.start = day(row["start_date"])
        self.halves = int(row["sessions"] or 0)
        self.afternoon = row.get("start_session", "").upper() == "PM"
        self.sessions = list(self.lay())

    def on(self, column):
        return day(self.row[column]) if self.row.get(column) else None

    def lay(self):
        left = 0 if self.kind == "PERM" else self.halves
        for d in (x for x in self.days.all if x >= self.start):
            for session in (("L",) if self.kind == "LNCH" else ("AM", "PM")):
                skipped = d == self.start and self.afternoon and session == "AM"
                if left and not skipped:
                    yield d, session
                    left -= 1
            if not left:
                return

    def last(self):
        return self.sessions[-1][0] if self.sessions else None

    def back(self):
        return self.last() if self.sessions[-1][1] == "AM" else self.days.after(self.last(), 1)

    def order(self):
        return self.start, {"LNCH": 1}.get(self.kind, 2 if self.afternoon else 0)


def sums(e, earlier):
    """Half days in the term and in the school year, over this exclusion and those that started before it."""
    sessions = [d for x in [*earlier, e] for d, _ in x.sessions]
    terms = {term_of(d) for d, _ in e.sessions} or {term_of(e.start)}
    in_term = max(sum(term_of(d) == t for d in sessions) for t in terms)
    return in_term, sum(year_of(d) == year_of(e.start) for d in sessions)


def run(e, earlier):
    """School days on end out of this school, suspensions back to back together; lunchtimes make none."""
    mine = [x for x in [*earlier, e] if x.kind == "SUSP" and x.row["urn"] == e.row["urn"]]
    out = {d for x in mine for d, _ in x.sessions}
    chain, d = [], e.last()
    while d in out:
        # A school day of which only a part was missed ends the run where the pupil was back in between.
        chain.insert(0, d)
        d = e.days.before(d)
    return chain


def clock(e, earlier, pupil):
    in_term, _ = sums(e, earlier)
    permanent = e.kind == "PERM"
    grave = permanent or in_term > 10 or e.on("exam_on") is not None
    told = e.on("governors_notified_on") or e.start
    yield "notify_parents", "without_delay"
    yield "notify_local_authority", "without_delay"
    if pupil.get("looked_after") == "Y":
        yield "notify_virtual_school_head", "without_delay"
    if grave:
        yield "notify_governing_board", "without_delay"
    else:
        yield "notify_governing_board", e.days.before(term_of(e.start) + ONE)
    yield "set_work", e.days.after(e.start - ONE, 1)
    if permanent:
        yield "provision_from", e.days.after(e.start, 6)
    elif e.kind == "SUSP" and len(run(e, earlier)) >= 6:
        yield "provision_from", run(e, earlier)[5]
    exam = e.on("exam_on")
    if permanent or in_term > 30 or exam:
        due = e.days.after(told, 15)
        if exam and (due is None or e.days.before(exam) < due):
            due = e.days.before(exam)
        yield "governors_consider_by", due
    elif in_term > 10 and e.on("representations_on"):
        yield "governors_consider_by", e.days.after(told, 50)
    if e.row.get("board_decision"):
        yield "board_decision_notice", "without_delay"
    if permanent and e.row.get("board_decision", "").lower() == "decline":
        yield from review(e)
    if not permanent and e.sessions:
        yield "reintegration_meeting", e.back()


def review(e):
    notice, applied, panel_notice = e.on("decision_notice_on"), e.on("review_applied_on"), e.on("panel_notice_on")
    decision = e.row.get("panel_decision", "").lower()
    if notice:
        yield "review_apply_by", e.days.after(notice, 15)
        if not applied:
            yield "remove_from_roll", e.days.after(notice, 15) + ONE
    if applied:
        yield "review_hearing_by", e.days.after(applied, 15)
    if panel_notice:
        yield "panel_decision", "without_delay"
    if applied and decision == "uphold" and panel_notice:
        yield "remove_from_roll", panel_notice
    if decision in ("recommend", "quash") and panel_notice:
        yield "governors_reconsider_by", e.days.after(panel_notice, 10)
        if decision == "quash":
            yield "payment_order", e.days.after(panel_notice, 10) + ONE


def read(folder):
    world = World(folder)
    days = {}
    of_pupil = defaultdict(list)
    for row in rows(f"{folder}/suspensions.csv"):
        if row["urn"] not in days:
            days[row["urn"]] = Days(world.calendar(row["urn"]).days)
        of_pupil[row["upn"]].append(Exclusion(row, days[row["urn"]]))
    for upn in of_pupil:
        of_pupil[upn].sort(key=Exclusion.order)
    return world, of_pupil


def in_order(of_pupil):
    found = [(e.row["urn"], upn, e.start, e.kind, n, e) for upn, all_of in of_pupil.items() for n, e in enumerate(all_of)]
    for urn, upn, _, _, n, e in sorted(found, key=lambda f: f[:4]):
        yield urn, upn, e, of_pupil[upn][:n]


def text(halves):
    return str(halves // 2) + (".5" if halves % 2 else "")


def iso(due):
    return due if isinstance(due, str) else due.isoformat() if due else ""


def exclusions(folder):
    _, of_pupil = read(folder)
    yield ("urn", "upn", "kind", "start_date", "end_date", "sessions", "days_in_term", "days_in_year")
    for urn, upn, e, earlier in in_order(of_pupil):
        in_term, in_year = sums(e, earlier)
        yield (urn, upn, e.kind, iso(e.start), iso(e.last()), 0 if e.kind == "PERM" else e.halves, text(in_term), text(in_year))


def clocks(folder):
    world, of_pupil = read(folder)
    pupils = {upn: enrolments[-1].row for (_, upn), enrolments in world.enrolments.items()}
    yield ("urn", "upn", "kind", "start_date", "step", "due")
    for urn, upn, e, earlier in in_order(of_pupil):
        for step, due in sorted(clock(e, earlier, pupils.get(upn, {}))):
            yield urn, upn, e.kind, iso(e.start), step, iso(due)


def compare(ours, expected):
    left, right = list(rows(ours)), list(rows(expected))
    columns = [c for c in right[0] if c in left[0]]
    a, b = ({tuple(row[c] for c in columns) for row in table} for table in (left, right))
    for name, rest in (("only ours", a - b), ("only expected", b - a)):
        for row in sorted(rest)[:10]:
            print(f"{name}: {','.join(row)}")
    print(f"{len(a & b)} rows equal, {len(a - b)} only ours, {len(b - a)} only expected")
    return 1 if a != b else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("exclusions", "clock"):
        commands.add_parser(name).add_argument("folder")
    command = commands.add_parser("compare")
    command.add_argument("ours")
    command.add_argument("expected")
    a = parser.parse_args()
    if a.command == "compare":
        return compare(a.ours, a.expected)
    table = exclusions(a.folder) if a.command == "exclusions" else clocks(a.folder)
    csv.writer(sys.stdout, lineterminator="\n").writerows(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
