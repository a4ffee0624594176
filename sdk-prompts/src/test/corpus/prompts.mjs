// Prompt files, and what they are rendered with. `ours` and `why` tell where Pictor differs on purpose.
export const cases = [];
let group = '';
const add = (name, file, options = {}) => cases.push({ name: `${group}: ${name}`, file, ...options });
const person = { name: 'Ada', age: 36, tags: ['brass', 'wool', 'oak'], home: { city: 'Lyon', floors: [1, 2] } };
const user = (text) => ({ role: 'user', content: [{ text }] });
const model = (text) => ({ role: 'model', content: [{ text }] });

group = 'text';
add('a file without front matter stays as it is', '  A lamp.\n\n');
add('a file with front matter is trimmed', '---\nmodel: m\n---\n\n  A lamp.  \n\n');
add('blank text is no message', ' \n\t\n');
add('tabs and inner blank lines stay', '---\nmodel: m\n---\nOne\n\n\n\tTwo');
add('carriage returns', '---\r\nmodel: m\r\n---\r\nOne\r\nTwo', { why: 'lines always end in LF', ours: { messages: [user('One\nTwo')] } });
add('a variable', 'Draw {{what}}.', { input: { what: 'a brass lamp' } });
add('a variable that is missing', 'Draw {{what}}.');
add('a variable that is null', 'Draw {{what}}.', { input: { what: null } });
add('blanks inside a tag', 'Draw {{  what  }}.', { input: { what: 'it' } });
add('nothing is escaped', '{{what}}', { input: { what: '<b>"it\'s" & `so`</b>' } });
add('three braces', '{{{what}}}', { input: { what: '<b>&amp;</b>' } });
add('an ampersand', '{{&what}}', { input: { what: '<b>' } });
add('an escaped tag', '\\{{what}} {{what}}', { input: { what: 'x' } });
add('an escaped backslash', '\\\\{{what}}', { input: { what: 'x' } });
add('single braces stay', '{ "a": { "b": 1 } } {{what}}', { input: { what: 'x' } });
add('a value that looks like a tag', '{{what}}', { input: { what: '{{other}} {{#if x}}' } });
add('a value that ends like a marker', '{{what}}>>>', { input: { what: '<<<' } });
add('dollar signs', '$1 {{what}} $&', { input: { what: '$1$&' } });
add('deep fields', '{{home.city}} {{home/city}} {{home.[city]}}', { input: person });
add('an item of a list', '{{tags.[1]}}', { input: person });
add('an item without brackets', '{{tags.1}}', { input: person, why: 'the engine reads it', ours: { messages: [user('wool')] } });
add('an item that is not there', '[{{tags.[9]}}]', { input: person });
add('a field of what is missing', '[{{gone.far.away}}]', { input: person });
add('this and its fields', '{{this.name}} {{./name}}', { input: person });
add('numbers', '{{a}} {{b}} {{c}} {{d}}', { input: { a: 0, b: -7, c: 2.5, d: 12345678901 } });
add('a whole number written with a fraction', '{{a}}', { input: { a: 1.0 } });
add('two numbers beside each other', '{{a}}{{b}}', { input: { a: 1, b: 2 }, why: 'the reference adds them', ours: { messages: [user('12')] } });
add('booleans', '{{yes}} {{no}}', { input: { yes: true, no: false } });
add('an empty text', '[{{what}}]', { input: { what: '' } });
add('a large number', '{{a}}', { input: { a: 1e21 }, why: 'numbers have no exponent', ours: { messages: [user('1000000000000000000000')] } });
add('a small number', '{{a}}', { input: { a: 1e-7 }, why: 'numbers have no exponent', ours: { messages: [user('0.0000001')] } });
add('a list as text', '{{tags}}', { input: person, why: 'a list is not text', ours: { error: 'NOT_TEXT' } });
add('a map as text', '{{home}}', { input: person, why: 'a map is not text', ours: { error: 'NOT_TEXT' } });

