#include "signature.h"

#include <stdio.h>
#include <string.h>

enum { message_bytes_max = 512 };

typedef struct {
  uint8_t bytes[message_bytes_max];
  size_t used;
} Message;

static void add_field(Message *message, const void *bytes, size_t count) {
  if (message->used + 4 + count > message_bytes_max) return;
  for (int i = 0; i < 4; i++) message->bytes[message->used++] = (uint8_t)(count >> (24 - 8 * i));
  memcpy(message->bytes + message->used, bytes, count);
  message->used += count;
}

static void add_number(Message *message, int64_t number) {
  uint8_t bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
  add_field(message, bytes, sizeof bytes);
}

static void add_text(Message *message, const char *text) { add_field(message, text, strlen(text)); }

static size_t base64url(const uint8_t *bytes, size_t count, char *text) {
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  size_t written = 0;
  for (size_t i = 0; i < count; i += 3) {
    size_t here = count - i < 3 ? count - i : 3;
    uint32_t group = (uint32_t)bytes[i] << 16 | (here > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) | (here > 2 ? bytes[i + 2] : 0);
    for (size_t j = 0; j <= here; j++) text[written++] = alphabet[group >> (18 - 6 * j) & 63];
  }
  return written;
}

size_t sign(const Signer *signer, const char *target, int64_t timestamp, const uint8_t nonce[16], const void *body, size_t count,
  char value[signature_bytes_max]) {
  uint8_t digest[32], code[32];
  Sha256 hash;
  sha256_begin(&hash);
  sha256_add(&hash, body, count);
  sha256_end(&hash, digest);
  Message message = {.used = 0};
  add_text(&message, "cordon/brand-signature/1");
  add_text(&message, signer->caller);
  add_number(&message, signer->brand);
  add_text(&message, "POST");
  add_text(&message, target);
  add_number(&message, timestamp);
  add_field(&message, nonce, 16);
  add_field(&message, digest, sizeof digest);
  hmac(&signer->key, message.bytes, message.used, code);
  size_t used = (size_t)snprintf(value, signature_bytes_max, "v1.%lld.", (long long)timestamp);
  used += base64url(nonce, 16, value + used);
  value[used++] = '.';
  used += base64url(code, sizeof code, value + used);
  value[used] = 0;
  return used;
}

int signature_self_test(void) {
  const char *key = "0123456789abcdef0123456789abcdef", *body = "{\"amount\":{\"amount\":1250,\"currency\":\"EUR\"}}";
  char value[signature_bytes_max];
  uint8_t nonce[16];
  Signer signer = {.caller = "admin", .brand = 1};
  hmac_key(&signer.key, key, strlen(key));
  for (int i = 0; i < 16; i++) nonce[i] = (uint8_t)i;
  sign(&signer, "/internal/wallet/deposit", 1795230000, nonce, body, strlen(body), value);
  if (strcmp(value, "v1.1795230000.AAECAwQFBgcICQoLDA0ODw.hi7pFqy2ZYFrgtetTQBKeaKqwX3sBrUf_kLVM72WA2s") != 0) return 0;
  signer.caller = "gateway", signer.brand = INT64_MAX;
  memset(nonce, 0xff, sizeof nonce);
  sign(&signer, "/v1/wallet/bets?x=%2F", 1795230000, nonce, "", 0, value);
  return strcmp(value, "v1.1795230000._____________________w.Vr_9CWFwRY4MCOf1f1o0m_ZG6LMbrm0T20wQajLtZ7o") == 0;
}
