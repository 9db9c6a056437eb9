"""The judge of the trial sees every broken promise, and blames nobody for what was promised to be possible."""

import pytest

from tests.chaos.verdict import Facts, judge

LINE = ("an@thu.example", 7, "so-1")
OTHER = ("an@thu.example", 8, "so-1")


def mail(at=10.0, to="an@thu.example", id="<1>", names=((7, "so-1"),), body="x", answered=True):
    names = [[str(task), code] for task, code in names]
    return {
        "at": at,
        "begun": at - 0.01,
        "pause": 0.02,
        "to": to,
        "id": id,
        "names": names,
        "body": body,
        "answered": answered,
    }


def facts(*mails, owed=(LINE,), finished=None, crashes=(), owed_at_end=0):
    return Facts(set(owed), finished or {}, list(mails), list(crashes), processes=2, owed_at_end=owed_at_end)


def test_what_is_owed_and_comes_once_is_well():
    verdict = judge(facts(mail()))
    assert (verdict.owed, verdict.arrived, verdict.repeats, verdict.broken) == (1, 1, 0, [])


def test_a_repeat_of_a_mail_that_was_under_way_at_a_kill_is_counted_and_allowed():
    verdict = judge(facts(mail(10), mail(25), crashes=[(10.01, "kill")]))
    assert (verdict.repeats, verdict.bound, verdict.broken) == (1, 2, [])


def test_a_repeat_after_a_lost_answer_is_the_servers():
    verdict = judge(facts(mail(10, answered=False), mail(25)))
    assert (verdict.repeats, verdict.repeats_of_lost_answers, verdict.broken) == (0, 1, [])


def test_work_that_was_finished_before_its_mail_need_not_arrive():
    verdict = judge(facts(mail(), owed=(LINE, OTHER), finished={OTHER[1:]: 5.0}))
    assert (verdict.settled, verdict.missing, verdict.broken) == (1, [], [])


def test_a_repeat_may_leave_out_what_was_finished_since():
    both = mail(10, names=((7, "so-1"), (8, "so-1")), body="both")
    verdict = judge(facts(both, mail(25), owed=(LINE, OTHER), finished={OTHER[1:]: 15.0}, crashes=[(10.01, "kill")]))
    assert (verdict.repeats, verdict.broken) == (1, [])


BROKEN = {
    "missing": facts(),
    "a stranger": facts(mail(names=((7, "so-1"), (9, "so-1")))),
    "twice under two ids": facts(mail(10), mail(25, id="<2>"), crashes=[(10.01, "kill")]),
    "another content": facts(mail(10), mail(25, body="y"), crashes=[(10.01, "kill")]),
    "no crash": facts(mail(10), mail(25)),
    "a crash elsewhere": facts(mail(10), mail(25), crashes=[(20.0, "kill")]),
    "more than the bound": facts(*(mail(10 + n / 10) for n in range(4)), crashes=[(10.2, "kill")]),
    "after the end": facts(mail(10), finished={LINE[1:]: 5.0}),
    "left behind": facts(mail(), owed_at_end=1),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_promise_is_seen(case):
    assert judge(BROKEN[case]).broken