group = 'unicode';
for (const [name, text] of Object.entries({
  accents: 'façade, naïve, Ærøskøbing', 'combining marks': 'e\u0301 o\u0308', cyrillic: 'Лампа из латуни', greek: 'λάμπα', hebrew: 'מנורה',
  arabic: 'مصباح نحاسي', chinese: '黃銅燈', japanese: '真鍮のランプ', korean: '황동 램프', thai: 'โคมไฟ', hindi: 'पीतल का दीपक',
  emoji: '💡🪔', 'joined emoji': '👩‍🎨👨‍👩‍👧', flags: '🇫🇷🇯🇵', 'private use': '\uE000', 'zero width': 'a\u200Bb\u200D', controls: 'a\u0001b', 'line separators': 'a\u2028b\u2029c',
})) {
  add(name, `${text} {{what}} ${text}`, { input: { what: text } });
}
add('a key', '{{été}} {{[Größe]}} {{map.[日本]}}', { input: { été: 'summer', Größe: 'size', map: { 日本: 'Japan' } } });
add('a no-break space alone is blank', '{{role "system"}}\u00A0{{role "user"}}x');

group = 'lines';
add('a block tag alone takes its line', 'a\n{{#if yes}}\nb\n{{/if}}\nc', { input: { yes: true } });
add('an indented block tag alone', 'a\n  {{#if yes}}  \n  b\n  {{/if}}  \nc', { input: { yes: true } });
add('a block tag beside text keeps its line', 'a\n{{#if yes}} b\n{{/if}}\nc', { input: { yes: true } });
add('two block tags on one line', 'a\n{{#if yes}}{{#if yes}}\nb\n{{/if}}{{/if}}\nc', { input: { yes: true } });
add('else alone', '{{#if no}}\na\n{{else}}\nb\n{{/if}}\n.', { input: { no: false } });
add('a variable alone keeps its line', 'a\n  {{what}}\nb', { input: { what: 'x' } });
add('a helper alone keeps its line', 'a\n{{json what}}\nb', { input: { what: 1 } });
add('a role alone keeps its line', '{{role "system"}}\na\n{{role "user"}}\nb\n');
add('tilde on both sides', 'a  {{~what~}}  b', { input: { what: 'x' } });
add('tilde takes line breaks', 'a\n\n{{~what}}\nb', { input: { what: 'x' } });
add('tilde in a block', 'a {{~#if yes~}} b {{~/if~}} c', { input: { yes: true } });
add('tilde at else', '{{#if no}} a {{~else~}} b {{/if}}', { input: { no: false } });
add('tilde at a comment', 'a {{~! note ~}} b');
add('tilde in a loop', '{{#each tags}}\n{{~this~}}\n{{/each}}', { input: person });
add('a loop over lines', 'Tags:\n{{#each tags}}\n- {{this}}\n{{/each}}\nEnd', { input: person });
add('a block at the end of the file', 'a\n{{#if yes}}\nb\n{{/if}}', { input: { yes: true } });

group = 'comments';
add('short', 'a{{! not told }}b');
add('long', 'a{{!-- {{what}} }} --}}b', { input: { what: 'x' } });
add('over lines', 'a\n{{!--\n one\n two\n--}}\nb');
add('between words', 'a {{! x }} b');
add('with dashes inside', 'a{{!-- a - b -- c --}}d');

group = 'if';
for (const [name, value] of Object.entries({ true: true, false: false, zero: 0, one: 1, 'empty text': '', text: 'x', 'text of zero': '0', 'empty list': [], list: [0], 'empty map': {}, map: { a: 1 }, null: null })) {
  add(name, '{{#if v}}yes{{else}}no{{/if}} {{#unless v}}no{{else}}yes{{/unless}}', { input: { v: value } });
}
add('missing', '{{#if v}}yes{{else}}no{{/if}}');
add('zero counts where asked', '{{#if v includeZero=true}}yes{{else}}no{{/if}}', { input: { v: 0 } });
add('else if', '{{#if a}}a{{else if b}}b{{else}}c{{/if}}', { input: { b: 1 } });
add('a long chain', '{{#if a}}a{{else if b}}b{{else if c}}c{{else if d}}d{{else}}e{{/if}}', { input: { d: 1 } });
add('a chain that ends', '{{#if a}}a{{else if b}}b{{else if c}}c{{else}}e{{/if}}');
add('a chain of kinds', '{{#if a}}a{{else each tags}}{{this}},{{else}}c{{/if}}', { input: person });
add('the short else', '{{#if a}}a{{^}}b{{/if}}');
add('unless else if', '{{#unless a}}a{{else if b}}b{{/unless}}', { input: { a: 1, b: 1 } });
add('nested', '{{#if a}}{{#if b}}ab{{else}}a{{/if}}{{else}}-{{/if}}', { input: { a: 1 } });

