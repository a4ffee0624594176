// Writes cases.jsonl beside this file: answers to the schemas of schemas.json, with what ajv says of each.
//   npm install ajv@8.20.0 && node generate.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';

const schemas = JSON.parse(readFileSync(new URL('schemas.json', import.meta.url)));
const seeds = {
  understand: [
    { domain: 'art', style: 'impressionist', subject: 'a garden', mood: null, colours: ['lilac'], confidence: 0.9, reasoning: 'it says so' },
    { domain: 'products', style: 'packshot', subject: 'a lamp', mood: 'calm', colours: [], confidence: 1, reasoning: '' },
  ],
  category: [
    {
      category: 'BAGS', subcategory: 'tote', confidence: 0.8, alternatives: [{ category: 'APPAREL', confidence: 0.1 }],
      reasoning: 'two handles', multipleProducts: false, primaryBox: { x: 0, y: 10, width: 20, height: 31 }, audience: 'KIDS',
    },
    { category: 'JEWELRY', subcategory: 'other:nose ring', confidence: 0, alternatives: [], reasoning: '\u{1F48D}', multipleProducts: true, primaryBox: null },
  ],
  measures: [
    { kind: 'Measures', parts: [{ type: 'length', millimetres: 0.5, note: 'x' }, { type: 'angle', degrees: 90 }], scale: 2, note: null },
    { kind: 'Measures', parts: [{ type: 'angle', degrees: null }], scale: 'abc', note: 'short' },
    { kind: 'Measures', parts: [{ type: 'length', millimetres: 12 }] },
  ],
};

let state = 20261130;
function random(bound) { // mulberry32
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % bound;
}

const strange = [
  null, true, false, 0, 1, -1, 2, 1.5, 1.0, 180, 181, -180, 0.1, 0.99, 1e3, '', 'x', 'art', 'APPAREL', 'length', 'other:', 'Tote!', 'abcdef',
  '\u{1F600}\u{1F600}\u{1F600}', 'y'.repeat(51), [], [1], ['a', 'a'], {}, { x: 1 }, { category: 'BAGS', confidence: 0.5 }, { type: 'angle', degrees: 1 },
];

function places(value, found = []) {
  if (value && typeof value === 'object') {
    for (const key of Object.keys(value)) {
      found.push([value, key]);
      places(value[key], found);
    }
  }
  return found;
}

function mutate(value) {
  const all = places(value);
  if (all.length === 0) {
    return;
  }
  const [holder, key] = all[random(all.length)];
  switch (random(5)) {
    case 0:
      Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key];
      break;
    case 1:
      Array.isArray(holder) ? holder.push(structuredClone(holder[key])) : (holder['extra' + random(3)] = strange[random(strange.length)]);
      break;
    case 2:
      holder[key] = structuredClone(all[random(all.length)][0]);
      break;
    default:
      holder[key] = structuredClone(strange[random(strange.length)]);
  }
}

/** Takes over some values of other answers, which mostly stays right, and shifts numbers a little. */
function vary(answer, name) {
  for (const key of Object.keys(answer)) {
    const other = seeds[name][random(seeds[name].length)];
    if (random(2) === 0 && key in other) {
      answer[key] = structuredClone(other[key]);
    }
  }
  for (const [holder, key] of places(answer)) {
    if (typeof holder[key] === 'number' && random(2) === 0) {
      holder[key] = holder[key] > 1 ? holder[key] + 2 * random(40) : random(101) / 100;
    }
  }
}

const ajv = new Ajv2020({ allErrors: true, strict: false });
const lines = [];
for (const [name, schema] of Object.entries(schemas)) {
  const validate = ajv.compile(schema);
  const seen = new Set();
  const add = (answer) => {
    const text = JSON.stringify(answer);
    if (!seen.has(text)) {
      seen.add(text);
      lines.push(JSON.stringify({ schema: name, valid: validate(answer), answer }));
    }
  };
  seeds[name].forEach(add);
  while (seen.size < 180) {
    const answer = structuredClone(seeds[name][random(seeds[name].length)]);
    vary(answer, name);
    for (let i = random(3); i > 0; i--) {
      mutate(answer);
    }
    if (JSON.stringify(answer).length < 2000) {
      add(answer);
    }
  }
}
writeFileSync(new URL('cases.jsonl', import.meta.url), lines.join('\n') + '\n');
console.log(`${lines.length} cases, ${lines.filter((line) => line.includes('"valid":true')).length} valid`);
