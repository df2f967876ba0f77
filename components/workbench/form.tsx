import { useDispatch, useSession } from '@/components/session/session-context';
import { hasHiddenParts, isRunning } from '@/lib/session/select';
import { sayEstimate } from './estimate';
import { RecipeForm } from './recipe-form';

/** The form of this session. */
export function Form() {
  const dispatch = useDispatch();
  const running = useSession(isRunning);
  return (
    <RecipeForm
      draft={useSession(({ draft }) => draft)}
      providers={useSession(({ providers }) => providers)}
      problem={useSession(({ problem }) => problem)}
      running={running}
      more={useSession(hasHiddenParts)}
      estimate={useSession(sayEstimate)}
      pace={useSession(({ pace }) => pace)}
      onPace={(pace) => dispatch({ kind: 'pace-chosen', pace })}
      onChange={(part) => dispatch({ kind: 'edited', part })}
      onRun={() => dispatch({ kind: 'run-asked' })}
      onStop={() => dispatch({ kind: 'stop-asked' })}
    />
  );
}
