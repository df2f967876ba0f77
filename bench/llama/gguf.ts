/*
 * As much of GGUF, version 3, as a tiny model needs: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. A header, keys
 * with values, and tensors of 32-bit floats; all numbers little-endian.
 */

/** A tensor with its rows one after the other; `shape` begins with the length of a row. */
export type Tensor = { name: string; shape: number[]; data: Float32Array };

/** A value as the file has it: the number of its type, then its bytes. */
export type Value = { type: number; bytes: Buffer };

/** Bytes that a writer of Node's Buffer fills. */
function filled(length: number, fill: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(length);
  fill(bytes);
  return bytes;
}

const u64 = (value: number) => filled(8, (bytes) => bytes.writeBigUInt64LE(BigInt(value)));
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

export const uint = (value: number): Value => ({ type: 4, bytes: filled(4, (bytes) => bytes.writeUInt32LE(value)) });
export const int = (value: number): Value => ({ type: 5, bytes: filled(4, (bytes) => bytes.writeInt32LE(value)) });
export const float = (value: number): Value => ({ type: 6, bytes: filled(4, (bytes) => bytes.writeFloatLE(value)) });
export const bool = (value: boolean): Value => ({ type: 7, bytes: Buffer.from([value ? 1 : 0]) });
export const string = (value: string): Value => ({ type: 8, bytes: text(value) });
/** Values of one type. */
export const list = (values: Value[]): Value => ({
  type: 9,
  bytes: Buffer.concat([uint(values[0]?.type ?? 4).bytes, u64(values.length), ...values.map(({ bytes }) => bytes)]),
});

const padding = (length: number) => Buffer.alloc(-length & 31);

/** The bytes of a file with these keys and tensors. */
export function gguf(keys: Record<string, Value>, tensors: Tensor[]): Buffer {
  const head = [Buffer.from('GGUF'), uint(3).bytes, u64(tensors.length), u64(Object.keys(keys).length)];
  for (const [key, { type, bytes }] of Object.entries(keys)) head.push(text(key), uint(type).bytes, bytes);
  const body: Buffer[] = [];
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    head.push(text(name), uint(shape.length).bytes, ...shape.map(u64), uint(0).bytes, u64(offset));
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    body.push(bytes, padding(bytes.length));
    offset += bytes.length + padding(bytes.length).length;
  }
  const header = Buffer.concat(head);
  return Buffer.concat([header, padding(header.length), ...body]);
}
