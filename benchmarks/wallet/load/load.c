// Drives the wallet's internal commands over kept-alive connections, and says how many were answered, how fast, and with what latency.
//
//   load --port 8082 --brand 1 --mode mix --players 1000001:10000 --connections 64 --seconds 10 --run r1
//
// BRAND_SIGNING_KEY and INTERNAL_SERVICE_TOKEN (that of --caller) come from the environment. Every request is written and signed before the
// clock starts, so the generator itself costs a write, a read and a poll for each. Prints one line of name=value; ends with status 1 when any
// answer was not 2xx or a connection failed.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "signature.h"

enum { reply_bytes_max = 1 << 20, connections_max = 4096, batch_max = 500, funding = 1000000 };

// The two that fund give each player the same sum once, alone or in batches.
typedef enum { mode_deposit, mode_mix, mode_fund, mode_batch, mode_fund_batch } Mode;

typedef struct {
  int port, connections, batch;
  int64_t brand, first_player, player_count, limit;
  double seconds, rate;
  Mode mode;
  const char *caller, *currency, *run, *token, *path;
} Options;

typedef struct {
  size_t from, count;
  int commands;
} Request;

typedef struct {
  int socket;
  // Its own requests, in order: a bet is settled on the connection that placed it, after the answer.
  Request *requests;
  size_t request_count, next;
  size_t sent;
  int busy;
  int64_t began;
  char *reply;
  size_t reply_used, reply_capacity;
} Connection;

static Options options = {
  .port = 8082, .connections = 64, .batch = 500, .brand = 1, .first_player = 1, .player_count = 10000, .limit = 0, .seconds = 10, .rate = 0,
  .mode = mode_deposit, .caller = "game", .currency = "EUR", .run = "run",
};
static Signer signer;
static Connection *connections;
static char *bytes;
static size_t bytes_used, bytes_capacity;
static uint64_t random_state = 0x9e3779b97f4a7c15;
static double *latencies;
static size_t latency_count, latency_capacity;
static int64_t answered, accepted, replayed, refused, failed;

