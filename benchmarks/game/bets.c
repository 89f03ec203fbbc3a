// Sends a provider's bets at a constant rate over kept-alive connections, whether answers come or not, and says how fast they came.
//
//   bets --port 8012 --brand 1 --code default --currency EUR --players 1000001:200 --rate 500 --seconds 10 --connections 32 --run r1
//
// GAME_KEY in the environment is the secret of mg. Latency counts from when a bet was due. Prints one line of name=value; ends with status 1 when
// any answer was not RS_OK, 2 when it could not run.
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "../wallet/load/sha256.h"

static int port = 8012, connections = 32, rate = 500, seconds = 10;
static long long brand = 1, first_player = 1, player_count = 1;
static const char *code = "default", *currency = "EUR", *run = "r";
static HmacKey key;
static double *latencies;
static int *accepted;
static int64_t start;

static void stop(const char *what) {
  perror(what);
  exit(2);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int dial(void) {
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
  int line = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct timeval patience = { .tv_sec = 5 };
  if (line < 0 || connect(line, (struct sockaddr *)&address, sizeof address) < 0) stop("connect");
  setsockopt(line, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return line;
}

static int request(int number, char *text, size_t size) {
  char body[512], hex[65];
  uint8_t digest[32];
  long long player = number % player_count;
  int count = snprintf(body, sizeof body,
    "{\"request_uuid\":\"%s-%d\",\"user\":\"%s_bench-%lld\",\"token\":\"%lld.bench-%lld\",\"transaction_uuid\":\"%s-%d\","
    "\"round\":\"%s-%d\",\"amount\":100,\"currency\":\"%s\"}",
    run, number, code, player + 1, brand, first_player + player, run, number, run, number, currency);
  hmac(&key, body, (size_t)count, digest);
  for (int i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
  return snprintf(text, size,
    "POST /callbacks/mg/bet HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-type: application/json\r\ncontent-length: %d\r\n"
    "x-mg-signature: %s\r\n\r\n%s", port, count, hex, body);
}

// Whether a whole answer came that says RS_OK.
static int exchange(int line, const char *text, int count) {
  char reply[8192];
  size_t used = 0;
  if (write(line, text, (size_t)count) != count) return -1;
  for (;;) {
    ssize_t got = read(line, reply + used, sizeof reply - 1 - used);
    if (got <= 0) return -1;
    used += (size_t)got;
    reply[used] = 0;
    char *end = strstr(reply, "\r\n\r\n");
    char *length = strcasestr(reply, "content-length:");
    if (!end || !length || length > end) continue;
    if (used >= (size_t)(end + 4 - reply) + strtoul(length + 15, NULL, 10)) return strstr(end, "\"RS_OK\"") != NULL;
  }
}

static void *work(void *argument) {
  int line = dial();
  char text[2048];
  for (int number = (int)(intptr_t)argument; number < rate * seconds; number += connections) {
    int count = request(number, text, sizeof text);
    int64_t due = start + (int64_t)number * 1000000000 / rate;
    struct timespec moment = { .tv_sec = due / 1000000000, .tv_nsec = due % 1000000000 };
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, NULL);
    accepted[number] = exchange(line, text, count);
    latencies[number] = (double)(now() - due) / 1e6;
    if (accepted[number] < 0) close(line), line = dial();
  }
  close(line);
  return NULL;
}

static int by_size(const void *one, const void *other) {
  double difference = *(const double *)one - *(const double *)other;
  return (difference > 0) - (difference < 0);
}

int main(int count, char **words) {
  for (int i = 1; i + 1 < count; i += 2) {
    const char *name = words[i], *value = words[i + 1];
    if (!strcmp(name, "--port")) port = atoi(value);
    else if (!strcmp(name, "--brand")) brand = atoll(value);
    else if (!strcmp(name, "--code")) code = value;
    else if (!strcmp(name, "--currency")) currency = value;
    else if (!strcmp(name, "--players")) sscanf(value, "%lld:%lld", &first_player, &player_count);
    else if (!strcmp(name, "--rate")) rate = atoi(value);
    else if (!strcmp(name, "--seconds")) seconds = atoi(value);
    else if (!strcmp(name, "--connections")) connections = atoi(value);
    else if (!strcmp(name, "--run")) run = value;
    else { fprintf(stderr, "%s?\n", name); return 2; }
  }
  const char *secret = getenv("GAME_KEY");
  if (!secret || rate < 1 || seconds < 1 || connections < 1 || player_count < 1) { fprintf(stderr, "GAME_KEY or a number is missing\n"); return 2; }
  hmac_key(&key, secret, strlen(secret));
  int total = rate * seconds;
  pthread_t threads[1024];
  if (connections > 1024) connections = 1024;
  latencies = calloc((size_t)total, sizeof *latencies);
  accepted = calloc((size_t)total, sizeof *accepted);
  if (!latencies || !accepted) stop("memory");
  start = now() + 200000000;
  for (int i = 0; i < connections; i++)
    if (pthread_create(&threads[i], NULL, work, (void *)(intptr_t)i)) stop("thread");
  for (int i = 0; i < connections; i++) pthread_join(threads[i], NULL);
  double took = (double)(now() - start) / 1e9;
  int good = 0;
  for (int i = 0; i < total; i++) good += accepted[i] == 1;
  qsort(latencies, (size_t)total, sizeof *latencies, by_size);
  printf("sent=%d accepted=%d rate=%.1f p50=%.2f p99=%.2f max=%.2f\n", total, good, total / took, latencies[total / 2],
    latencies[(int)(total * 0.99)], latencies[total - 1]);
  return good == total ? 0 : 1;
}
