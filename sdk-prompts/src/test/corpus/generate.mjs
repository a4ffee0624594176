// Writes what the references make of the cases. See README.md.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { Dotprompt } from 'dotprompt';
import Handlebars from 'handlebars';
import { cases as prompts } from './prompts.mjs';
import { cases as templates } from './templates.mjs';

const require = createRequire(import.meta.url);
const version = (name) => `${name} ${require(`${name}/package.json`).version}`;
const target = new URL('../resources/dev/pictor/prompts/corpus/', import.meta.url);
console.error = () => {};

async function prompt({ file, input, context, history, partials, schemas }) {
  try {
    const dotprompt = new Dotprompt({ schemas, partialResolver: (name) => partials?.[name] ?? null });
    // partials of one instance are seen by the next
    Object.keys(dotprompt.handlebars.partials).forEach((name) => dotprompt.handlebars.unregisterPartial(name));
    const data = { input: structuredClone(input ?? {}), context, ...(history ? { messages: history } : {}) };
    const out = await dotprompt.render(file, data);
    const { input: inputMeta } = await dotprompt.renderMetadata(file);
    return {
      messages: out.messages,
      config: out.config ?? {},
      model: out.model,
      outputSchema: out.output?.schema ?? {},
      inputSchema: inputMeta?.schema ?? {},
    };
  } catch (e) {
    return { error: e.message.split('\n')[0] };
  }
}

function template({ template, partials, variables }) {
  try {
    const handlebars = Handlebars.create();
    Object.entries(partials ?? {}).forEach(([name, text]) => handlebars.registerPartial(name, text));
    return { text: handlebars.compile(template, { noEscape: true })(variables ?? {}) };
  } catch (e) {
    return { error: e.message.split('\n')[0] };
  }
}

function write(name, references, cases) {
  const lines = cases.map((one) => '    ' + JSON.stringify(one));
  writeFileSync(new URL(name, target), `{\n  "references": ${JSON.stringify(references)},\n  "cases": [\n${lines.join(',\n')}\n  ]\n}\n`);
  console.log(`${cases.length} cases in ${name}`);
}

const rendered = [];
for (const one of prompts) rendered.push({ ...one, reference: await prompt(one) });
write('prompts.json', [version('dotprompt'), version('handlebars'), version('yaml')], rendered);
write('templates.json', [version('handlebars')], templates.map((one) => ({ ...one, reference: template(one) })));
