/** How many of something, in the word for one or for several: `1 phrase`, `2,400 phrases`. */
export const countText = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : several}`;
