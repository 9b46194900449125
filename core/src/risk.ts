/** How much harm a wrong output could do, least first. */
export const risks = ['low', 'medium', 'high'] as const;
export type Risk = (typeof risks)[number];
