"""Ask this container's own site whether it is well: ends with 0 or 1. For health checks; needs nothing but Python."""

import http.client
import os
import sys


def main() -> int:
    """GET /readyz as the proxy would: with a host this site answers to, over what it takes for https."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    line = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=2)
    try:
        line.request("GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return int(line.getresponse().status != http.HTTPStatus.OK)
    except OSError:
        return 1
    finally:
        line.close()


if __name__ == "__main__":
    sys.exit(main())
