/** Named figures in a line. */
export function Figures({ figures }: { figures: readonly { name: string; value: string }[] }) {
  if (figures.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-4 text-fine text-dim tabular-nums">
      {figures.map(({ name, value }) => (
        <div key={name} className="flex items-baseline gap-1">
          <dt>{name}</dt>
          <dd className="break-words font-mono text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
