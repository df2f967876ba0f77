'use client';

import { Upload, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/components/api/api';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field, inputClass } from '@/components/ui/field';
import { sayApiProblem } from '@/lib/words/api-problem';
import { saySize } from '@/lib/words/numbers';

/** Imports texts that were made elsewhere, to compare them here: those that are pasted, or those in a file. */
export function ImportForm() {
  const [pasted, setPasted] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [prompt, setPrompt] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function importTexts() {
    setProblem(null);
    const given = file ? { text: await file.text(), fileName: file.name } : { text: pasted };
    const imported = await api.import({ ...given, ...(prompt.trim() ? { prompt } : {}) });
    if (imported.ok) location.assign(imported.value.path);
    else setProblem(sayApiProblem(imported.error));
  }

  function choose(chosen: File | null) {
    setFile(chosen);
    setProblem(null);
  }

  return (
    <section aria-labelledby="import-heading" className="mt-10">
      <h2 id="import-heading" className="font-semibold text-lg">
        Compare what you already have
      </h2>
      <p className="max-w-prose text-dim text-sm">
        Paste or drop outputs: a Seedbed export as JSON or CSV (which has no prompt, and of the settings only seed and
        model), results of promptfoo, a JSON list, JSON Lines, saved API answers, a table with a column named text, or
        plain texts with a line of --- between them. They are marked as not made by this server.
      </p>
      <form
        className="mt-3 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void importTexts();
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          choose(event.dataTransfer.files[0] ?? null);
        }}
      >
        {file ? (
          <ChosenFile file={file} problem={problem} onRemove={() => choose(null)} />
        ) : (
          <Field id="import-text" label="Outputs" problem={problem}>
            <textarea
              id="import-text"
              rows={6}
              value={pasted}
              aria-describedby="import-text-note"
              aria-invalid={problem !== null}
              onChange={(event) => setPasted(event.target.value)}
              className={`${inputClass} field-sizing-content block max-h-96 min-h-36 font-mono text-sm`}
            />
          </Field>
        )}
        <Field id="import-prompt" label="Prompt" hint="if you know it, and the file does not say" problem={null}>
          <input
            id="import-prompt"
            value={prompt}
            onChange={(event) => setPrompt(event.target.value)}
            className={inputClass}
          />
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" disabled={file === null && pasted.trim() === ''}>
            <Upload aria-hidden size={16} /> Compare these
          </Button>
          {!file && (
            <label className="text-sm">
              or a file:{' '}
              <input
                type="file"
                accept=".json,.jsonl,.csv,.tsv,.txt,.md,application/json,text/csv,text/plain"
                onChange={(event) => choose(event.target.files?.[0] ?? null)}
              />
            </label>
          )}
        </div>
      </form>
    </section>
  );
}

type ChosenFileProps = { file: File; problem: string | null; onRemove: () => void };

/** A file by its name, never as text in a field: it may have many megabytes. */
function ChosenFile({ file: { name, size }, problem, onRemove }: ChosenFileProps) {
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 break-words font-mono text-sm">{name}</span>
        <span className="text-dim text-fine">{saySize(size)}</span>
        <Button variant="quiet" onClick={onRemove}>
          <X aria-hidden size={16} /> Choose something else
        </Button>
      </p>
      {problem && <Alert className="mt-1 text-fine">{problem}</Alert>}
    </div>
  );
}
