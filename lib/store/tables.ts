/** The rows as both engines store them. Times are milliseconds since 1970, UTC. */
export type Database = {
  experiments: ExperimentRow;
  runs: RunRow;
  previews: PreviewRow;
  capabilities: CapabilityRow;
  secrets: SecretRow;
  uses: UseRow;
};

export type ExperimentRow = {
  id: string;
  owner: string;
  recipe_hash: string;
  created_at: number;
  shared_at: number | null;
  delete_hash: string | null;
  parent: string | null;
  origin: string;
  /** a JSON string */
  title: string | null;
  lease_until: number;
  /** the process that had the lease last; null if it is of an older version */
  holder: string | null;
  /** the text that a search goes through; see `searchable` */
  search: string;
  /** JSON: { v: 1, recipe, ownKeys? } */
  document: string;
};

export type RunRow = {
  experiment_id: string;
  run: number;
  /** JSON: { v: 1, run } */
  document: string;
};

type PreviewRow = {
  experiment_id: string;
  /** base64 */
  png: string;
};

type SecretRow = {
  name: string;
  /** base64url */
  value: string;
};

type CapabilityRow = {
  /** its address, as in 'https://api.openai.com/v1' */
  server: string;
  /** a JSON string */
  model: string;
  parameter: string;
  seen_at: number;
  /** JSON: { v: 1, capability } */
  document: string;
};

type UseRow = {
  counter: string;
  entry: string;
  amount: number;
  until: number;
};
