import { Term } from '@/components/glossary/term';

/** A word of the form that the glossary explains. */
export function InPlainWords({ term }: { term: 'seed' | 'temperature' | 'top-p' }) {
  return (
    <div className="mt-2 print:hidden">
      <span className="text-dim">In plain words: </span>
      <Term name={term}>{term}</Term>
    </div>
  );
}
