#!/usr/bin/env python3
"""Build ``.venv`` from the pinned, hash-checked requirements; do nothing, and quickly, when it already stands.

    python3 tools/bootstrap.py              everything (what `make setup` and `make test` need)
    python3 tools/bootstrap.py --run-only   only what a server needs (what `make demo` needs)

Needs nothing but Python 3.8 or newer to start; the environment itself gets Python 3.12, 3.13 or 3.14. On Windows:
`py tools/bootstrap.py`, then the commands it prints.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "porchlight.stamp")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
WANTED = ((3, 12), (3, 13), (3, 14))
PREFERRED = ("3.13", "3.14", "3.12")
RUN_SET = ("requirements.txt",)
EVERYTHING = ("requirements.txt", "requirements-dev.txt")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main():
    run_only = "--run-only" in sys.argv[1:]
    wanted = stamp_of(RUN_SET if run_only else EVERYTHING)
    accepted = {wanted, stamp_of(EVERYTHING)}  # who has everything has the run set
    if read(STAMP) in accepted and os.path.exists(PYTHON):
        return
    started = time.monotonic()
    build(RUN_SET if run_only else EVERYTHING)
    with open(STAMP, "w", encoding="ascii") as stamp:
        stamp.write(wanted)
    say("environment ready in %.1f s" % (time.monotonic() - started))
    if not run_only:
        find_a_browser()
    if os.name == "nt":
        say("next: .venv\\Scripts\\python manage.py demo   or   .venv\\Scripts\\python tools\\run_tests.py")


def stamp_of(names):
    """The digest of what was installed: the names and the pins of every file in ``names``."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + read(os.path.join(ROOT, name)).encode() + b"\0")
    return digest.hexdigest()


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def build(names):
    """Make the environment if there is none that fits, then install exactly the pins in ``names``."""
    uv = find_uv()
    if os.path.exists(STAMP):
        os.remove(STAMP)  # an interrupted install must not look finished
    if version_of(PYTHON) not in WANTED:
        create(uv)
    files = [os.path.join(ROOT, name) for name in names]
    say("installing %s with %s" % (" and ".join(names), "uv" if uv else "pip"))
    if uv:
        run([uv, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", "--python", PYTHON] + files)
        return
    if not works([PYTHON, "-m", "pip", "--version"]):
        run([PYTHON, "-m", "ensurepip", "--upgrade"])
    pins = [word for file in files for word in ("-r", file)]
    run([PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"] + pins)


def create(uv):
    interpreter = find_interpreter()
    shutil.rmtree(VENV, ignore_errors=True)
    if interpreter and uv:
        run([uv, "venv", "--quiet", "--python", interpreter, VENV])
    elif interpreter:
        run([interpreter, "-m", "venv", VENV])
    elif uv:
        run([uv, "venv", "--quiet", "--python", PREFERRED[0], VENV])  # uv fetches an interpreter if it must
    else:
        stop("Porchlight needs Python 3.12, 3.13 or 3.14. Name one: PYTHON=/path/to/python3.13 make setup")


def find_interpreter():
    """The first candidate that really runs and is new enough: version managers leave shims that do not."""
    pyenv = os.path.join(os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")), "versions")
    candidates = [os.environ.get("PYTHON"), sys.executable]
    candidates += [shutil.which("python" + version) for version in PREFERRED]
    for version in PREFERRED:
        candidates += sorted(glob.glob(os.path.join(pyenv, version + ".*", "bin", "python")), reverse=True)
    outside = [path for path in candidates if path and not os.path.abspath(path).startswith(VENV + os.sep)]
    return next((path for path in outside if version_of(path) in WANTED), None)


def find_uv():
    """A uv that runs. PORCHLIGHT_INSTALLER=pip leaves it aside."""
    if os.environ.get("PORCHLIGHT_INSTALLER") == "pip":
        return None
    found = shutil.which("uv")
    if not found or os.path.abspath(found).startswith(VENV + os.sep):
        return None
    return found if works([found, "--version"]) else None


def find_a_browser():
    """The browser tests need Chromium: take one that is there, else try to fetch Playwright's."""
    given = os.environ.get("PORCHLIGHT_CHROMIUM")
    if given or any(shutil.which(name) for name in BROWSERS):
        return
    if not works([PYTHON, "-m", "playwright", "install", "chromium"], patience=600):
        say("no Chromium: the browser tests will fail until one of these has worked:")
        say("    apt-get install chromium-headless-shell   or   .venv/bin/python -m playwright install chromium")


def version_of(python):
    if not os.path.isfile(python):
        return None
    try:
        asked = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        text = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20).stdout.decode()
        return tuple(int(part) for part in text.strip().split("."))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def works(command, patience=20):
    try:
        return (
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=patience).returncode
            == 0
        )
    except (OSError, subprocess.SubprocessError):
        return False


def run(command):
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        stop("this did not work: " + " ".join(command))


def say(words):
    print("setup: " + words, flush=True)


def stop(words):
    sys.exit("setup: " + words)


if __name__ == "__main__":
    main()
