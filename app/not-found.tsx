import { NothingHere } from '@/components/ui/nothing-here';
import { SiteHeader } from '@/components/ui/site-header';

/** The page of an address that no page has. */
export default function NotFound() {
  return (
    <>
      <SiteHeader />
      <NothingHere />
    </>
  );
}
