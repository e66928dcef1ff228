import { describe, expect, it } from '@jest/globals';
import { leadsNowhere } from './leads-nowhere';

describe('a lost screen', () => {
  it('is an unknown address when nothing was thrown, or when the router found no screen', () => {
    expect(leadsNowhere(undefined)).toBe(true);
    // What the router gives a screen that is not shown for an error.
    expect(leadsNowhere(null)).toBe(true);
    expect(leadsNowhere({ status: 404, statusText: 'Not Found', internal: true, data: '' })).toBe(true);
  });

  it('is a screen that broke when something was thrown', () => {
    expect(leadsNowhere(new TypeError('x is undefined'))).toBe(false);
    expect(leadsNowhere({ status: 500, statusText: '', internal: true, data: '' })).toBe(false);
  });
});
