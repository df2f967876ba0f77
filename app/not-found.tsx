import { NothingHere } from '@/components/ui/nothing-here';
import SiteLayout from './(site)/layout';

/** The page of an address that no page has. */
export default function NotFound() {
  return (
    <SiteLayout>
      <NothingHere />
    </SiteLayout>
  );
}
