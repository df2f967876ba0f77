import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import type { Task } from '@/lib/lessons/lesson';
import { plan } from '@/lib/recipe/plan';

const problemTexts = {
  'another-recipe': 'That was another recipe than the lesson’s.',
  'no-text': 'No run gave a text. Press Run again.',
};

/** What to run in the tool, and the way to it. */
export function SceneText({ scene }: { scene: Task }) {
  const dispatch = useDispatch();
  const problem = useSession(({ lesson }) => lesson?.problem ?? null);
  const runs = plan(scene.recipe).length;
  return (
    <>
      <p>{scene.instruction}</p>
      <p className="text-sm" data-needs-script>
        The recipe is in the tool. Press <strong>Run {runs}</strong> there
        <span className="pointer-coarse:hidden">, or Ctrl+Enter here</span>.{' '}
        <a href="#tool" className="text-accent underline">
          Go to the tool
        </a>
      </p>
      <div role="status">
        {problem && (
          <p className="flex flex-wrap items-center gap-2 rounded-md border border-control border-dashed px-3 py-2 text-sm">
            {problemTexts[problem]}{' '}
            <Button onClick={() => dispatch({ kind: 'lesson-recipe-asked' })}>Load the lesson’s recipe</Button>
          </p>
        )}
      </div>
    </>
  );
}
