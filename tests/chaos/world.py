"""Who is reminded of what in the trial: rows written straight into the tables, and what is owed by plain counting.

The planner is not asked. Every deadline stands at a distance from the day at which a rung of the ladder falls on this
very day, so who hears of a task is the table HEARERS; whoever else must hear nothing.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = date(2023, 11, 20)  # a Monday without holidays near it
RECEIVED = date(2023, 10, 2)
# Days until the deadline: who hears of it on DAY.
HEARERS = {
    7: ("liaisons",),
    3: ("liaisons",),
    1: ("liaisons",),
    0: ("liaisons",),
    -7: ("liaisons", "head"),
    -14: ("liaisons", "head", "follower"),
}
WEIGHTS = (30, 20, 15, 15, 15, 5)
FOLLOWERS = 8


@dataclass
class Body:
    """An agency and who hears for it."""

    row: object
    liaisons: list = field(default_factory=list)
    head: list = field(default_factory=list)


@dataclass
class World:
    """The people of the trial; `give_work` gives them as many reminders as are asked for."""

    random: random.Random
    bodies: list
    followers: list
    directives: int = 0

    def give_work(self, count):
        """Write work of which exactly `count` reminders are owed on DAY. Gives {(address, task, agency's code)}."""
        owed, plans = set(), []
        while count:
            plan = self._plan(count)
            plans.append(plan)
            count -= sum(len(self._hear(body, *plan[:2])) for body in plan[2])
        plans += self._silent_plans(len(plans) // 8 + 6)
        for (left, follower, bodies, life), task in zip(plans, self._write(plans), strict=True):
            if life in ("not_started", "in_progress"):
                owed |= {
                    (person.email, task.pk, body.row.code)
                    for body in bodies
                    for person in self._hear(body, left, follower)
                }
        return owed

    def _plan(self, count):
        """A task for one to three bodies, or for as many as the rest allows: days left, follower, bodies, life."""
        left = self.random.choices(list(HEARERS), WEIGHTS)[0]
        follower = self.random.choice(self.followers)
        chosen = self.random.sample(self.bodies, self.random.choice((1, 1, 2, 3)))
        if sum(len(self._hear(body, left, follower)) for body in chosen) > count:
            left, chosen = 7, [self.bodies[0]]  # has one liaison and nobody else: one reminder
        return left, follower, chosen, self.random.choice(("not_started", "in_progress"))

    def _silent_plans(self, count):
        """Work of which nobody hears: finished, claimed or put aside, far away or without a date."""
        choices = [(0, "done"), (-7, "awaiting"), (3, "suspended"), (60, "in_progress"), (None, "in_progress")]
        silent = []
        for number in range(count):
            left, life = choices[number % len(choices)]
            silent.append((left, self.followers[0], [self.random.choice(self.bodies)], life))
        return silent

    @staticmethod
    def _hear(body, left, follower):
        """Each once, even where they hear as two things."""
        hearers = {"liaisons": body.liaisons, "head": body.head, "follower": [follower]}
        found = [person for role in HEARERS.get(left, ()) for person in hearers[role]]
        return {person.pk: person for person in found}.values()

    def _write(self, plans):
        from django.db import connection, transaction

        from directives.models import Addressee, Assignment, Directive, Task

        self.directives += 1
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            paper = Directive.objects.create(
                number=str(self.directives), symbol="TB-THU", doc_type="Thông báo", issued_on=RECEIVED,
                title="Văn bản để thử", text="Văn bản để thử.", created_on=RECEIVED, published_on=RECEIVED,
            )  # fmt: skip
            parts = {}
            for body in self.bodies:
                parts[body.row.pk] = Addressee(
                    directive=paper, position=len(parts) + 1, number=str(len(parts) + 1), name=body.row.name,
                    agency=body.row, start=0, end=0,
                )  # fmt: skip
            Addressee.objects.bulk_create(parts.values())
            tasks = Task.objects.bulk_create(
                self._task(paper, parts[bodies[0].row.pk], number, left, follower)
                for number, (left, follower, bodies, _) in enumerate(plans, 1)
            )
            Assignment.objects.bulk_create(
                self._assignment(task, body.row, left, life)
                for task, (left, _, bodies, life) in zip(tasks, plans, strict=True)
                for body in bodies
            )
        return tasks

    @staticmethod
    def _task(paper, part, number, left, follower):
        from directives.models import Task

        due = None if left is None else DAY + timedelta(days=left)
        return Task(
            directive=paper, addressee=part, position=number, start=0, end=1, lead=part.agency, follower=follower,
            text=f"Tổng hợp, báo cáo kết quả thực hiện kế hoạch phát triển kinh tế tập thể, hợp tác xã; việc số {number}",
            clock="undated" if due is None else "dated", first_deadline=due, deadline=due, deadline_source="Kế hoạch thử",
        )  # fmt: skip

    @staticmethod
    def _assignment(task, agency, left, life):
        from directives.models import Assignment

        # A claim of yesterday waits for nobody's reminder yet.
        ended = DAY - timedelta(days=1) if life == "awaiting" else RECEIVED + timedelta(days=20)
        return Assignment(
            task=task, agency=agency, deadline=task.deadline, received_on=RECEIVED, life=life,
            submitted_on=ended if life in ("awaiting", "done") else None,
            completed_on=ended if life == "done" else None,
        )  # fmt: skip


def make_world(seed, reminders):
    """People and agencies for about so many reminders, some four for each person."""
    from directives.models import Office

    lot = random.Random(f"world {seed}")
    bodies = _make_bodies(max(8, reminders // 10))
    people, grants = [], []
    for number, body in enumerate(bodies):
        for place in range(lot.choice((1, 2, 3)) if number else 1):
            body.liaisons.append(_person(f"dau-moi-{number}-{place}", "liaison"))
        if number % 3 == 1:
            body.head.append(_person(f"thu-truong-{number}", "liaison"))
        people += body.liaisons + body.head
        grants += [(person, body, "represent") for person in body.liaisons]
        grants += [(person, body, "lead") for person in body.head]
        if number % 10 == 5:
            # Nobody hears of these two: the one has left, the other gave no address.
            gone, silent = _person(f"da-nghi-{number}", "liaison"), _person(f"khong-thu-{number}", "liaison")
            gone.is_active, silent.email = False, ""
            people += [gone, silent]
            grants += [(gone, body, "represent"), (silent, body, "represent")]
        if number % 10 == 9:
            # A liaison of the body before is one of this too.
            body.liaisons.append(bodies[number - 1].liaisons[0])
            grants.append((body.liaisons[-1], body, "represent"))
    Office.objects.create(pk=1, mails_heads=True)
    followers = [_person(f"can-bo-{number}", "staff") for number in range(FOLLOWERS)]
    _keep(people + followers, grants)
    return World(lot, bodies, followers)


def _make_bodies(count):
    from agencies.models import Agency

    rows = [
        Agency(code=f"thu-{n}", name=f"Cơ quan thử số {n}", short_name=f"Cơ quan {n}", sort_key=f"{n:06}")
        for n in range(count)
    ]
    return [Body(row) for row in Agency.objects.bulk_create(rows)]


def _person(name, role):
    from agencies.models import User

    return User(username=name, full_name=f"Người {name}", role=role, email=f"{name}@thu.example")


def _keep(people, grants):
    from django.contrib.auth.models import Permission

    from agencies.models import AgencyUserPermission, User

    User.objects.bulk_create(people)
    rights = {each.codename: each for each in Permission.objects.filter(content_type__app_label="agencies")}
    AgencyUserPermission.objects.bulk_create(
        AgencyUserPermission(user=person, content_object=body.row, permission=rights[right])
        for person, body, right in grants
    )