static void stop(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(2);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static uint64_t random_number(void) {
  random_state ^= random_state << 13, random_state ^= random_state >> 7, random_state ^= random_state << 17;
  return random_state;
}

static int64_t any_player(void) { return options.first_player + (int64_t)(random_number() % (uint64_t)options.player_count); }

static int is_batch(void) { return options.mode == mode_batch || options.mode == mode_fund_batch; }

// MARK: Writing requests

static void append(const void *more, size_t count) {
  if (bytes_used + count > bytes_capacity) {
    while (bytes_used + count > bytes_capacity) bytes_capacity = bytes_capacity ? 2 * bytes_capacity : 1 << 20;
    bytes = realloc(bytes, bytes_capacity);
    if (!bytes) stop("no memory for the requests");
  }
  memcpy(bytes + bytes_used, more, count);
  bytes_used += count;
}

static Request request(const char *command, const char *key, const char *body, size_t count, int commands) {
  char target[128], value[signature_bytes_max], head[1024];
  uint8_t nonce[16];
  snprintf(target, sizeof target, "/internal/wallet/%s", command);
  for (int i = 0; i < 2; i++) {
    uint64_t number = random_number();
    memcpy(nonce + 8 * i, &number, 8);
  }
  sign(&signer, target, time(NULL), nonce, body, count, value);
  int length = snprintf(head, sizeof head,
    "POST %s HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-type: application/json\r\ncontent-length: %zu\r\nx-caller-service: %s\r\n"
    "x-internal-service-token: %s\r\nx-brand-id: %lld\r\nx-brand-signature: %s\r\n%s%s%s\r\n",
    target, options.port, count, options.caller, options.token, (long long)options.brand, value, key ? "idempotency-key: " : "",
    key ? key : "", key ? "\r\n" : "");
  if (length <= 0 || length >= (int)sizeof head) stop("a request's head is too long");
  Request made = {.from = bytes_used, .count = (size_t)length + count, .commands = commands};
  append(head, (size_t)length);
  append(body, count);
  return made;
}

static void write_key(char key[64], int connection, size_t number) {
  snprintf(key, 64, "default:%s-%d-%zu", options.run, connection, number);
}

static Request deposit(int connection, size_t number, int64_t player) {
  char key[64], body[256];
  write_key(key, connection, number);
  int count = snprintf(body, sizeof body, "{\"player_id\":%lld,\"amount\":%d,\"currency\":\"%s\"}", (long long)player,
    options.mode == mode_fund ? funding : 100 + (int)(random_number() % 900), options.currency);
  return request("deposit", key, body, (size_t)count, 1);
}

// A third deposits, a third bets, and each bet is settled at once: a win of half the bets.
static Request mixed(int connection, size_t number) {
  static int64_t player[connections_max];
  char key[64], body[512];
  if (number % 3 == 0) return deposit(connection, number, any_player());
  if (number % 3 == 1) player[connection] = any_player();
  write_key(key, connection, number);
  int won = number % 3 == 2 && random_number() % 2;
  int amount = number % 3 == 1 ? 100 : won ? 190 : 0;
  int count = snprintf(body, sizeof body,
    "{\"player_id\":%lld,\"amount\":%d,\"currency\":\"%s\",\"provider\":\"bench\",\"reference\":\"%s-%d-%zu\"}",
    (long long)player[connection], amount, options.currency, options.run, connection, number / 3);
  return request(number % 3 == 1 ? "authorize" : "settle", key, body, (size_t)count, 1);
}

static Request batch(int connection, size_t number) {
  static char body[batch_max * 256];
  size_t used = (size_t)sprintf(body, "{\"commands\":[");
  int64_t first = ((int64_t)number * options.connections + connection) * options.batch;
  int funds = options.mode == mode_fund_batch, count = options.batch;
  if (funds && options.player_count - first < count) count = (int)(options.player_count - first);
  for (int i = 0; i < count; i++) {
    char key[64];
    write_key(key, connection, number * (size_t)options.batch + (size_t)i);
    used += (size_t)sprintf(body + used,
      "%s{\"command\":\"deposit\",\"idempotency_key\":\"%s\",\"player_id\":%lld,\"amount\":%d,\"currency\":\"%s\"}", i ? "," : "", key,
      (long long)(funds ? options.first_player + first + i : any_player()), funds ? funding : 100 + (int)(random_number() % 900),
      options.currency);
  }
  used += (size_t)sprintf(body + used, "]}");
  return request("batch", NULL, body, used, count);
}

static Request make_request(int connection, size_t number) {
  switch (options.mode) {
  case mode_deposit: return deposit(connection, number, any_player());
  case mode_mix: return mixed(connection, number);
  case mode_fund: return deposit(connection, number, options.first_player + connection + (int64_t)number * options.connections);
  default: return batch(connection, number);
  }
}

// Requests that each connection may send; more than it will, unless `--limit` says exactly how many.
static void write_requests(void) {
  for (int i = 0; i < options.connections; i++) {
    Connection *connection = &connections[i];
    connection->request_count = (size_t)((options.limit + options.connections - 1 - i) / options.connections);
    connection->requests = calloc(connection->request_count + 1, sizeof(Request));
    if (!connection->requests) stop("no memory for the requests");
  }
  // Across the connections in turn, so that the bytes of requests sent together lie together.
  for (size_t number = 0; number < connections[0].request_count; number++)
    for (int i = 0; i < options.connections; i++)
      if (number < connections[i].request_count) connections[i].requests[number] = make_request(i, number);
}

// MARK: Sending and receiving

static void connect_all(int poll) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port)};
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  for (int i = 0; i < options.connections; i++) {
    int one = 1, made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0 || connect(made, (struct sockaddr *)&address, sizeof address) != 0)
      stop("no connection to port %d: %s", options.port, strerror(errno));
    setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(made, F_SETFL, O_NONBLOCK);
    connections[i].socket = made;
    connections[i].reply_capacity = 16384;
    connections[i].reply = malloc(connections[i].reply_capacity);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
    epoll_ctl(poll, EPOLL_CTL_ADD, made, &event);
  }
}

