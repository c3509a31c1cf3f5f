"""Who may do what about sources. Everything asks `user.has_perm("exchange.…")`."""

import rules

from accounts.rules import is_secretariat

rules.add_perm("exchange.manage_sources", is_secretariat)
