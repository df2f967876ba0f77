import { Results } from '@/components/compare/results';
import { SavedBar, SavedLine } from '@/components/share/saved-bar';

/** The results on a page on which nothing has run when it is opened. */
export const LaterResults = () => <Results opened={null} saved={<SavedLine />} actions={<SavedBar />} />;