static void watch(int poll, int index, uint32_t events) {
  struct epoll_event event = {.events = events, .data.u32 = (uint32_t)index};
  epoll_ctl(poll, EPOLL_CTL_MOD, connections[index].socket, &event);
}

static void push(int poll, int index) {
  Connection *connection = &connections[index];
  Request *sending = &connection->requests[connection->next];
  int waited = connection->sent > 0;
  while (connection->sent < sending->count) {
    ssize_t count = send(connection->socket, bytes + sending->from + connection->sent, sending->count - connection->sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) {
      if (!waited) watch(poll, index, EPOLLIN | EPOLLOUT);
      return;
    }
    if (count < 0) stop("connection %d broke while sending: %s", index, strerror(errno));
    connection->sent += (size_t)count;
  }
  if (waited) watch(poll, index, EPOLLIN);
}

static void begin(int poll, int index, int64_t due) {
  Connection *connection = &connections[index];
  connection->busy = 1, connection->sent = 0, connection->reply_used = 0, connection->began = due;
  push(poll, index);
}

static void note_latency(int64_t nanoseconds) {
  if (latency_count == latency_capacity) {
    latency_capacity = latency_capacity ? 2 * latency_capacity : 1 << 16;
    latencies = realloc(latencies, latency_capacity * sizeof *latencies);
    if (!latencies) stop("no memory for the latencies");
  }
  latencies[latency_count++] = (double)nanoseconds / 1e6;
}

static int occurrences(const char *text, size_t count, const char *wanted) {
  int found = 0;
  size_t length = strlen(wanted);
  for (const char *at = text; (at = memmem(at, count - (size_t)(at - text), wanted, length)); at += length) found++;
  return found;
}

static void judge(Connection *connection, int status, const char *body, size_t count) {
  int commands = connection->requests[connection->next].commands;
  int good = status / 100 == 2 ? commands : 0;
  if (good && is_batch()) good = occurrences(body, count, "\"status\":20");
  if (good < commands && failed + refused < 3)
    fprintf(stderr, "status %d: %.*s\n", status, (int)(count < 600 ? count : 600), body);
  answered += commands, accepted += good;
  if (status >= 500) failed += commands - good;
  else refused += commands - good;
  if (memmem(connection->reply, (size_t)(body - connection->reply), "idempotency-replayed", 20)) replayed += commands;
  if (good && is_batch()) replayed += occurrences(body, count, "\"replayed\":true");
}

// True when the whole answer has arrived and was taken in.
static int receive(int index) {
  Connection *connection = &connections[index];
  for (;;) {
    if (connection->reply_used == connection->reply_capacity) {
      if (connection->reply_capacity >= reply_bytes_max) stop("an answer is longer than %d bytes", reply_bytes_max);
      connection->reply_capacity *= 2;
      connection->reply = realloc(connection->reply, connection->reply_capacity);
      if (!connection->reply) stop("no memory for an answer");
    }
    ssize_t count = recv(connection->socket, connection->reply + connection->reply_used, connection->reply_capacity - connection->reply_used, 0);
    if (count < 0 && errno == EAGAIN) return 0;
    if (count <= 0) stop("connection %d broke after %lld answers: %s", index, (long long)answered, count ? strerror(errno) : "closed");
    connection->reply_used += (size_t)count;
    char *body = memmem(connection->reply, connection->reply_used, "\r\n\r\n", 4);
    if (!body) continue;
    *body = 0;
    char *length = strcasestr(connection->reply, "content-length:");
    *body = '\r';
    if (!length) stop("an answer without a length: %.*s", (int)(body - connection->reply), connection->reply);
    body += 4;
    size_t whole = (size_t)(body - connection->reply) + strtoul(length + 15, NULL, 10);
    if (connection->reply_used < whole) continue;
    if (connection->reply_used > whole) stop("more than one answer to one request");
    judge(connection, atoi(connection->reply + 9), body, whole - (size_t)(body - connection->reply));
    note_latency(now() - connection->began);
    connection->next++, connection->busy = 0;
    return 1;
  }
}

