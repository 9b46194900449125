import type { BotDefinition, Intent, Tool } from '@wheelhouse/core';

type Parts = Pick<BotDefinition, 'tools' | 'intents'>;

/** A new tool, under the first name that is free. It is called by address until one says otherwise. */
export function newTool(tools: readonly Tool[]): Tool {
  let at = tools.length + 1;
  while (tools.some(({ name }) => name === `tool-${at}`)) at += 1;
  return {
    name: `tool-${at}`,
    description: '',
    arguments_schema: {
      type: 'object',
      properties: {},
      required: [],
      additionalProperties: false,
    },
    asks: {},
    carried_out: { by: 'http', url: '', timeout_ms: 15_000, idempotent: false },
    tells_why: false,
  };
}

export const titleOf = ({ title, name }: Pick<Tool | Intent, 'title' | 'name'>): string =>
  title || name;

/** The tool at a place changed; called otherwise, the intents that call it go with it. */
export function withTool({ tools, intents }: Parts, at: number, next: Tool): Parts {
  const before = tools[at];
  const alone = tools.filter(({ name }) => name === before?.name).length === 1;
  const renamed = before && alone && before.name !== next.name;
  return {
    tools: tools.map((one, place) => (place === at ? next : one)),
    intents: renamed
      ? intents.map((one) => (one.tool === before.name ? { ...one, tool: next.name } : one))
      : intents,
  };
}

/** Without the tool at a place; the intents that called it only answer from then on. */
export function withoutTool({ tools, intents }: Parts, at: number): Parts {
  const left = tools.filter((_, place) => place !== at);
  const gone = tools[at]?.name;
  const stands = left.some(({ name }) => name === gone);
  return {
    tools: left,
    intents: stands ? intents : intents.map((one) => (one.tool === gone ? untied(one) : one)),
  };
}

const untied = ({ tool: _, ...rest }: Intent): Intent => rest;

/** The same intents, of which those at these places call the tool, and no others. */
export const calledBy = (intents: readonly Intent[], tool: string, places: readonly number[]) =>
  intents.map((one, at) => {
    if (places.includes(at)) return { ...one, tool };
    return one.tool === tool ? untied(one) : one;
  });

/** When a tool is called, in a few words; `alarm` where it never is. */
export function whenCalled(tool: Tool, { intents, uses_model }: BotDefinition) {
  const by = intents.filter((one) => one.tool === tool.name).map(titleOf);
  const model = uses_model ? 'a language model' : '';
  if (!by.length && !model) return { words: 'nothing calls it', alarm: true };
  return { words: `for ${[...by, ...(model ? [model] : [])].join(', ')}`, alarm: false };
}

/** Who carries its calls out, in a few words. */
export function carriedOutWords({ carried_out }: Tool): string {
  if (carried_out.by === 'claim') return 'by a program of yours';
  return URL.canParse(carried_out.url)
    ? `at ${new URL(carried_out.url).host}`
    : 'at no address yet';
}
