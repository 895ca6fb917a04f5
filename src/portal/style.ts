/** Custom properties of a set of tones, by their names: `--paper`, `--accent-wash`. */
export type Properties = Readonly<Record<string, string>>;

const block = (properties: Properties): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}:${value}`)
    .join(";");

/**
 * The one style of every page of the portal, light and dark from the same roles. It stands in the page itself: a second
 * request costs a slow line more than these bytes.
 */
export function portalStyle(light: Properties, dark: Properties): string {
  return `:root{color-scheme:light dark;${block(light)}}
@media (prefers-color-scheme:dark){:root{${block(dark)}}}
@media print{:root{${block(light)}}}
${RULES}`;
}

/** Certainty has a form and no colour: solid comes by itself, dashed is meant, dotted needs a court. */
const RULES = `*{box-sizing:border-box}
html{font-size:106.25%;-webkit-text-size-adjust:100%}
html.large{font-size:131.25%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.6 var(--sans);overflow-wrap:anywhere}
.frame{max-width:42rem;margin:0 auto;padding:0 1rem 2rem}
.top{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 .75rem;padding:.4rem 0;font-size:.88rem}
.top>:first-child{flex:1 1 auto;color:var(--soft)}
.top form{margin:0 0 0 auto}
.top a,.top button{display:inline-flex;align-items:center;min-height:2.6rem;padding:0 .3rem}
main{background:var(--paper);border:1px solid var(--line);border-radius:var(--radius);padding:1.1rem 1.15rem 1.4rem}
h1{word-break:keep-all;overflow-wrap:anywhere;font-size:1.5rem;line-height:1.3;margin:0 0 .5rem;text-wrap:balance}
h2{font-size:1.15rem;line-height:1.4;margin:1.9rem 0 .5rem;text-wrap:balance}
h3{font-size:1rem;line-height:1.45;margin:1.2rem 0 .25rem}
p,ul,ol,dl,table{margin:0 0 .8rem}
ul,ol{padding-left:1.3rem}
li{margin:0 0 .4rem}
a{color:var(--accent);text-underline-offset:3px}
small,.soft{color:var(--soft);font-size:.88rem}
strong{font-weight:650}
.fold{font-size:.94rem;line-height:1.45}
.fold p,.fold table{margin-bottom:.45rem}
.fold .mine{margin:0 0 .6rem;gap:.4rem}
.fold .mine a{min-height:2.6rem;padding:.15rem .6rem}
.fold th,.fold td{padding-top:.03rem;padding-bottom:.03rem;line-height:1.38}
.fold h2{font-size:1rem;margin:.3rem 0 .25rem}
.sum{font-size:1.75rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums;margin:0 0 .2rem}
.sum small{display:block;font-size:.88rem;font-weight:400}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:.88rem;padding:0 0 .2rem}
th,td{text-align:left;vertical-align:top;font-weight:400;padding:.32rem .5rem .32rem 0;border-top:1px solid var(--line)}
td.n,th.n{text-align:right;padding-right:0;white-space:nowrap}
thead th{color:var(--soft);font-size:.88rem;border-top:0}
tr.total th,tr.total td{font-weight:650;border-top:2px solid var(--edge)}
.tight th,.tight td{padding-top:.12rem;padding-bottom:.12rem;line-height:1.45}
.scroll{overflow-x:auto}
.note{border-left:4px solid var(--accent);background:var(--ground);padding:.6rem .8rem;margin:1rem 0}
.note :last-child{margin-bottom:0}
.note h2{margin-top:0}
.stop{border:1px solid var(--accent);border-radius:var(--radius);padding:.5rem .75rem;margin:.4rem 0 .2rem;display:block}
.not{color:var(--soft);display:block}
.line{list-style:none;padding:0;margin:1rem 0}
.line>li{border-left:3px solid var(--edge);padding:0 0 1.1rem 1rem;margin:0 0 .35rem;position:relative}
.line>li[data-sure=intended]{border-left-style:dashed}
.line>li[data-sure=court]{border-left-style:dotted;border-left-width:4px}
.line time,.when{font-weight:650;display:block}
.key li{display:flex;align-items:baseline}
.key span{flex:none;width:1.5rem;position:relative;top:-.3em;border-top:3px solid var(--edge);vertical-align:middle;margin-right:.5rem}
.key .intended{border-top-style:dashed}
.key .court{border-top-style:dotted;border-top-width:4px}
.key{list-style:none;padding:0;font-size:.88rem;color:var(--soft)}
.ways{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.6rem,1fr));gap:.6rem;list-style:none;padding:0}
.ways li{margin:0}
.ways a{display:flex;height:100%;min-height:4.2rem;flex-direction:column;justify-content:center;border:1px solid var(--edge);border-radius:var(--radius);padding:.5rem .7rem;text-decoration:none;color:var(--ink);line-height:1.35}
.ways a:hover{background:var(--accent-wash);border-color:var(--accent)}
.mine{display:flex;flex-wrap:wrap;gap:.5rem;margin:.3rem 0 .8rem;padding:0;list-style:none}
.mine li{margin:0}
.mine a,.button,button{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.3rem 1rem;border:1px solid var(--accent);border-radius:var(--radius);background:transparent;color:var(--accent);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
button.act,.button.act{background:var(--accent);color:var(--on-accent)}
button.plain{border:0;padding:0 .3rem;font-weight:400;text-decoration:underline;text-underline-offset:3px;min-height:2.6rem}
form{margin:0 0 1rem}
form>p:last-child,.grid2+p{margin-top:1rem}
p>.button,p>button{margin:0 .4rem .5rem 0}
label,legend{display:block;font-weight:600;margin:1rem 0 .25rem;padding:0}
fieldset{border:0;margin:0 0 1rem;padding:0;min-width:0}
.pick{display:flex;gap:.6rem;align-items:flex-start;font-weight:400;margin:.2rem 0;padding:.35rem 0;min-height:2.6rem}
.pick input{width:1.35rem;height:1.35rem;margin:.15rem 0 0;flex:none;accent-color:var(--accent)}
.hint{display:block;color:var(--soft);font-size:.88rem;font-weight:400;margin:0 0 .3rem}
input,textarea,select{font:inherit;color:inherit;background:var(--paper);max-width:100%}
input[type=text],input[type=tel],input[type=number],input[type=date],input[type=time],textarea,select{width:100%;padding:.55rem .7rem;border:1px solid var(--edge);border-radius:var(--radius);min-height:2.75rem}
input.short{max-width:13rem}
input[type=range]{width:100%;accent-color:var(--accent);min-height:2.6rem}
textarea{min-height:8rem;line-height:1.5}
.wrong{border-left:4px solid var(--error);padding:.6rem .8rem;margin:0 0 1rem;background:var(--error-wash)}
.wrong a{color:var(--ink)}
.bad{color:var(--error);display:block;font-weight:600}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
nav.rooms{margin:1.2rem 0 0}
nav.rooms ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.4rem,1fr));gap:0 .75rem;list-style:none;padding:0;margin:0}
nav.rooms li{margin:0}
nav.rooms a{display:flex;align-items:center;min-height:2.75rem}
nav.rooms button.plain{padding:0}
nav.rooms [aria-current]{color:var(--ink);font-weight:650;text-decoration:none}
footer{color:var(--soft);font-size:.88rem;padding:1rem 0 0}
details{margin:0 0 .8rem}
summary{cursor:pointer;color:var(--accent);min-height:2.6rem;display:flex;align-items:center;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"";flex:none;width:.45em;height:.45em;margin:0 .6em 0 .15em;border:solid currentColor;border-width:0 2px 2px 0;transform:rotate(-45deg)}
details[open]>summary::before{transform:rotate(45deg) translate(-.1em,-.1em)}
.source{font-size:.88rem;color:var(--soft);border-top:1px solid var(--line);padding:.5rem 0;margin:0}
.source q{color:var(--ink)}
.paper{font-family:var(--serif)}
.grid2{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:0 1rem}
[hidden]{display:none}
@media (max-width:24rem){.frame{padding:0 .6rem 2rem}main{padding:.8rem .9rem 1.2rem}h1{font-size:1.32rem}}
@media print{body{background:#fff}.top,nav,form,.mine,.ways,.button,.skip,.noprint{display:none}main{border:0;padding:0}a{color:inherit;text-decoration:none}.line>li,.source,table{break-inside:avoid}details>*{display:block}details::details-content{content-visibility:visible;display:block}summary::before{display:none}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}`;
