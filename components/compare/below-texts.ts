/**
 * On a phone it stands below the texts, which come after it in the page. Until they are there, and as long as they grow, it is
 * left out: they would push it down before the reader's eyes.
 */
export const belowTexts =
  'max-sm:order-1 max-sm:[#results:not(:has([data-after-texts]))_&]:hidden max-sm:group-data-growing/results:hidden';
