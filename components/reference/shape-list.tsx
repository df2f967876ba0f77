import { typeText } from '@/lib/api/type-text';

const idOf = (name: string): string => `shape-${name}`;

/** A link to a shape, by its name. */
export const ShapeLink = ({ name }: { name: string }) => (
  <a href={`#${idOf(name)}`} className="inline-block min-h-6 content-center font-mono underline underline-offset-2">
    {name}
  </a>
);

/** Every shape that has a name, as a type. */
export function ShapeList({ schemas }: { schemas: Record<string, object> }) {
  const sorted = Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (
    <section aria-labelledby="shapes">
      <h2 id="shapes" className="mb-2 font-semibold text-xl">
        Shapes
      </h2>
      {sorted.map(([name, schema]) => (
        <section key={name} id={idOf(name)} aria-label={name} className="scroll-mt-4 border-hairline border-t py-3">
          <h3 className="font-mono font-semibold">{name}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <pre tabIndex={0} className="mt-1 max-h-96 overflow-auto rounded-md bg-panel p-3 font-mono text-sm">
            {typeText(schema).trimStart()}
          </pre>
        </section>
      ))}
    </section>
  );
}
