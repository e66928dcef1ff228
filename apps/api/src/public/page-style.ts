/** The public page's own few rules: no font to fetch, legible on an old phone, printable. */
export const PUBLIC_CSS = `
:root{--paper:#f7f4ee;--card:#fffdf9;--line:#ddd6c9;--line-strong:#857c6c;--ink:#1d2329;--ink-2:#4a5159;--accent:#14594b;--accent-ink:#fff;--focus:3px solid #0b57d0;--stop:#a3261a}
@media (prefers-color-scheme:dark){:root{--paper:#16191c;--card:#1e2226;--line:#343a40;--line-strong:#7d868f;--ink:#f2efe9;--ink-2:#c6cbd0;--accent:#7fd1b9;--accent-ink:#0d1f1a;--focus:3px solid #a8c7fa;--stop:#ffb4a6}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:42rem;padding:16px;font:1.125rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
:focus-visible{outline:var(--focus);outline-offset:2px}
.skip{position:absolute;left:-99em}.skip:focus{left:16px;top:4px;background:var(--card);padding:4px 8px}
.space{margin:0;color:var(--ink-2)}h1{margin:0 0 16px;font-size:2rem;line-height:1.1}h2{margin:28px 0 8px;font-size:1.25rem}h3{margin:0;font-size:1.125rem}
label{font-weight:700;display:block}.askline,.narrow{display:flex;gap:8px;margin-top:4px}.narrow{margin-top:12px;flex-wrap:wrap}.narrow>div{flex:1 1 12rem}
input,select{flex:1;width:100%;min-width:0;font:inherit;padding:10px 12px;border:2px solid var(--line-strong);border-radius:8px;background:var(--card);color:var(--ink);min-height:48px}
button,.go{font:700 1.125rem system-ui,sans-serif;background:var(--accent);color:var(--accent-ink);border:0;border-radius:8px;padding:10px 16px;min-height:48px;text-decoration:none;display:inline-block}
main:focus{outline:0}ul{list-style:none;margin:0;padding:0;display:grid;gap:12px}
main li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 16px}li p{margin:4px 0 0}
.where{color:var(--ink-2)}.nb{white-space:nowrap}a{color:var(--accent)}
footer{margin-top:40px;padding-top:16px;border-top:1px solid var(--line);color:var(--ink-2);font-size:1rem}.places{gap:4px;margin:12px 0}

.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.online{margin:16px 0 0}.back{margin:4px 0}
.hours{display:flex;flex-wrap:wrap;gap:8px}.hours .go,.hours button{min-width:5rem;text-align:center;line-height:28px}.field{margin:16px 0}.hint{margin:2px 0;color:var(--ink-2)}.error{margin:2px 0;color:var(--stop);font-weight:700}
.note,.wrong,.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 16px}.note{border-left:6px solid var(--accent)}.wrong{border:2px solid var(--stop)}.wrong ul{gap:4px}.wrong li{border:0;padding:0}.wrong h2{margin-top:0}
[aria-invalid]{border-color:var(--stop)}.plain{background:var(--card);color:var(--accent);border:2px solid var(--line-strong)}.when{font-size:1.5rem;margin:0}.address{overflow-wrap:anywhere}.acts{margin:16px 0}.acts li{padding:0;border:0;background:none}.acts a{display:inline-block;padding:10px 0}
@media print{.back,.acts,[data-print],form,.skip,.go,footer p:last-child{display:none}body{max-width:none;background:#fff;color:#000}main li{break-inside:avoid;border-color:#999}}
`.trim();
