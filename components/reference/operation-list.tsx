import type { ApiDocument } from '@/lib/api/openapi';
import type { Operation, Outcome, Parameter } from '@/lib/api/operations';
import { ShapeLink, ShapeList } from './shape-list';

type OperationListProps = { operations: readonly Operation[]; description: ApiDocument };

/** Everything that can be asked, address by address, then the shapes of what is sent and comes back. */
export function OperationList({ operations, description }: OperationListProps) {
  return (
    <>
      <ol className="my-4 divide-y divide-hairline border-hairline border-y">
        {operations.map((operation) => (
          <li key={operation.method + operation.path} className="py-4">
            <OperationEntry operation={operation} description={description} />
          </li>
        ))}
      </ol>
      <ShapeList schemas={description.components.schemas} />
    </>
  );
}

function OperationEntry({ operation, description }: { operation: Operation; description: ApiDocument }) {
  const { method, path, summary, about, parameters = [], body, outcome } = operation;
  return (
    <article aria-label={summary}>
      <h2 className="font-semibold text-lg">{summary}</h2>
      <p className="break-words font-mono text-sm">
        <strong>{method.toUpperCase()}</strong> {path}
      </p>
      {about && <p className="mt-1">{about}</p>}
      <dl className="mt-2 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm max-sm:grid-cols-1">
        {parameters.map((parameter) => (
          <ParameterEntry key={parameter.name} parameter={parameter} />
        ))}
        {body && (
          <>
            <dt className="text-dim">Body</dt>
            <dd>
              <ShapeLink name={body} />
            </dd>
          </>
        )}
        <dt className="text-dim">Gives</dt>
        <dd>
          <Given outcome={outcome} description={description} operation={operation} />
        </dd>
      </dl>
    </article>
  );
}

function ParameterEntry({ parameter: { name, in: place, about, schema } }: { parameter: Parameter }) {
  const options = Array.isArray(schema.enum) ? ` One of ${schema.enum.join(', ')}.` : '';
  return (
    <>
      <dt>
        <code className="font-mono">{place === 'query' ? `?${name}=` : name}</code>
      </dt>
      <dd>
        {about}
        {options}
      </dd>
    </>
  );
}

type GivenProps = { outcome: Outcome; description: ApiDocument; operation: Operation };

function Given({ outcome, description, operation: { method, path } }: GivenProps) {
  switch (outcome.kind) {
    case 'json': {
      const content = description.paths[path]?.[method]?.responses[outcome.status]?.content?.['application/json'];
      const name = content && '$ref' in content.schema ? String(content.schema.$ref).replace(/^.*\//, '') : null;
      return name && <ShapeLink name={name} />;
    }
    case 'events':
      return (
        <>
          server-sent events, each a <ShapeLink name="RunEvent" />
        </>
      );
    case 'file':
      return outcome.types.join(', ');
    case 'nothing':
      return 'nothing, with status 204';
  }
}
