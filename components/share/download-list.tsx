import { endpoints } from '@/lib/api/addresses';
import { type ExportFormat, exportFormats } from '@/lib/api/formats';

const formats: Record<ExportFormat, string> = {
  json: 'JSON, complete',
  csv: 'CSV, one line a run',
  markdown: 'Markdown, for reports',
  python: 'Python that repeats it',
  typescript: 'TypeScript that repeats it',
  curl: 'curl that repeats it',
  pack: 'Repro pack',
  batch: 'OpenAI batch, to send',
  promptfoo: 'promptfoo configuration',
};

/** Those of a recipe whose provider this server does not know. */
const withoutPrograms: readonly ExportFormat[] = ['json', 'csv', 'markdown'];

type DownloadListProps = {
  id: string;
  /** whether there can be programs that repeat it */
  programs: boolean;
};

/** An experiment as a file, in each format that there is. */
export function DownloadList({ id, programs }: DownloadListProps) {
  return (
    <ul>
      {(programs ? exportFormats : withoutPrograms).map((format) => (
        <li key={format}>
          <a
            href={endpoints.export(id, format)}
            download
            className="block rounded px-3 py-1.5 hover:bg-panel pointer-coarse:py-3"
          >
            {formats[format]}
          </a>
        </li>
      ))}
    </ul>
  );
}
