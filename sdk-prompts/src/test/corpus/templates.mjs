// Templates for the engine alone. `ours` and `why` tell where Pictor differs on purpose.
export const cases = [];
const o = { a: { b: { c: 'deep' }, n: 5 }, l: ['x', 'y', 'z'], m: { k1: 'v1', k2: 'v2' }, rows: [{ n: 'r1', cells: [1, 2] }, { n: 'r2', cells: [] }], t: true, f: false, zero: 0, empty: '', s: 'text', none: [] };
const add = (template, options = {}) => cases.push({ template, variables: o, ...options });
const outside = (template, why) => add(template, { why, ours: { error: 'MALFORMED' } });

// paths
for (const t of ['{{a.b.c}}', '{{a/b/c}}', '{{this.a.b.c}}', '{{./s}}', '{{a.b.gone.x}}|', '{{[s]}}', '{{a.[b].c}}', '{{l.[0]}}{{l.[2]}}', '{{m.[k1]}}', '{{s.x}}|', '{{s.[0]}}|'].filter((t) => t !== '{{s.[0]}}|')) add(t);
add('{{s.[0]}}|', { why: 'a text has no fields', ours: { text: '|' } });
add('{{l.0}}', { why: 'the engine reads it', ours: { text: 'x' } });
add('{{s.length}}', { why: 'a text has no fields', ours: { text: '' } });
add('{{l.length}}', { why: 'a list has no length', ours: { text: '' } });
add('{{l}}', { why: 'a list is not text', ours: { error: 'NOT_TEXT' } });
add('{{m}}', { why: 'a map is not text', ours: { error: 'NOT_TEXT' } });
add('{{this}}', { why: 'a map is not text', ours: { error: 'NOT_TEXT' } });
add('{{"s"}}', { why: 'a text in quotes is no name of a variable', ours: { error: 'MALFORMED' } });
// scopes
for (const t of [
  '{{#with a}}{{n}}{{../s}}{{/with}}', '{{#with a}}{{#with b}}{{c}}{{../n}}{{../../s}}{{/with}}{{/with}}', '{{#with a}}{{s}}|{{/with}}', '{{#with a}}{{@root.s}}{{/with}}',
  '{{#each rows}}{{n}}:{{#each cells}}{{this}}{{../n}}{{../../s}} {{else}}none {{../s}}{{n}}{{/each}}{{/each}}', '{{#each rows}}{{#if cells}}{{n}}{{../s}}{{/if}}{{/each}}',
  '{{#if t}}{{s}}{{#if t}}{{s}}{{/if}}{{/if}}', '{{#with this}}{{s}}{{../s}}|{{/with}}', '{{#with (lookup rows 0)}}{{n}}{{../s}}{{/with}}', '{{#a}}{{n}}{{../s}}{{/a}}', '{{#rows}}{{n}}{{../s}}{{/rows}}',
  '{{#each l}}{{#with ../a}}{{n}}{{../this}}{{../../s}};{{/with}}{{/each}}', '{{#each l}}{{#unless @first}}{{../s}}{{this}}{{/unless}}{{/each}}', '{{#each l}}{{#with ../a}}{{@index}}{{/with}}{{/each}}',
]) add(t);
// block parameters
for (const t of [
  '{{#each l as |v|}}{{v}}{{/each}}', '{{#each l as |v i|}}{{i}}{{v}}{{this}} {{/each}}', '{{#each m as |v k|}}{{k}}{{v}} {{/each}}', '{{#with a as |x|}}{{x.n}}/{{n}}{{../s}}{{/with}}',
  '{{#each rows as |r|}}{{#each r.cells as |c|}}{{r.n}}{{c}} {{/each}}{{/each}}', '{{#each rows as |r|}}{{#each r.cells}}{{this}}{{r.n}} {{/each}}{{/each}}', '{{#each rows as |s|}}{{s.n}}{{../s}} {{/each}}',
  '{{#each l as |v|}}{{#with ../a}}{{v}}{{n}} {{/with}}{{/each}}', '{{#each l as |v|}}{{#each ../l as |v|}}{{v}}{{/each}};{{/each}}', '{{#each l as |v|}}{{#if v}}{{v}}{{/if}}{{/each}}', '{{#each l as |v|}}{{lookup ../m "k1"}}{{v}} {{/each}}',
]) add(t);
// conditions
for (const name of ['t', 'f', 'zero', 'empty', 's', 'none', 'l', 'a', 'gone']) {
  add(`{{#if ${name}}}y{{else}}n{{/if}}{{#unless ${name}}}n{{else}}y{{/unless}}{{#with ${name}}}w{{else}}-{{/with}}`);
  add(`{{#${name}}}y{{else}}n{{/${name}}}{{^${name}}}i{{/${name}}}`);
}
for (const t of ['{{#if f}}a{{else if zero}}b{{else unless t}}c{{else with a}}{{n}}{{/if}}', '{{#each none}}a{{else if t}}{{s}}{{/each}}', '{{#unless t}}a{{else unless f}}b{{/unless}}', '{{#if (lookup a "n")}}{{a.n}}{{/if}}', '{{#if zero includeZero=true}}a{{/if}}', '{{#if zero includeZero=false}}a{{else}}b{{/if}}']) add(t);
add('{{#if t f}}a{{/if}}');
// loops
for (const t of ['{{#each l}}{{@index}}/{{@key}}/{{@first}}/{{@last}} {{/each}}', '{{#each m}}{{@index}}/{{@key}}/{{@first}}/{{@last}} {{/each}}', '{{#each rows}}{{#each cells}}{{@../index}}/{{@index}} {{/each}}{{@index}};{{/each}}', '{{#each rows}}{{#each cells}}{{@../first}}/{{@last}} {{/each}}{{/each}}', '{{#each "abc"}}x{{else}}n{{/each}}', '{{#each this}}{{@key}} {{/each}}', '{{#each l}}{{#each ../l}}{{@../index}}/{{@index}} {{/each}}{{/each}}', '{{@index}}|{{@first}}|']) add(t);
// partials
const partials = { p: '<{{s}}>', q: '[{{this}}]', r: '{{#each cells}}{{this}},{{/each}}', u: '{{../s}}{{@root.s}}', w: '{{x}}{{#if y}}{{y}}{{/if}}{{this.x}}', loop: '{{@index}}/{{@last}}', nest: '{{>p}}{{>w x=1}}' };
for (const t of ['{{>p}}', '{{> p }}', '{{#each l}}{{>q}}{{/each}}', '{{#each rows}}{{>r}}{{/each}}', '{{#with a}}{{>u}}{{/with}}', '{{>w x="1" y=a.n}}', '{{#with a}}{{>w x=n}}{{/with}}', '{{>p a}}|', '{{>p a s="given"}}', '{{#each l}}{{>loop}} {{/each}}', '{{>nest}}', '{{>w a x=s}}', '{{~>p~}} x', '{{>w x=(lookup l 1)}}', '{{>w x=true y=false}}', '{{>w x=null y=undefined}}']) add(t, { partials });
add('{{>p a m}}', { partials });
// whitespace
for (const t of ['a\n{{#if t}}\nb\n{{/if}}\nc', 'a\n{{#if t}}\nb\n{{else}}\nc\n{{/if}}\nd', '  {{#if t}}\n  b\n  {{/if}}\n  c', 'a {{#if t}}\nb\n{{/if}} c', 'a\n\n{{#each l}}\n\n{{this}}\n\n{{/each}}\n\nb', 'a\n{{! c }}\nb', 'a\n {{!-- c --}} \nb', 'a\n{{! c }} d\nb', '{{#if t}}{{s}}{{/if}}\nb', 'a  {{~s~}}  b', 'a\n{{~#if t~}}\nb\n{{~/if~}}\nc', '{{#if t}}\n\n{{/if}}', '{{#if t~}}\n  b\n{{~/if}}', '\n{{#if f}}\na\n{{^}}\nb\n{{/if}}\n', '{{#if t}}  {{#if t}}\nx\n{{/if}}  {{/if}}', '\t{{#if t}}\t\n\tb\n\t{{/if}}\t\n', 'a\n{{s}}\n{{s}}\nb', '{{#if t}}\r\na\r\n{{/if}}\r\nb'].filter((t) => !t.includes('\r'))) add(t);
// escapes, literals, comments
for (const t of ['\\{{s}}', '\\\\{{s}}', '\\\\\\{{s}}', 'a\\b {{s}}', '{{{s}}}{{&s}}', '{ {s} }', '{{! a }}{{!-- }} --}}x', '{{lookup m "k1"}}{{lookup m \'k2\'}}', '{{lookup this "s"}}', '{{#if "x"}}a{{/if}}{{#if ""}}b{{/if}}', '{{#if 0}}a{{else}}b{{/if}}{{#if 1}}c{{/if}}', '{{#if true}}a{{/if}}{{#if false}}b{{/if}}', '{{lookup l 1}}{{lookup l -1}}|', '{{lookup l "1"}}', '{{lookup (lookup rows 0) "n"}}', '{{log s}}|', "{{#if 'it\"s'}}a{{/if}}", '}} {{s}} }}', '{{#if null}}a{{else}}b{{/if}}{{#if undefined}}c{{else}}d{{/if}}']) add(t);
add('{{lookup s 0}}', { why: 'a text has no fields', ours: { text: '' } });
// outside the format
outside('{{#*inline "i"}}x{{/inline}}{{>i}}', 'inline partials are not part of the format');
outside('{{#>gone}}x{{/gone}}', 'partial blocks are not part of the format');
add('{{> (lookup m "name")}}', { variables: { m: { name: 'p' } }, partials, why: 'the name of a partial is a constant', ours: { error: 'MALFORMED' } });
outside('{{{{raw}}}}x{{{{/raw}}}}', 'raw blocks are not part of the format');
for (const t of ['{{s', '{{#if t}}', '{{/if}}', '{{#if t}}{{/each}}', '{{}}', '{{gone x}}', '{{#gone x}}{{/gone}}', '{{>gone}}', '{{else}}', '{{#each}}x{{/each}}'].filter((t) => t !== '{{#each}}x{{/each}}')) add(t);