group = 'with';
add('a map', '{{#with home}}{{city}} {{../name}}{{/with}}', { input: person });
add('missing', '{{#with gone}}a{{else}}{{name}}{{/with}}', { input: person });
add('an empty map', '{{#with v}}a{{else}}b{{/with}}', { input: { v: {} } });
add('a text', '{{#with name}}{{this}}{{/with}}', { input: person });
add('a name', '{{#with home as |h|}}{{h.city}} {{city}}{{/with}}', { input: person });
add('the root', '{{#with home}}{{@root.name}}{{/with}}', { input: person });
add('zero', '{{#with v}}{{this}}{{else}}none{{/with}}', { input: { v: 0 } });

group = 'each';
add('a list', '{{#each tags}}{{this}};{{/each}}', { input: person });
add('a list of maps', '{{#each v}}{{a}};{{/each}}', { input: { v: [{ a: 1 }, { a: 2 }, {}] } });
add('places', '{{#each tags}}{{@index}}/{{@key}}/{{@first}}/{{@last}} {{/each}}', { input: person });
add('a map', '{{#each v}}{{@key}}={{this}}/{{@index}}/{{@first}}/{{@last}} {{/each}}', { input: { v: { x: 1, y: 2 } } });
add('nothing', '{{#each gone}}a{{else}}none{{/each}}');
add('an empty list', '{{#each v}}a{{else}}none{{/each}}', { input: { v: [] } });
add('an empty map', '{{#each v}}a{{else}}none{{/each}}', { input: { v: {} } });
add('a text is no list', '{{#each v}}a{{else}}none{{/each}}', { input: { v: 'text' } });
add('a number is no list', '{{#each v}}a{{else}}none{{/each}}', { input: { v: 3 } });
add('nested', '{{#each v}}{{#each this}}{{this}}{{/each}};{{/each}}', { input: { v: [[1, 2], [3]] } });
add('nested places', '{{#each v}}{{#each this}}{{@../index}}.{{@index}} {{/each}}{{/each}}', { input: { v: [['a', 'b'], ['c']] } });
add('two loops out', '{{#each v}}{{#each this}}{{#each this}}{{@../../index}}/{{@../index}}/{{@index}} {{/each}}{{/each}}{{/each}}', { input: { v: [[[1, 2]], [[3], [4]]] } });
add('first and last of the outer loop', '{{#each v}}{{#each this}}{{@../first}}/{{@../last}} {{/each}}{{/each}}', { input: { v: [[1], [2]] } });
add('the outer scope', '{{#each tags}}{{../name}}-{{this}} {{/each}}', { input: person });
add('two scopes out', '{{#each v}}{{#each items}}{{../../name}}{{../k}}{{this}} {{/each}}{{/each}}', { input: { name: 'n', v: [{ k: 1, items: ['a'] }, { k: 2, items: ['b'] }] } });
add('names', '{{#each tags as |tag at|}}{{at}}{{tag}} {{/each}}', { input: person });
add('names of a map', '{{#each v as |value key|}}{{key}}={{value}} {{/each}}', { input: { v: { a: 1, b: 2 } } });
add('names in nested loops', '{{#each v as |row r|}}{{#each row as |cell c|}}{{r}}/{{c}}/{{cell}} {{/each}}{{/each}}', { input: { v: [['a', 'b'], ['c']] } });
add('this inside a named loop', '{{#each v as |row|}}{{#each row}}{{this}} {{/each}}{{/each}}', { input: { v: [[1, 2], [3]] } });
add('a field inside a named loop', '{{#each v as |row|}}{{#with row.a}}{{#with b}}{{n}}{{/with}}{{/with}}{{/each}}', { input: { v: [{ a: { n: 'a', b: { n: 'b' } } }] } });
add('a condition on the last', '{{#each tags}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}', { input: person });
add('items that are null', '{{#each v}}[{{this}}]{{/each}}', { input: { v: [1, null, 2] } });
add('a section of a list', '{{#tags}}{{this}} {{/tags}}', { input: person });
add('a section of a map', '{{#home}}{{city}}{{/home}}', { input: person });
add('a section of false', '{{#v}}a{{else}}b{{/v}}{{^v}}c{{/v}}', { input: { v: false } });
add('a section of what is missing', '{{#v}}a{{else}}{{name}}{{/v}}', { input: person });
add('the order of the keys', '{{#each v}}{{@key}}{{/each}}', { input: { v: { z: 1, a: 2, m: 3 } } });

