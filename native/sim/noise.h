/* Repeatable noise: a value is a hash of what it belongs to, so every process draws the same. */
#ifndef FOREWARN_SIM_NOISE_H
#define FOREWARN_SIM_NOISE_H

#include <math.h>
#include <stdint.h>

/* The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): passes every bit to every other. */
static inline uint64_t noise_mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static inline uint64_t noise_hash(uint64_t seed, uint64_t what, uint64_t which, int64_t tick)
{
    return noise_mix(noise_mix(noise_mix(seed ^ (what << 32)) ^ which) ^ (uint64_t)tick);
}

/* Uniform in [0, 1). */
static inline double noise_unit(uint64_t seed, uint64_t what, uint64_t which, int64_t tick)
{
    return (double)(noise_hash(seed, what, which, tick) >> 11) * 0x1.0p-53;
}

/* About normal, mean 0, deviation 1: the sum of four uniforms, which never leaves +-3.5. */
static inline double noise_normal(uint64_t seed, uint64_t what, uint64_t which, int64_t tick)
{
    uint64_t bits = noise_hash(seed, what, which, tick);
    double sum = (double)(bits & 0xFFFF) + (double)((bits >> 16) & 0xFFFF) + (double)((bits >> 32) & 0xFFFF) +
                 (double)(bits >> 48);
    return (sum / 65535.0 - 2.0) * 1.7320508075688772; /* a uniform has deviation 1/sqrt(12): four make 1/sqrt(3) */
}

#endif
