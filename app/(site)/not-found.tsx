/** Where a page has nothing to show, within the site's frame. */
export { NothingHere as default } from '@/components/ui/nothing-here';
