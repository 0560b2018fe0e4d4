/** Fills bytes with what nobody can foresee, or with what everybody can who knows the seed. */
export type Entropy = (bytes: Uint8Array) => void;

/** What one call of getRandomValues gives at most. */
const RANDOM_STEP = 65536;

/** @param seed null for the host's own randomness; else a whole number up to 2^53-1. */
export function createEntropy(seed: number | null): Entropy {
  return seed === null ? fillFromHost : seeded(seed);
}

function fillFromHost(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += RANDOM_STEP) {
    crypto.getRandomValues(bytes.subarray(at, at + RANDOM_STEP));
  }
}

/** sfc32 (Chris Doty-Humphrey's Small Fast Counting generator), one 32-bit word at a time. */
function seeded(seed: number): Entropy {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32);
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const word = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + word;
    return word;
  };
  // Seeds that differ in one bit have told each other apart after this many.
  for (let i = 0; i < 16; i++) next();
  return (bytes) => {
    for (let at = 0, word = 0; at < bytes.length; at++) {
      word = at % 4 === 0 ? next() : word >>> 8;
      bytes[at] = word;
    }
  };
}
