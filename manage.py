#!/usr/bin/env python
"""Run a Porchlight command. With no settings named it speaks for the demo, as the server does."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings.demo")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a setting that cannot be read is the operator's to mend, not to debug
        sys.exit(str(error))


if __name__ == "__main__":
    main()
