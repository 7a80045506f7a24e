"""Answers every request on Patroni's port with the facts about the data here, while this node waits for its turn to start. Others
wait for the first answer, so it comes without Python's HTTP server, which takes as long to import as all the rest to start."""

import socketserver
import sys

port, facts = int(sys.argv[1]), sys.argv[2]
address = sys.argv[3] if len(sys.argv) > 3 else ""


class Waiting(socketserver.StreamRequestHandler):
    timeout = 5

    def handle(self):
        try:
            while self.rfile.readline(65537).strip():  # to the end of the request: what is unread would cut off the answer
                pass
            # it leads nobody
            self.wfile.write(("HTTP/1.0 503 Service Unavailable\r\n\r\nwaits: " + facts + "\n").encode())
        except OSError:
            pass  # whoever asked has gone


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server((address, port), Waiting).serve_forever()
