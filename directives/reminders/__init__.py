"""Who is reminded of what, and how it reaches them: plan (rows), then deliver (one mail a person a morning)."""
