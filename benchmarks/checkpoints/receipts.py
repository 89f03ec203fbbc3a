"""Deposits one by one and asks for each one's receipts until they are there. Prints p50, p99 and the longest wait in seconds."""
import http.client, json, os, sys, threading, time

port, brand, currency, player, count = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
THREADS = 20
PAUSE = 0.02
headers = {
    "x-internal-service-token": os.environ["INTERNAL_SERVICE_TOKEN"], "x-caller-service": "game", "x-brand-id": brand,
    "content-type": "application/json",
}
waits, faults, lock = [], [], threading.Lock()


def ask(connection, method, path, body=None, more={}):
    connection.request(method, path, body, headers | more)
    reply = connection.getresponse()
    return reply, reply.read()


def work(number):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    for turn in range(count // THREADS):
        key = f"receipt-{os.getpid()}-{number}-{turn}"
        body = json.dumps({"player_id": player + number, "amount": 100, "currency": currency})
        reply, text = ask(connection, "POST", "/internal/wallet/deposit", body, {"idempotency-key": key})
        if reply.status != 201:
            faults.append(f"{reply.status} {text!r}")
            return
        answered = time.monotonic()
        target = reply.headers["link"].split(">")[0][1:]
        while True:
            reply, text = ask(connection, "GET", target)
            if reply.status == 200 and len(json.loads(text)["receipts"]) == 2:
                break
            if reply.status not in (200, 404) or time.monotonic() - answered > 30:
                faults.append(f"{target}: {reply.status} {text!r}")
                return
            time.sleep(PAUSE)
        with lock:
            waits.append(time.monotonic() - answered)


threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if faults:
    sys.exit("\n".join(faults[:3]))
waits.sort()
print(f"{waits[len(waits) // 2]:.2f} {waits[int(len(waits) * 0.99)]:.2f} {waits[-1]:.2f}")
