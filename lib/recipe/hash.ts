import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { question } from './canonical';
import type { Recipe } from './recipe';

/**
 * SHA-256, in hex, of the calls that a recipe makes. Titles and labels do not count, nor how the recipe is written: one
 * without `arms` equals one with a single empty arm, a null seed equals none, and a provider of each arm one of the whole.
 */
export const recipeHash = (recipe: Recipe): string => bytesToHex(sha256(utf8ToBytes(question(recipe))));
