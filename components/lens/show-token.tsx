/** A token as the lens shows it: the space before a word as a dot, a line break as its sign, the end by name. */
export function ShowToken({ token }: { token: string }) {
  if (token === '') return <em className="mx-1">the end</em>;
  const [, space = '', rest = ''] = /^( ?)([\s\S]*)$/.exec(token) ?? [];
  return (
    <span className="whitespace-pre font-mono" dir="auto">
      {space && (
        <span aria-hidden className="text-dim">
          ·
        </span>
      )}
      {rest.replaceAll('\n', '↵').replaceAll('\t', '⇥')}
    </span>
  );
}
