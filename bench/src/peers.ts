import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Subject } from './subject.ts';

const folder = fileURLToPath(new URL('../peers/', import.meta.url));

export interface PeerRound {
  rate: number;
  open_ms: number[];
  decide_ms: number[];
}

/** LangGraph.js with its PostgreSQL saver, in a process of its own, on the subject's own engine. */
export async function langgraph(subject: Subject) {
  if (!existsSync(`${folder}node_modules/@langchain/langgraph`)) {
    process.stderr.write('Installing the peers (bench/peers) …\n');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const url = await subject.database('peer_langgraph');
  const child = spawn(process.execPath, [`${folder}langgraph.mjs`, url], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: 'LangGraph.js 1.7.3 with its PostgreSQL saver 1.0.5',
    async cycles(concurrency: number, spell_ms: number): Promise<PeerRound> {
      child.stdin.write(`${JSON.stringify({ concurrency, spell_ms })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the peer stopped');
      return JSON.parse(value) as PeerRound;
    },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await new Promise((gone) => child.once('exit', gone));
    },
  };
}
