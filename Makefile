# Everything installs what it needs first (scripts/setup, Debian and Ubuntu).
# Flags and tool versions are in scripts/env.

.PHONY: run build test check headless consumers race keyring-test window-test package-test fresh-test \
	bench measure package package-twice pictures screens fonts icon clean
.DEFAULT_GOAL := build
.NOTPARALLEL:

# Open the program. Without a display, walk the practice run through the real
# window in a virtual one and leave a picture of each step in out/.
# make run ARGS="--practice --lang ja"
run: build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec bin/sellerkey $(ARGS); else exec scripts/virtual; fi

build:
	@scripts/build

# All of it, from the quickest to the slowest: the window and the packages come last. Each part runs,
# whatever became of the others; a table at the end says how they went.
test:
	@scripts/test check headless consumers race keyring-test window-test package-test

# The same for the last commit, on a fresh Debian made for it. ARGS="--lend-build check": see scripts/fresh-test.
fresh-test:
	@scripts/fresh-test $(ARGS)

# Formatting, go vet (for three systems), staticcheck, govulncheck.
check:
	@scripts/check

# Tests without a window or a C compiler.
headless:
	@scripts/headless $(ARGS)

# The exports, read by the libraries they are for (npm packages, Python).
consumers:
	@scripts/consumers

# The race detector on all that does not draw.
race:
	@scripts/race

# The tests with a real keychain: the program killed hundreds of times while it saves.
keyring-test:
	@scripts/keyring-test $(ARGS)

# The built program in a virtual display, with a real keychain and browser.
window-test: build
	@scripts/window-test $(ARGS)

# How quick and how small it is, beside what the toolkit itself takes: docs/performance.md. About seventeen
# minutes. It fails when something cannot be measured, never because of a figure.
bench:
	@scripts/bench

# How much code there is and how tangled it is. make measure ARGS="--against REV"
measure:
	@go run ./internal/measure $(ARGS)

# Everything that is handed out and can be made on Linux, in dist/.
package:
	@scripts/package

# The packages, checked, installed in a clean system, started, removed; and made twice.
package-test:
	@scripts/package-test

# dist/ once more in another folder, compared. With ARGS=--cold everything is compiled again.
package-twice:
	@scripts/package-twice $(ARGS)

# The pictures that the tests compare the screens with, in ui/testdata/pictures/.
pictures:
	@scripts/pictures

# The pictures of the documentation, in docs/screens/.
screens: build
	@scripts/screens

# The fonts, in ui/kit/fonts/.
fonts:
	@scripts/fonts

# Icon.png, out of Icon.svg.
icon:
	@scripts/icon

clean:
	rm -rf bin out dist
