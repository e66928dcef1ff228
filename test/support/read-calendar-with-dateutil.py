"""Reads an iCalendar file on stdin with python-dateutil (zones from its VTIMEZONE, rules by rrulestr) and prints what takes place:
[[start, end, summary], ...] in epoch seconds. Exits 3 when python-dateutil is not installed."""
import io
import json
import sys
from datetime import datetime

try:
    from dateutil import rrule, tz
except ImportError:
    sys.exit(3)

TEXT = sys.stdin.buffer.read().decode("utf-8")
ZONES = tz.tzical(io.StringIO(TEXT))


def moment(line):
    head, value = line.split(":", 1)
    read = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")
    zone = [part[5:] for part in head.split(";") if part.startswith("TZID=")]
    return read.replace(tzinfo=ZONES.get(zone[0]) if zone else tz.UTC)


def seconds(line):
    return int(moment(line).timestamp())


def unescape(text):
    return text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")


def lines_by_name(part):
    found = {}
    for line in part.split("END:VEVENT")[0].split("\r\n"):
        found.setdefault(line.split(":")[0].split(";")[0], []).append(line)
    return found


def starts_of(event, replaced):
    start = event["DTSTART"][0]
    if "RRULE" not in event:
        return [seconds(start)]
    dates = rrule.rruleset()
    dates.rrule(rrule.rrulestr(event["RRULE"][0], dtstart=moment(start)))
    for line in event.get("EXDATE", []):
        dates.exdate(moment(line))
    found = [int(at.timestamp()) for at in dates]
    return [at for at in found if (event["UID"][0], at) not in replaced]


events = [lines_by_name(part) for part in TEXT.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]]
replaced = {(event["UID"][0], seconds(event["RECURRENCE-ID"][0])) for event in events if "RECURRENCE-ID" in event}
taking_place = []
for event in events:
    if event["STATUS"] == ["STATUS:CANCELLED"]:
        continue
    lasts = seconds(event["DTEND"][0]) - seconds(event["DTSTART"][0])
    summary = unescape(event["SUMMARY"][0][len("SUMMARY:") :])
    taking_place += [[at, at + lasts, summary] for at in starts_of(event, replaced)]
print(json.dumps(taking_place))
