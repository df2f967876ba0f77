import { z } from 'zod';
import { ChatRequest } from '@/lib/recipe/schema';
import { SuiteFile } from './suite';

/**
 * The JSON schema of suites, for editors. It knows the parameters of a request, whose faults the gate itself words: there they
 * are read with the case as a whole, after its defaults. An extra body may be anything.
 */
export function suiteSchema(): string {
  const schema = z.toJSONSchema(SuiteFile, { io: 'input', target: 'draft-7' });
  const request = z.toJSONSchema(ChatRequest.partial(), { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return `${JSON.stringify(schema, (key, value: unknown) => (key === 'request' ? { ...request, $schema: undefined } : value), 2)}\n`;
}