group = 'lookup';
add('a map', '{{lookup home "city"}}', { input: person });
add('a list', '{{lookup tags 1}}', { input: person });
add('a list by text', '{{lookup tags "2"}}', { input: person });
add('a key that is a variable', '{{lookup home key}}', { input: { ...person, key: 'city' } });
add('missing', '[{{lookup home "gone"}}{{lookup gone "x"}}]', { input: person });
add('inside another', '{{lookup (lookup v 1) "a"}}', { input: { v: [{}, { a: 'deep' }] } });
add('in a loop', '{{#each tags}}{{lookup ../v @index}}{{/each}}', { input: { ...person, v: ['a', 'b', 'c'] } });
add('a with around it', '{{#with (lookup v 0)}}{{a}}{{/with}}', { input: { v: [{ a: 1 }] } });

group = 'ifEquals';
for (const [name, a, b] of [['numbers', 1, 1], ['other numbers', 1, 2], ['a number and a text', 1, '1'], ['texts', 'a', 'a'], ['case', 'a', 'A'], ['booleans', true, true], ['a boolean and a text', true, 'true'],
  ['null and false', null, false], ['empty text and zero', '', 0], ['fractions', 0.5, 0.5], ['equal lists', [1], [1]], ['equal maps', { a: 1 }, { a: 1 }]]) {
  add(name, '{{#ifEquals a b}}same{{else}}not{{/ifEquals}} {{#unlessEquals a b}}not{{else}}same{{/unlessEquals}}', { input: { a, b } });
}
add('a literal text', '{{#ifEquals name "Ada"}}hi{{/ifEquals}}', { input: person });
add('a literal number', '{{#ifEquals age 36}}yes{{/ifEquals}}', { input: person });
add('a literal boolean', '{{#ifEquals v true}}yes{{/ifEquals}}', { input: { v: true } });
add('the same list', '{{#ifEquals v v}}same{{else}}not{{/ifEquals}}', { input: { v: [1] } });
add('an index', '{{#each tags}}{{#ifEquals @index 1}}[{{this}}]{{else}}{{this}}{{/ifEquals}}{{/each}}', { input: person });
add('two that are missing', '{{#ifEquals a b}}same{{else}}not{{/ifEquals}}');
add('null and missing', '{{#ifEquals a b}}same{{else}}not{{/ifEquals}}', { input: { a: null }, why: 'null stands for no value', ours: { messages: [user('same')] } });

