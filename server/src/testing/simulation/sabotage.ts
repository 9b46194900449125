import type { Ground } from './node.ts';

/** A fault that is put in on purpose, to prove that it would be seen. */
export interface Sabotage {
  /** The engine confirms some transactions and does not keep them. */
  loses_commits?: boolean;
  /** The network says that a delivery arrived, and drops it. */
  forgets_deliveries?: boolean;
}

/** The ground with that fault in it. */
export function sabotaged(ground: Ground, sabotage: Sabotage): Ground {
  const random = ground.streams('sabotage');
  const { networkOf } = ground;
  const forgetful: Ground['networkOf'] = (node) => {
    const { check, send } = networkOf(node);
    return {
      check,
      send: async (request) =>
        random.happens(0.2) ? { status: 200, headers: {}, body: '' } : send(request),
    };
  };
  return {
    ...ground,
    ...(sabotage.loses_commits ? { loses: () => random.happens(0.1) } : {}),
    ...(sabotage.forgets_deliveries ? { networkOf: forgetful } : {}),
  };
}
