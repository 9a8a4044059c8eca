"""The department's words, pure: no I/O, no clock, no database.

Read in this order: `product`, `lead`, `facts`, `material`, `dossier`, `qualification`, `offer`,
`campaign`, `draft`; then `packet`, `case` and `run`, which the orchestration passes around.
"""
