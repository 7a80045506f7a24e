"""Answers every request on Patroni's port with the facts about the data here, while this node waits for its turn to start."""

import http.server
import sys

port, facts = int(sys.argv[1]), sys.argv[2]
address = sys.argv[3] if len(sys.argv) > 3 else ""


class Waiting(http.server.BaseHTTPRequestHandler):
    timeout = 5

    def do_GET(self):
        self.send_response(503)  # it leads nobody
        self.end_headers()
        self.wfile.write(("waits: " + facts + "\n").encode())

    def log_message(self, *args):
        pass


http.server.ThreadingHTTPServer((address, port), Waiting).serve_forever()