group = 'json';
for (const [name, value] of Object.entries({ text: 'a "b" \\ \n \t c/d', number: 1.5, whole: 3, boolean: false, 'empty list': [], 'empty map': {}, list: [1, 'a', null, [2]], map: { b: 1, a: { c: [] } }, unicode: '真鍮 💡 \u2028 \u007f \u0001' })) {
  add(name, '{{json v}}', { input: { v: value } });
  if (typeof value === 'object') add(`${name}, indented`, '{{json v indent=2}}', { input: { v: value } });
}
add('four blanks', '{{json v indent=4}}', { input: { v: { a: [1, { b: null }] } } });
add('ten blanks', '{{json v indent=10}}', { input: { v: [1] } });
add('the whole input', '{{json this}}', { input: { a: 1, b: ['x'] } });
add('a literal', '{{json "a"}} {{json 3}} {{json true}}');
add('in a loop', '{{#each v}}{{json this}}{{/each}}', { input: { v: [{ a: 1 }, [2]] } });
add('what is missing', '[{{json gone}}]', { why: 'json writes what is missing as null', ours: { messages: [user('[null]')] } });
add('a large number', '{{json v}}', { input: { v: 1e21 }, why: 'numbers have no exponent', ours: { messages: [user('1000000000000000000000')] } });

group = 'partials';
add('plain', 'a{{>tone}}b', { partials: { tone: 'warm' } });
add('the scope of the place', '{{#each tags}}{{>one}}{{/each}}', { input: person, partials: { one: '[{{this}}]' } });
add('a context', '{{>place home}}', { input: person, partials: { place: '{{city}}' } });
add('a context and parameters', '{{>place home mark="!"}}', { input: person, partials: { place: '{{city}}{{mark}}{{this.mark}}' } });
add('parameters', '{{>greet who=name how="Hi"}}', { input: person, partials: { greet: '{{how}} {{who}} {{name}}' } });
add('parameters hide variables', '{{>greet name="Bob"}} {{name}}', { input: person, partials: { greet: '{{name}}' } });
add('no way out of a partial', '{{#each tags}}{{>one}}{{/each}}', { input: person, partials: { one: '[{{../name}}{{@root.name}}]' } });
add('places of the loop around', '{{#each tags}}{{>one}}{{/each}}', { input: person, partials: { one: '{{@index}}/{{@last}} ' } });
add('names of the loop around', '{{#each tags as |tag|}}{{>one}}{{/each}}', { input: person, partials: { one: '[{{tag}}]' } });
add('nested', '{{>a}}', { input: person, partials: { a: '<{{>b}}>', b: '{{name}}' } });
add('alone on a line', 'a\n{{>p}}\nb', { partials: { p: 'one\ntwo\n' } });
add('alone on an indented line', 'a\n  {{>p}}\nb', { partials: { p: 'one\ntwo\n' }, why: "a partial's text is not indented like its tag", ours: { messages: [user('a\none\ntwo\nb')] } });
add('beside text', 'a {{>p}} b', { partials: { p: ' one ' } });
add('a role inside', 'a{{>p}}c', { partials: { p: '{{role "model"}}b{{role "user"}}' } });
add('a loop inside', '{{>list items=tags}}', { input: person, partials: { list: '{{#each items}}- {{this}}\n{{/each}}' } });
add('json of a parameter', '{{>p a=1}}', { partials: { p: '{{json this}}' } });
add('json of parameters', '{{>p a=1 b="x"}}', { partials: { p: '{{json this}}' }, why: 'parameters keep their order', ours: { messages: [user('{"a":1,"b":"x"}')] } });
add('a subexpression as parameter', '{{>p city=(lookup home "city")}}', { input: person, partials: { p: '{{city}}' } });
add('a missing context', '[{{>p gone}}]', { input: person, partials: { p: '{{name}}' } });
add('a name with a folder', '{{>parts/tone}}', { partials: { 'parts/tone': 'warm' } });
add('a name in quotes', '{{> "warm-tone"}}', { partials: { 'warm-tone': 'warm' } });

group = 'roles';
add('system and user', '{{role "system"}}Rules.\n{{role "user"}}Wish.');
add('three', '{{role "system"}}a{{role "user"}}b{{role "model"}}c{{role "user"}}d');
add('text before the first', 'a{{role "system"}}b');
add('empty messages vanish', '{{role "system"}}{{role "user"}}a{{role "model"}} ');
add('the same role twice', '{{role "user"}}a{{role "user"}}b');
add('in a condition', '{{#if v}}{{role "system"}}rules{{/if}}{{role "user"}}go', { input: { v: true } });
add('in a loop', '{{#each v}}{{role this.role}}{{this.text}}{{/each}}', { input: { v: [{ role: 'user', text: 'a' }, { role: 'model', text: 'b' }] } });
add('from a variable', '{{role who}}a', { input: { who: 'model' } });

