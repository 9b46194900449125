/** Two numbers with as many decimals as it takes to tell them apart, at least two. */
export function apart(a: number, b: number): [string, string] {
  for (let digits = 2; digits < 8; digits++) {
    const [one, other] = [a.toFixed(digits), b.toFixed(digits)];
    // What is nearly certain is not said to be.
    const certain = (a !== 1 && Number(one) === 1) || (b !== 1 && Number(other) === 1);
    if (!certain && (a === b || one !== other)) return [one, other];
  }
  return [String(a), String(b)];
}
