/** Looks again until something holds; the test's own time-out is the end of it. */
export async function until<Found>(
  look: () => Promise<Found> | Found,
): Promise<Exclude<NonNullable<Found>, false>> {
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<NonNullable<Found>, false>;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
