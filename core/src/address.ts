import * as z from 'zod';

/** An address that the server calls. What URL parsers drop in silence (blanks, control characters,
 *  half a surrogate pair) is refused, so that what is stored is what is called. */
export const WebAddress = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((text) => text.isWellFormed() && !/[\p{Cc}\s]/u.test(text), {
    message: 'holds a blank or a control character',
  });
