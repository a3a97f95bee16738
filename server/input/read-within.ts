/**
 * All bytes of a stream that may be no longer than `most`. Whoever sends more is not read to the end.
 *
 * @throws what `tooLarge` answers.
 */
export async function readWithin(
  content: ReadableStream<Uint8Array> | null | undefined,
  most: number,
  tooLarge: () => Error,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = content?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    size += value.byteLength;
    if (size > most) {
      void reader?.cancel().catch(() => undefined);
      throw tooLarge();
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
