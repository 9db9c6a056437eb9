"""`make chaos [SEED=1]`: ends with 1 where the reminders break a promise. The outcome is kept under var/chaos/."""

import argparse
import json
import signal
import sys
import tempfile
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from kttt_tracker.local.defaults import data_folder
from tests.chaos.stage import Stage
from tests.chaos.trial import Trial

GOES_ON = 60  # seconds in which sending must have gone on after a server was away
POSTGRES = ("restart_postgres", "crash_postgres")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that its folder and its programs go too
    options = _options()
    outcome = {"seed": options.seed, "options": vars(options), "parts": {}}
    with (
        tempfile.TemporaryDirectory(prefix="kttt-chaos-") as folder,
        Stage(options.root or folder, processes=options.processes, haste=options.haste) as stage,
    ):
        stage.use()
        _play(options, stage, outcome["parts"])
    broken = [words for part in outcome["parts"].values() for words in part["broken"]]
    _keep(outcome, options.out)
    say("Every promise held." if not broken else "Broken: " + "; ".join(broken))
    return bool(broken)


def say(line):
    print(f"{datetime.now():%H:%M:%S}  {line}", flush=True)


def _play(options, stage, parts):
    from tests.chaos.world import make_world

    world = make_world(options.seed, options.reminders)
    servers = ["lose_redis"] * options.redis + [POSTGRES[number % 2] for number in range(options.postgres)]
    crashes = ["kill"] * options.kills + servers
    # A server that dies after it took a mail repeats it too; where nothing may repeat, it does not.
    plan = {
        "killed": (crashes, True),
        "stopped": (["stop", "stop_group"] * (options.stops // 2) + ["stop"] * (options.stops % 2), False),
    }
    for name, (faults, loses_answers) in plan.items():
        if not faults:
            continue
        stage.polite.clear()
        stage.deaths.clear()
        trial = Trial(name, options.seed, stage, world, say)
        verdict, course = trial.run(
            options.reminders,
            faults,
            troubled=options.troubled,
            slowest=options.slowest,
            loses_answers=loses_answers,
            finish=options.finish,
        )
        broken = verdict.broken + _unwell(course) + _impolite(name, stage, verdict)
        parts[name] = {**asdict(verdict), **course, "polite": list(stage.polite), "broken": broken}
        _tell(name, verdict, course, stage)


def _unwell(course):
    """Programs that did not get over what befell the servers."""
    slow = [f"{what} took {seconds} s to get over" for what, seconds in course["went_on_after"] if seconds > GOES_ON]
    died = course["ended_by_themselves"]
    return slow + ([f"ended by themselves: {', '.join(died)}"] if died else [])


def _impolite(name, stage, verdict):
    """What a stop in good order owes beyond the rest: no repeat, and that it ends by itself."""
    if name != "stopped":
        return []
    hung = [stop for stop in stage.polite if not stop["ended"]]
    broken = [f"{verdict.repeats} repeats after a polite stop"] if verdict.repeats else []
    return broken + ([f"{len(hung)} polite stops did not end by themselves"] if hung else [])


def _tell(name, verdict, course, stage):
    kills = sum(what == "kill" for _, what in stage.crashes)
    rows = {
        "owed": verdict.owed,
        "arrived": verdict.arrived,
        "finished before their mail left": verdict.settled,
        "missing": len(verdict.missing),
        "not owed, and arrived": len(verdict.strangers),
        "mails": verdict.mails,
        "refused for a while": " ".join(f"{code}: {count}" for code, count in sorted(verdict.refused.items())),
        "SIGKILL": kills,
        "polite stops": len(stage.polite),
        "repeated mails, same Message-ID": verdict.repeats,
        "at most (kills × processes)": verdict.bound,
        "… of these by a restart of PostgreSQL": verdict.repeats_of_the_database,
        "besides, after the server dropped its answer": verdict.repeats_of_lost_answers,
        "repeated though nothing crashed": len(verdict.without_crash),
        "repeated with another Message-ID": len(verdict.doubled),
        "repeated with other content": len(verdict.changed),
        "begun after the work was finished": len(verdict.after_the_end),
        "rows still owed": verdict.owed_at_end,
        "went on after": ", ".join(f"{what} {seconds} s" for what, seconds in course["went_on_after"]),
        "ended by themselves": len(course["ended_by_themselves"]),
        "longest polite stop": f"{max((stop['seconds'] for stop in stage.polite), default=0)} s",
        "took": f"{course['seconds']} s",
    }
    for words, value in rows.items():
        say(f"  {name:8} {words:40} {value:,}" if isinstance(value, int) else f"  {name:8} {words:40} {value}")


def _keep(outcome, out):
    folder = Path(out) if out else data_folder() / "chaos"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"seed-{outcome['seed']}.json"
    path.write_text(json.dumps(outcome, indent=1, ensure_ascii=False, default=str))
    say(f"written: {path}")


def _options():
    parser = argparse.ArgumentParser(description="The reminders under faults.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reminders", type=int, default=10_000, help="owed in each of the two parts")
    parser.add_argument("--kills", type=int, default=50, help="SIGKILL of the worker with its processes")
    parser.add_argument("--stops", type=int, default=50, help="SIGTERM of the worker, in the second part")
    parser.add_argument("--redis", type=int, default=1, help="how often Redis is lost")
    parser.add_argument("--postgres", type=int, default=2, help="restarts of PostgreSQL; each second one by a crash")
    parser.add_argument("--troubled", type=float, default=1 / 3, help="share of the people whose mail is refused first")
    parser.add_argument("--slowest", type=float, default=0.04, help="seconds that the mail server takes at most")
    parser.add_argument("--finish", type=float, default=0.03, help="share of the work that is finished meanwhile")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--haste", type=int, default=240, help="how many times faster leases and pauses run out")
    parser.add_argument("--root", help="a folder with a migrated database, instead of a new one")
    parser.add_argument("--out", help="where the outcome is written; var/chaos by default")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
