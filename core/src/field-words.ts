/** The parts of an output that hold the caller's own fields: nobody says their names. */
const holders = /^(action\.arguments|metadata|input|content|groups)\./;

/** What a person calls the field at a dotted path: "action.arguments.customer.country" is "customer
 *  country", "metadata.tags.length" the "number of tags", "messages.0.text" the "messages 1 text". */
export function fieldWords(path: string): string {
  const own = path.replace(holders, '').replace(/^action\.(target|tool_version)$/, '$1');
  const score = /^scores\.(.+)$/.exec(own)?.[1];
  if (score !== undefined) return `${spoken(score)} score`;
  const counted = /^(.+)\.length$/.exec(own)?.[1];
  return counted === undefined ? spoken(own) : `number of ${spoken(counted)}`;
}

const spoken = (path: string) =>
  path
    .split('.')
    .map((step) => (/^\d{1,9}$/.test(step) ? String(Number(step) + 1) : step.replaceAll('_', ' ')))
    .join(' ');
