// One approval cycle in LangGraph.js with its PostgreSQL saver: a graph pauses in interrupt() with
// about 1 KB of arguments, and a second call resumes it with the decision. Reads one JSON command a
// line ({concurrency, spell_ms}), answers one line ({open_ms, decide_ms, rate}).
import { createInterface } from 'node:readline';
import { Annotation, Command, END, interrupt, START, StateGraph } from '@langchain/langgraph';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
const saver = new PostgresSaver(pool);
await saver.setup();

const State = Annotation.Root({ amount: Annotation(), reason: Annotation(), done: Annotation() });
const graph = new StateGraph(State)
  .addNode('refund', (state) => {
    const decision = interrupt({ name: 'refund', arguments: state });
    return { done: decision === 'approve' ? state.amount : null };
  })
  .addEdge(START, 'refund')
  .addEdge('refund', END)
  .compile({ checkpointer: saver });

const reason = 'The parcel came late and the lamp was scratched. '.repeat(18);
let made = 0;

async function cycle(taken) {
  made += 1;
  const config = { configurable: { thread_id: `${process.pid}-${made}` } };
  const amount = made % 1_000;
  const t0 = performance.now();
  const held = await graph.invoke({ amount, reason }, config);
  const t1 = performance.now();
  if (!held.__interrupt__) throw new Error('the graph did not pause');
  const done = await graph.invoke(new Command({ resume: 'approve' }), config);
  const t2 = performance.now();
  if (done.done !== amount) throw new Error('the graph came to the wrong end');
  taken.open_ms.push(t1 - t0);
  taken.decide_ms.push(t2 - t1);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { concurrency, spell_ms } = JSON.parse(line);
  const taken = { open_ms: [], decide_ms: [] };
  const start = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() - start < spell_ms) await cycle(taken);
    }),
  );
  const rate = taken.open_ms.length / ((performance.now() - start) / 1_000);
  process.stdout.write(`${JSON.stringify({ ...taken, rate })}\n`);
}
await pool.end();
