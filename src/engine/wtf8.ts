/**
 * Encodes text as UTF-8, lone surrogates as the three bytes that Python's `surrogatepass` reads, so
 * that the interpreter sees the text as the editor has it and rejects it in its own words.
 */
export function encodeWtf8(text: string): Uint8Array {
  // Native and enough for nearly all text; only an ill-formed string takes the slow path.
  if (!hasLoneSurrogate(text)) return new TextEncoder().encode(text);
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (!isSurrogate(unit)) continue;
    if (isPairAt(text, i)) {
      i++;
      continue;
    }
    pieces.push(new TextEncoder().encode(text.slice(start, i)));
    pieces.push(
      Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)),
    );
    start = i + 1;
  }
  pieces.push(new TextEncoder().encode(text.slice(start)));
  return concatBytes(pieces);
}

/** Joins byte arrays into a new one. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function isPairAt(text: string, index: number): boolean {
  const high = text.charCodeAt(index);
  const low = text.charCodeAt(index + 1);
  return high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}