group = 'history';
const turns = [user('before'), model('after')];
add('where its helper stands', '{{role "system"}}s{{history}}{{role "user"}}u', { history: turns });
add('text after it is the model’s', '{{role "system"}}s{{history}}m', { history: turns });
add('without a helper, before the question', '{{role "system"}}s{{role "user"}}u', { history: turns });
add('without a helper, at the end', '{{role "user"}}u{{role "model"}}m', { history: turns });
add('alone', ' ', { history: turns });
add('none', '{{role "system"}}s{{history}}{{role "user"}}u');
add('in a partial', '{{role "system"}}s{{>h}}{{role "user"}}u', { history: turns, partials: { h: '{{history}}' } });

group = 'media';
add('an address', 'Look: {{media url=u}} done', { input: { u: 'https://example.com/a.png' } });
add('a type', '{{media url=u contentType="image/png"}}', { input: { u: 'https://example.com/a' } });
add('a data address', '{{media url=u}}', { input: { u: 'data:image/gif;base64,R0lGOD' } });
add('two beside each other', '{{media url=u}}{{media url=u}}', { input: { u: 'https://example.com/a' } });
add('in a loop', '{{#each v}}{{media url=this}}{{/each}}', { input: { v: ['https://a.example/1', 'https://a.example/2'] } });
add('of fields', '{{#each v}}{{media url=url contentType=type}}{{/each}}', { input: { v: [{ url: 'https://a.example/1', type: 'image/webp' }] } });
add('in a system message', '{{role "system"}}a{{media url=u}}{{role "user"}}b', { input: { u: 'https://example.com/a' } });
add('without an address', '{{media url=gone}}', { why: 'an address must have a value', ours: { error: 'UNBOUND' } });
add('with a blank in it', '{{media url=u}}', { input: { u: 'https://a b' }, why: 'an address has no blanks', ours: { error: 'UNSAFE' } });

group = 'sections';
add('alone', '{{section "items"}}');
add('between texts', 'a {{section "items"}} b');
add('in a system message', '{{role "system"}}a{{section "code"}}{{role "user"}}b');
add('two', '{{section "a"}}{{section "b"}}');

group = 'at names';
add('of the context', '{{@user.name}} {{@locale}}', { context: { user: { name: 'Ada' }, locale: 'fr' } });
add('missing', '[{{@user.name}}{{@gone}}]');
add('in a loop', '{{#each tags}}{{@user}}{{/each}}', { input: person, context: { user: 'u' } });
add('in a condition', '{{#if @user.admin}}a{{else}}b{{/if}}', { context: { user: { admin: true } } });
add('in a partial', '{{>p}}', { context: { user: 'u' }, partials: { p: '{{@user}}' } });
add('not a variable', '[{{@name}}]', { input: person });

