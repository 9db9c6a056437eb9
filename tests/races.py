"""Several people at once, on committed rows."""

import threading

from django.db import connections


def at_once(count, act):
    """Run `act` in so many threads that start together; what they gave or raised."""
    gate, results = threading.Barrier(count), []

    def run():
        gate.wait()
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def each_at_once(*acts):
    """The same for acts of different people."""
    left = iter(acts)
    return at_once(len(acts), lambda: next(left)())


def kinds(results):
    """The names of the types of what was given or raised."""
    return sorted(type(each).__name__ for each in results)
