import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controls, lastingParts, linkOptionsToQuery, readLinkOptions } from './link-options';

const some = fc.subarray([...controls]).map((names) => new Set(names));

describe('readLinkOptions', () => {
  it('reads names of the API, and ignores others', () => {
    const { hide, lock } = readLinkOptions('?view=tree&hide=model,top_p,Model,,toString&lock=prompt');
    expect([...hide]).toEqual(['model', 'top_p']);
    expect([...lock]).toEqual(['prompt']);
  });

  it('gives back what a link was made of', () => {
    fc.assert(
      fc.property(some, some, (hide, lock) => {
        expect(readLinkOptions(linkOptionsToQuery({ hide, lock }))).toEqual({ hide, lock });
      }),
      { seed: 1 },
    );
  });

  it('takes whatever stands in an address', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        const { hide, lock } = readLinkOptions(`?hide=${first}&lock=${second}`);
        for (const name of [...hide, ...lock]) expect(controls).toContain(name);
      }),
      { seed: 1 },
    );
  });
});

describe('lastingParts', () => {
  it('keeps what the link makes of the page, as it was written', () => {
    expect(lastingParts('?view=tree&hide=model,x&projector&lock=a%2Cb')).toEqual([
      'hide=model,x',
      'projector',
      'lock=a%2Cb',
    ]);
    expect(lastingParts('')).toEqual([]);
  });
});