group = 'front matter';
const fm = (yaml, body = 'x') => `---\n${yaml}\n---\n${body}`;
add('a model and config', fm('model: some/model-1\nconfig:\n  temperature: 0.4\n  topK: 5\n  stopSequences: [a, b]\n  deep: {x: {y: [1]}}'));
add('words that YAML 1.1 takes for booleans', fm('config: {a: no, b: yes, c: on, d: off, e: true}'));
add('numbers', fm('config: {a: 1, b: 1.0, c: -2, d: 1e3, e: .5, f: 1_000}'));
add('a date is text', fm('config: {day: 2026-11-30}'));
add('null', fm('config: {a: ~, b: null, c: x}'), { why: 'a key without a value is left out', ours: { config: { c: 'x' } } });
add('texts', fm('config:\n  a: "q\\n"\n  b: \'it\'\'s\'\n  c: |\n    one\n    two\n  d: >\n    one\n    two\n  e: plain # note'));
add('an anchor', fm('config:\n  a: &x {n: 1}\n  b: *x'));
add('a licence before it', '# Licence\n# of two lines\n\n---\nmodel: m\n---\nx', { why: 'a licence may come before the front matter, as the format says', ours: { model: 'm', messages: [user('x')] } });
add('empty', '---\n---\nx', { why: 'front matter may be empty', ours: { messages: [user('x')] } });
add('dashes in the text', fm('model: m', 'a\n---\nb'));
add('blanks after the dashes', '---  \nmodel: m\n---  \nx');
add('bad YAML', fm('model: [a'), { why: 'bad YAML is an error', ours: { error: 'MALFORMED' } });
add('a key twice', fm('model: a\nmodel: b'), { why: 'a key stands once', ours: { error: 'MALFORMED' } });
add('not closed', '---\nmodel: m\nx', { why: 'front matter must be closed', ours: { error: 'MALFORMED' } });
add('extensions are left alone', fm('model: m\npictor.owner: team\nother: 1'));

group = 'defaults';
add('of the file', fm('input:\n  default: {name: you}', 'Hi {{name}}'), { why: 'defaults of the file apply', ours: { messages: [user('Hi you')] } });
add('are replaced', fm('input:\n  default: {name: you}', 'Hi {{name}}'), { input: { name: 'Ada' } });
add('of the file, for a list', fm('input:\n  default: {l: [a, b]}', '{{#each l}}{{this}}{{/each}}'), { why: 'defaults of the file apply', ours: { messages: [user('ab')] } });
add('a required variable without a value', fm('input:\n  schema: {name: string}', 'Hi {{name}}'), { why: 'a required variable must have a value', ours: { error: 'UNBOUND' } });
add('an optional variable without a value', fm('input:\n  schema: {"name?": string}', 'Hi {{name}}'));
add('a question mark between braces', fm('input:\n  schema: {name?: string}', 'Hi {{name}}'), { why: 'a key with a question mark between braces needs quotes', ours: { error: 'MALFORMED' } });

group = 'picoschema';
const pico = (schema, o) => add(schema.replaceAll('\n', ' / '), fm(`output:\n  schema:\n    ${schema.replaceAll('\n', '\n    ')}`), o);
for (const type of ['string', 'number', 'integer', 'boolean', 'null']) pico(type);
pico('string, a word, or two');
pico('any', { why: 'any is every value, also at the top', ours: { outputSchema: {} } });
pico('name: string');
pico('name: string, what it is called');
pico('name?: string');
pico('name?: any, whatever');
pico('note: any');
pico('sizes(array): number');
pico('sizes?(array, in pixels): integer', { });
pico('home(object):\n  city: string\n  zip?: string');
pico('home?(object, where):\n  city: string');
pico('kind(enum): [lamp, chair]');
pico('kind?(enum, which): [lamp, chair]');
pico('kind(enum, mixed): [lamp, 1, null]');
pico('(*): string');
pico('name: string\n(*): any');
pico('people(array, all):\n  name: string\n  tags?(array): string');
pico('rows(array):\n  cells(array):\n    text: string');
pico('type: object\nproperties:\n  a: {type: string}\nrequired: [a]');
pico('properties:\n  a: {type: string}');
pico('type: array\nitems: {type: string}');
add('a named schema', fm('output:\n  schema: Lamp'), { schemas: { Lamp: { type: 'object', properties: { a: { type: 'string' } } } } });
add('a named schema with a description', fm('output:\n  schema: Lamp, one lamp'), { schemas: { Lamp: { type: 'string' } } });
add('a field of a named schema', fm('output:\n  schema:\n    lamp: Lamp, the one\n    more(array): Lamp'), { schemas: { Lamp: { type: 'string' } } });
add('of the input', fm('input:\n  schema:\n    name: string\n    tags?(array): string', '{{name}}'), { input: person });
pico('name: what', { why: 'an unknown type', ours: { error: 'MALFORMED' } });
pico('name(set): string', { why: 'an unknown kind', ours: { error: 'MALFORMED' } });
