/* random_lanes.h - one way to compute blocks, for random_block.c, which includes it once for each width of vectors,
 * with these names set: WAY the function, FEATURES what the processor must have, VECTOR and REALS the types, LANES the
 * 64-bit lanes of a vector, and MULTIPLY, SHIFT, XOR, AND, OR, ALL, REAL, SUBTRACT, SCALE, STORE the operations.
 *
 * Each lane holds a 32-bit word; what stands above it is left as it is, since the multiplication takes the lower half
 * alone and gives both halves of the product. */

__attribute__((target(FEATURES))) static void WAY(uint64_t seed, uint64_t quantity, uint32_t first, size_t blocks,
                                                  double *out) {
  enum { PAIR = 2 }; /* two vectors at a time, since a product takes a while */
  const VECTOR by_a = ALL(PHILOX_M4x32_0), by_c = ALL(PHILOX_M4x32_1), low = ALL(0xffffffff);
  const VECTOR exponent = ALL(0x4330000000000000); /* as a number 2^52, whose last bit is worth 1 */
  size_t block, part;
  for (block = 0; block < blocks; block++)
    for (part = 0; part < COUNTERS; part += PAIR * LANES) {
      double *to = out + block * ENT_RANDOM_BLOCK + part;
      uint32_t counter = (first + (uint32_t)block) * COUNTERS + (uint32_t)part;
      uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
      VECTOR word[4][PAIR];
      int round, i, k, w;
      for (i = 0; i < PAIR; i++) {
        uint64_t lanes[LANES];
        for (k = 0; k < LANES; k++) lanes[k] = counter + (uint32_t)(i * LANES + k);
        memcpy(&word[0][i], lanes, sizeof lanes);
        word[1][i] = ALL(0);
        word[2][i] = ALL((uint32_t)quantity);
        word[3][i] = ALL((uint32_t)(quantity >> 32));
      }
      for (round = 0; round < ROUNDS; round++) {
        for (i = 0; i < PAIR; i++) {
          VECTOR p = MULTIPLY(word[0][i], by_a), q = MULTIPLY(word[2][i], by_c);
          word[0][i] = XOR(XOR(SHIFT(q, 32), word[1][i]), ALL(key0));
          word[2][i] = XOR(XOR(SHIFT(p, 32), word[3][i]), ALL(key1));
          word[1][i] = q;
          word[3][i] = p;
        }
        key0 += PHILOX_W32_0;
        key1 += PHILOX_W32_1;
      }
      for (w = 0; w < 4; w++)
        for (i = 0; i < PAIR; i++) {
          REALS x = REAL(OR(AND(word[w][i], low), exponent));
          STORE(to + w * COUNTERS + i * LANES, SCALE(SUBTRACT(x, 0x1p52 - 0.5), 0x1p-32));
        }
    }
}
