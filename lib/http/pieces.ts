/** As much as is written at a time: a reader that does not read holds no more of a connection than this. */
const pieceBytes = 64 * 1024;

/** Bytes as pieces, each a view of them. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
