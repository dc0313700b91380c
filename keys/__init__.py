"""The keys: personal values sealed; tokens, letters and statements signed; documents sealed."""
