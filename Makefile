# Each command sets up what it needs in .venv first, and is quick when nothing changed.
.PHONY: demo test check
.NOTPARALLEL:

demo:  # watch the Amman course happen
	@sh deploy/setup/environment demo
	@.venv/bin/python -m deploy.demo

test:  # every test, nothing skipped
	@sh deploy/setup/environment dev
	@.venv/bin/python -m tests

check:  # format, lint, types, boundaries, gates: what must hold before a change is taken
	@sh deploy/setup/environment dev
	@sh deploy/setup/check
