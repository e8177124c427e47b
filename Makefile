# Each command sets up what it needs in .venv first, and is quick when nothing changed.
.PHONY: demo test check soak bench containers
.NOTPARALLEL:

demo:  # watch the Amman course happen
	@sh deploy/setup/environment demo
	@.venv/bin/python -m deploy.demo

test:  # every test, nothing skipped; those of services and web by turns on SQLite or PostgreSQL, with BOTH=1 on both
	@sh deploy/setup/environment dev
	@.venv/bin/python -m tests $(if $(BOTH),--both-databases)

check:  # format, lint, types, boundaries, gates: what must hold before a change is taken
	@sh deploy/setup/environment dev
	@sh deploy/setup/check

soak:  # harm of every kind for MINUTES=10, the same again with SEED=…, of one MODE=embedded or distributed
	@sh deploy/setup/environment dev
	@.venv/bin/python -m tests.faults $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED)) $(if $(MODE),--mode $(MODE))

bench:  # how fast it is, beside what others would use: all there is, or NAME=…, and less with SIZE=…
	@sh deploy/setup/environment dev && sh deploy/setup/environment bench
	@.venv/bin/python -m tests.benchmarks $(NAME) $(if $(SIZE),--size $(SIZE))

containers:  # what only a container engine can show: images, the sample, containers that die; needs Docker with Compose
	@sh deploy/setup/environment dev
	@.venv/bin/pytest tests/containers/in_containers.py
