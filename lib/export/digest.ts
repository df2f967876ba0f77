import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256, in hex, of a text's UTF-8: `sha256Hex('')` begins with e3b0c442. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
