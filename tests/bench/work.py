"""What the bench plans and sends: one liaison for each agency, and work that is due on the day."""

from tests.chaos.world import DAY, RECEIVED


class Work:
    """`publish(each)` puts so many reminders for each person on the desk, and takes all other work away."""

    def __init__(self, people, shapes):
        from django.contrib.auth.models import Permission

        from agencies.models import Agency, AgencyUserPermission, User

        codes = [f"do-{number}" for number in range(people)]
        self.agencies = Agency.objects.bulk_create(
            Agency(code=code, name=f"Cơ quan {code}", short_name=f"Cơ quan {code}", sort_key=code) for code in codes
        )
        liaisons = User.objects.bulk_create(
            User(username=code, full_name=f"Người {code}", role="liaison", email=f"{code}@thu.example")
            for code in codes
        )
        right = Permission.objects.get(codename="represent", content_type__app_label="agencies")
        AgencyUserPermission.objects.bulk_create(
            AgencyUserPermission(user=user, content_object=agency, permission=right)
            for user, agency in zip(liaisons, self.agencies, strict=True)
        )
        self.papers = {each: self._paper(each) for each in shapes}

    def publish(self, each):
        """0: nothing is on the desk."""
        from directives.models import Directive

        Directive.objects.filter(pk__in=[paper.pk for paper in self.papers.values()]).update(published_on=None)
        if each:
            Directive.objects.filter(pk=self.papers[each].pk).update(published_on=RECEIVED)

    def _paper(self, each):
        from django.db import connection, transaction

        from directives.models import Addressee, Assignment, Directive, Task

        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            paper = Directive.objects.create(
                number=str(each), symbol="TB-DO", doc_type="Thông báo", issued_on=RECEIVED, title="Văn bản để đo",
                text="Văn bản để đo.", created_on=RECEIVED,
            )  # fmt: skip
            parts = Addressee.objects.bulk_create(
                Addressee(
                    directive=paper, position=place, number=str(place), name=agency.name, agency=agency, start=0, end=0
                )
                for place, agency in enumerate(self.agencies, 1)
            )
            tasks = Task.objects.bulk_create(
                Task(
                    directive=paper, addressee=part, lead=part.agency, position=part.position * each + number, start=0,
                    end=1, clock="dated", first_deadline=DAY, deadline=DAY, deadline_source="Kế hoạch đo",
                    text=f"Tổng hợp, báo cáo kết quả thực hiện kế hoạch phát triển kinh tế tập thể; việc số {number}",
                )
                for part in parts
                for number in range(each)
            )  # fmt: skip
            Assignment.objects.bulk_create(
                Assignment(task=task, agency=task.lead, deadline=DAY, received_on=RECEIVED, life="in_progress")
                for task in tasks
            )
        return paper


def forget_reminders():
    """As if nobody had ever been reminded: the database keeps what was sent, so its guards stand aside."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM directives_reminder")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def large_book(assignments, agencies):
    """Invented work, half of which is open, with a liaison for each agency; gives how much is open."""
    from django.contrib.auth.models import Permission
    from django.core.management import call_command

    from agencies.models import Agency, AgencyUserPermission, User
    from directives.models import Assignment

    call_command("seed_scale", assignments=assignments, agencies=agencies)
    right = Permission.objects.get(codename="represent", content_type__app_label="agencies")
    bodies = Agency.objects.filter(code__startswith="quy-mo-")
    people = User.objects.bulk_create(
        User(username=body.code, full_name=body.name, role="liaison", email=f"{body.code}@thu.example")
        for body in bodies
    )
    AgencyUserPermission.objects.bulk_create(
        AgencyUserPermission(user=user, content_object=body, permission=right)
        for user, body in zip(people, bodies, strict=True)
    )
    return Assignment.objects.published().to_do().count()
