import type { Front } from './front.ts';
import { type Ground, type Node, startNode } from './node.ts';

const names = ['alpha', 'beta'];

/** The servers of one run, which share an engine and wake each other. */
export function clusterOf(ground: Omit<Ground, 'notify'>, fronts: Front[]) {
  const { stage, streams, say } = ground;
  const nodes: Node[] = [];
  const lives = new Map<string, number>();
  // One server is what most people have; two show what one hides.
  const members = streams('nodes').happens(0.4) ? names.slice(0, 1) : names;

  /** Tells the other nodes; one notice under way stands for all that come after it. */
  const notify = (from: string) => {
    for (const node of nodes.filter(({ name, alive }) => alive && name !== from)) {
      const coming = stage.parked.some((one) => one.wait === 'notice' && one.node === node.name);
      if (coming) continue;
      const { turn } = stage.park<'lost' | undefined>('notice', node.name);
      void turn.then((word) => word !== 'lost' && node.tell());
    }
  };

  return {
    nodes: nodes as readonly Node[],
    names: members,
    /** Starts a node, or the next life of one that was killed. */
    start(name: string): void {
      const front = fronts[names.indexOf(name)];
      if (!front) throw new Error(`there is no front for ${name}`);
      const life = (lives.get(name) ?? 0) + 1;
      lives.set(name, life);
      const node = startNode({ ...ground, notify }, `${name}.${life}`, front);
      const at = nodes.findIndex((one) => one.name.startsWith(`${name}.`));
      nodes.splice(at < 0 ? nodes.length : at, 1, node);
      say(`${node.name} starts`);
    },
  };
}
