"""PostgreSQL, Redis, mail and the three programs of this product, on one machine without servers.

Nothing here runs in a real installation: there `DATABASE_URL` and `REDIS_URL` name real servers.
"""
