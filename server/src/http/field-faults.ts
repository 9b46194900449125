import * as z from 'zod';

const kinds: Record<string, string> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
};

/** What is wrong with a field, in words for whoever sent it; undefined leaves it to the validator.
 *  A schema that has words of its own keeps them. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_format' && issue.format === 'email') {
    return 'must be an address such as kim@example.com';
  }
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_value') return undefined;
  if (issue.input === undefined) return 'is needed';
  return issue.code === 'invalid_type' ? kinds[issue.expected] : undefined;
}

/** One place for all schemas: the validator asks it wherever a schema has no words of its own. */
export const speakPlainly = () => z.config({ customError: plainWords });
