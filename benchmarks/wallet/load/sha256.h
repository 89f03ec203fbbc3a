// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), so that the generator needs nothing but a C compiler.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint32_t state[8];
  uint64_t length;
  uint8_t block[64];
  size_t used;
} Sha256;

void sha256_begin(Sha256 *hash);
void sha256_add(Sha256 *hash, const void *bytes, size_t count);
void sha256_end(Sha256 *hash, uint8_t digest[32]);

// The two states after the key's blocks: what every code under one key begins with.
typedef struct {
  Sha256 inner, outer;
} HmacKey;

void hmac_key(HmacKey *key, const void *bytes, size_t count);
void hmac(const HmacKey *key, const void *bytes, size_t count, uint8_t code[32]);
