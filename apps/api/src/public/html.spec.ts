import { expect, it } from '@jest/globals';
import { html } from './html';

it('a name with markup in it is shown, not run', () => {
  const name = '<script>alert("1")</script> & Cie';
  expect(html`<p title="${name}">${name}</p>`.text).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Cie">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Cie</p>',
  );
});

it('lists are joined, nothing is said of null and false', () => {
  expect(html`${['a', null, html`<b>${'b'}</b>`, false, 0]}`.text).toBe('a<b>b</b>0');
});