// MARK: The run

// As fast as answers come: each connection has one request under way.
static int64_t run_closed(int poll, int64_t start) {
  int64_t end = start + (int64_t)(options.seconds * 1e9);
  int open = 0;
  for (int i = 0; i < options.connections; i++)
    if (connections[i].request_count > 0) begin(poll, i, now()), open++;
  struct epoll_event events[256];
  while (open > 0) {
    int count = epoll_wait(poll, events, 256, 30000);
    if (count <= 0) stop("no answer for 30 s; %d requests are under way", open);
    for (int i = 0; i < count; i++) {
      int index = (int)events[i].data.u32;
      if (events[i].events & EPOLLOUT) push(poll, index);
      if (!(events[i].events & ~(uint32_t)EPOLLOUT) || !receive(index)) continue;
      int64_t moment = now();
      if (connections[index].next < connections[index].request_count && moment < end) begin(poll, index, moment);
      else open--;
    }
  }
  return now();
}

// At a steady rate whether answers come or not. Latency counts from when a request was due, also when no connection was free for it.
static int64_t run_open(int poll, int64_t start) {
  static int idle[connections_max];
  int idle_count = 0, idle_first = 0, open = 0, timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  int64_t total = (int64_t)(options.rate * options.seconds), due = 0;
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX}, events[256];
  epoll_ctl(poll, EPOLL_CTL_ADD, timer, &event);
  for (int i = 0; i < options.connections; i++) idle[idle_count++] = i;
  while (due < total || open > 0) {
    while (due < total && idle_count > 0) {
      int64_t moment = start + (int64_t)((double)due * 1e9 / options.rate);
      if (moment > now()) {
        struct itimerspec at = {.it_value = {.tv_sec = moment / 1000000000, .tv_nsec = moment % 1000000000}};
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
        break;
      }
      int index = idle[idle_first];
      idle_first = (idle_first + 1) % options.connections, idle_count--, due++;
      if (connections[index].next >= connections[index].request_count) continue;
      begin(poll, index, moment), open++;
    }
    int count = epoll_wait(poll, events, 256, 30000);
    if (count <= 0) stop("no answer for 30 s; %d requests are under way", open);
    for (int i = 0; i < count; i++) {
      if (events[i].data.u32 == UINT32_MAX) {
        uint64_t expirations;
        (void)!read(timer, &expirations, sizeof expirations);
        continue;
      }
      int index = (int)events[i].data.u32;
      if (events[i].events & EPOLLOUT) push(poll, index);
      if (!(events[i].events & ~(uint32_t)EPOLLOUT) || !receive(index)) continue;
      idle[(idle_first + idle_count) % options.connections] = index;
      idle_count++, open--;
    }
  }
  return now();
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return a < b ? -1 : a > b;
}

static double percentile(double part) {
  if (latency_count == 0) return 0;
  size_t index = (size_t)ceil(part * (double)latency_count);
  return latencies[index > 0 ? index - 1 : 0];
}

