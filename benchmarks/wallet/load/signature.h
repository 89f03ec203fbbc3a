// Brand signatures as docs/formats/brand-signature.md describes them.
#pragma once
#include "sha256.h"

enum { signature_bytes_max = 96 };

typedef struct {
  HmacKey key;
  const char *caller;
  int64_t brand;
} Signer;

// Writes the header's value, with a terminating zero, and returns its length.
size_t sign(const Signer *signer, const char *target, int64_t timestamp, const uint8_t nonce[16], const void *body, size_t count,
  char value[signature_bytes_max]);

// Whether the format's test vectors come out.
int signature_self_test(void);
