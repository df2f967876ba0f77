'use client';

import { Upload } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/components/api/api';
import { Button } from '@/components/ui/button';
import { Field, inputClass } from '@/components/ui/field';
import { sayApiProblem } from '@/lib/words/api-problem';

/** Imports texts that were made elsewhere, to compare them here. */
export function ImportForm() {
  const [text, setText] = useState('');
  const [prompt, setPrompt] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function importTexts() {
    setProblem(null);
    const imported = await api.import({ text, ...(prompt.trim() ? { prompt } : {}) });
    if (imported.ok) location.assign(imported.value.path);
    else setProblem(sayApiProblem(imported.error));
  }

  async function readFile(files: FileList | null) {
    const file = files?.[0];
    if (file) setText(await file.text());
  }

  return (
    <section aria-labelledby="import-heading" className="mt-10">
      <h2 id="import-heading" className="font-semibold text-lg">
        Compare what you already have
      </h2>
      <p className="text-dim text-sm">
        Paste or drop outputs: a Seedbed export, a JSON list, JSON Lines, saved API answers, or plain texts with a line
        of --- between them. They are marked as not made by this server.
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
          void readFile(event.dataTransfer.files);
        }}
      >
        <Field id="import-text" label="Outputs" problem={problem}>
          <textarea
            id="import-text"
            rows={6}
            value={text}
            aria-describedby="import-text-note"
            aria-invalid={problem !== null}
            onChange={(event) => setText(event.target.value)}
            className={`${inputClass} field-sizing-content block max-h-96 min-h-36 font-mono text-sm`}
          />
        </Field>
        <Field id="import-prompt" label="Prompt" hint="if you know it" problem={null}>
          <input
            id="import-prompt"
            value={prompt}
            onChange={(event) => setPrompt(event.target.value)}
            className={inputClass}
          />
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" disabled={text.trim() === ''}>
            <Upload aria-hidden size={16} /> Compare these
          </Button>
          <label className="text-sm">
            or a file:{' '}
            <input
              type="file"
              accept=".json,.jsonl,.txt,.md,application/json,text/plain"
              onChange={(event) => void readFile(event.target.files)}
            />
          </label>
        </div>
      </form>
    </section>
  );
}
