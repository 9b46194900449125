/** Tells the maker of the page, in its console, what is wrong with its script tag: customers read in the
 *  chat itself what concerns them. */
export const warn = (words: string): void => console.warn(`Wheelhouse: ${words}`);