static double own_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void read_options(int count, char **words) {
  for (int i = 1; i < count; i += 2) {
    const char *name = words[i], *value = i + 1 < count ? words[i + 1] : NULL;
    if (!value) stop("%s needs a value", name);
    if (!strcmp(name, "--port")) options.port = atoi(value);
    else if (!strcmp(name, "--brand")) options.brand = atoll(value);
    else if (!strcmp(name, "--caller")) options.caller = value;
    else if (!strcmp(name, "--currency")) options.currency = value;
    else if (!strcmp(name, "--run")) options.run = value;
    else if (!strcmp(name, "--connections")) options.connections = atoi(value);
    else if (!strcmp(name, "--batch")) options.batch = atoi(value);
    else if (!strcmp(name, "--seconds")) options.seconds = atof(value);
    else if (!strcmp(name, "--rate")) options.rate = atof(value);
    else if (!strcmp(name, "--limit")) options.limit = atoll(value);
    else if (!strcmp(name, "--players")) {
      if (sscanf(value, "%" SCNd64 ":%" SCNd64, &options.first_player, &options.player_count) != 2) stop("--players FIRST:COUNT");
    } else if (!strcmp(name, "--mode")) {
      static const char *names[] = {"deposit", "mix", "fund", "batch", "fund-batch"};
      int mode = 0;
      while (mode < 5 && strcmp(value, names[mode])) mode++;
      if (mode == 5) stop("--mode deposit, mix, fund, batch or fund-batch");
      options.mode = (Mode)mode;
    } else stop("%s is no option", name);
  }
  if (options.connections < 1 || options.connections > connections_max) stop("--connections 1 to %d", connections_max);
  if (options.batch < 1 || options.batch > batch_max) stop("--batch 1 to %d", batch_max);
  if (options.player_count < 1) stop("--players FIRST:COUNT");
}

// Enough requests for the time, unless told how many: 40,000 a second alone, 200,000 in batches.
static void choose_limit(void) {
  if (options.mode == mode_fund || options.mode == mode_fund_batch) {
    int each = options.mode == mode_fund ? 1 : options.batch;
    options.limit = (options.player_count + each - 1) / each, options.seconds = 600;
  }
  if (options.limit > 0) return;
  else if (options.rate > 0) options.limit = (int64_t)(options.rate * options.seconds * 1.1) + options.connections * 4;
  else if (options.mode == mode_batch) options.limit = (int64_t)(options.seconds * 200000 / options.batch) + options.connections;
  else options.limit = (int64_t)(options.seconds * (options.connections == 1 ? 10000 : 40000));
}

int main(int count, char **words) {
  if (count == 2 && !strcmp(words[1], "--self-test")) return signature_self_test() ? 0 : 1;
  read_options(count, words);
  choose_limit();
  const char *key = getenv("BRAND_SIGNING_KEY");
  options.token = getenv("INTERNAL_SERVICE_TOKEN");
  if (!key || !options.token) stop("BRAND_SIGNING_KEY and INTERNAL_SERVICE_TOKEN are needed");
  if (getrandom(&random_state, sizeof random_state, 0) != sizeof random_state || random_state == 0) stop("no random bytes");
  signer.caller = options.caller, signer.brand = options.brand;
  hmac_key(&signer.key, key, strlen(key));
  connections = calloc((size_t)options.connections, sizeof *connections);
  if (!connections) stop("no memory");
  write_requests();
  int poll = epoll_create1(EPOLL_CLOEXEC);
  connect_all(poll);
  double cpu = own_seconds();
  int64_t start = now();
  int64_t end = options.rate > 0 ? run_open(poll, start) : run_closed(poll, start);
  cpu = own_seconds() - cpu;
  double elapsed = (double)(end - start) / 1e9;
  qsort(latencies, latency_count, sizeof *latencies, ascending);
  printf("accepted=%lld refused=%lld failed=%lld replayed=%lld requests=%zu elapsed=%.3f rate=%.1f p50=%.3f p90=%.3f p99=%.3f max=%.3f cpu=%.3f\n",
    (long long)accepted, (long long)refused, (long long)failed, (long long)replayed, latency_count, elapsed, (double)accepted / elapsed,
    percentile(0.5), percentile(0.9), percentile(0.99), percentile(1), cpu);
  return accepted == answered && replayed == 0 ? 0 : 1;
}
