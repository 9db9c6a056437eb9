"""Two processes that send everything that is owed, composing no mail: what the outbox costs by itself."""

from multiprocessing import Process

from tests.chaos.world import DAY


def _send():
    import django

    django.setup()
    from directives.reminders.channels import Mail
    from directives.reminders.deliver import send_all

    Mail.send = lambda self, parcel: None
    while send_all(DAY).sent:
        pass


if __name__ == "__main__":
    for each in [Process(target=_send) for _ in range(2)]:
        each.start()
