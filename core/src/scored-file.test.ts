import { expect, test } from 'vitest';
import { readScoredFile, ScoredFileReader } from './scored-file.ts';

const pairs = (text: string) =>
  readScoredFile(text).outputs.map(({ score, loss }) => [score, loss] as const);

test('[K109] a file of scored outputs is read as CSV or JSON lines, its columns taken by name', () => {
  expect(pairs('confidence,correct\n0.9,true\n0.2,false\n')).toEqual([
    [0.9, 0],
    [0.2, 1],
  ]);
  expect(pairs('\ufeffScore;Label\r\n1;correct\r\n0;wrong\r\n')).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(pairs('{"score":0.5,"is_correct":1}\n\n{"score":0.25,"is_correct":0}')).toEqual([
    [0.5, 0],
    [0.25, 1],
  ]);
  expect(pairs('p,label,predicted\n.7,card,card\n.6,card,loan\n')).toEqual([
    [0.7, 0],
    [0.6, 1],
  ]);
  expect(pairs('score,is_wrong\n.7,1.0\n.6,no\n')).toEqual([
    [0.7, 1],
    [0.6, 0],
  ]);
  const grouped = readScoredFile('score,correct,segment,model\n.5,1,new,v2\n.5,1,,\n');
  expect(grouped.columns).toEqual({
    ...{ score: 'score', label: 'correct', group: 'segment', model_version: 'model' },
  });
  expect(grouped.outputs).toMatchObject([
    { group: 'new', model_version: 'v2' },
    { group: null, model_version: null },
  ]);
});

test('[K109] pieces of any size read the same', () => {
  const text = 'score,correct,group\n0.91,true,"a, b"\n0.3,false,c\n';
  for (let size = 1; size < 12; size++) {
    const reader = new ScoredFileReader();
    for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
    expect([size, reader.end()]).toEqual([size, readScoredFile(text)]);
  }
});

test('[K109] columns can be named by hand, and what is not there is said with what is', () => {
  const text = 'a,b,c\n.5,x,x\n.6,x,y\n';
  const named = readScoredFile(text, { score: 'a', label: 'b', predicted: 'c' });
  expect(named.outputs.map(({ loss }) => loss)).toEqual([0, 1]);
  const unnamed = readScoredFile(text);
  expect(unnamed.columns).toBe(null);
  expect(unnamed.faults.map(({ field }) => field)).toEqual(['score', 'label']);
  expect(unnamed.faults[0]?.message).toContain('"a", "b", "c"');
  expect(readScoredFile(text, { score: 'z', label: 'b' }).faults[0]).toEqual({
    ...{ line: 1, field: 'z', message: 'there is no such column; there are "a", "b", "c"' },
  });
});

test('[K145] a column that somebody wants none of is not taken, whatever its name says', () => {
  const text = 'score,correct,segment,model\n.5,1,new,v2\n';
  const { columns, outputs } = readScoredFile(text, { group: null, model_version: null });
  expect(columns).toEqual({ score: 'score', label: 'correct' });
  expect(outputs).toMatchObject([{ group: null, model_version: null }]);
});

test('[K109] what cannot be read is said with its line and field, and the rest is read', () => {
  const csv = readScoredFile(
    'score,correct\n0.9,true\nhigh,true\n1.5,true\n0.5,perhaps\n0.5\n0.4,\n,true\n0.3,0\n',
  );
  expect(csv.outputs).toHaveLength(4);
  expect(csv.faults.map(({ line, field }) => [line, field])).toEqual([
    [3, 'score'],
    [4, 'score'],
    [5, 'correct'],
    [6, null],
    [7, 'correct'],
    [8, 'score'],
  ]);
  const lines = readScoredFile(`${'{"score":0.9,"correct":true}\n'.repeat(2)}{"score":\n[1]\n`);
  expect(lines.faults.map(({ line }) => line)).toEqual([3, 4]);
  const list = readScoredFile(
    '[\n{"score":0.9,"correct":true},\n{"score":0.8,"correct":true}\n]\n',
  );
  expect(list.faults).toEqual([
    {
      line: 1,
      field: null,
      message: 'is a list in JSON; write each of its objects on a line of its own',
    },
  ]);
  expect(readScoredFile('').faults[0]?.message).toContain('no outputs');
  const many = readScoredFile(`score,correct\n${'x,1\n'.repeat(250)}`);
  expect([many.faults.length, many.fault_count]).toEqual([100, 250]);
});

test('[J27] an output whose label cannot be read counts as wrong: which can be may go by how it ended', () => {
  const unread = ['perhaps', '', 'partly wrong', '0.4'];
  const text = `score,correct\n${'.9,1\n'.repeat(20)}${unread.map((label) => `.8,${label}\n`).join('')}`;
  const { outputs, fault_count, unjudged, faults } = readScoredFile(text);
  expect(outputs.map(({ loss }) => loss)).toEqual([...Array(20).fill(0), 1, 1, 1, 1]);
  expect([fault_count, unjudged]).toEqual([4, 4]);
  for (const { message } of faults) expect(message).toMatch(/; it counts as wrong$/);
  const predicted = readScoredFile('score,predicted,label\n.9,a,a\n.8,,a\n.7,a,\n');
  expect([predicted.outputs.map(({ loss }) => loss), predicted.unjudged]).toEqual([[0, 1, 1], 2]);
});

test('[J27] of a file that is mostly unreadable nothing is planned, and what may be meant is said', () => {
  const percents = readScoredFile(`score,correct\n${'93,1\n'.repeat(6)}${'1,1\n'.repeat(5)}`);
  expect(percents.outputs).toEqual([]);
  expect(percents.faults[0]?.message).toContain('more lines cannot be read than can');
  expect(percents.faults[1]?.message).toContain('divide percents by 100');
  const commas = readScoredFile('score;correct\n0,93;1\n');
  expect(commas.faults[0]?.message).toContain('write it with a point');
  const half = readScoredFile(`score,correct\n${'93,1\n'.repeat(5)}${'1,1\n'.repeat(5)}`);
  expect(half.outputs).toHaveLength(5);
});

test('[K135] model versions are counted, commonest first, and one of them is read alone', () => {
  const text = 'score,correct,model\n.9,1,v2\n.8,0,v1\n.7,1,v2\nx,1,v9\n.6,1,\n.5,0,v2\n.4,1,v1\n';
  const all = readScoredFile(text);
  const versions = [
    { version: 'v2', n: 3 },
    { version: 'v1', n: 2 },
    { version: null, n: 1 },
  ];
  expect([all.outputs.length, all.versions, all.version_count, all.only]).toEqual([
    ...[6, versions, 3, null],
  ]);
  const one = readScoredFile(text, {}, 'v1');
  expect(one.outputs.map(({ score }) => score)).toEqual([0.8, 0.4]);
  expect([one.versions, one.version_count, one.only]).toEqual([versions, 3, 'v1']);
  const none = readScoredFile(text, {}, 'v3');
  expect(none.outputs).toEqual([]);
  expect(none.faults[0]?.message).toBe('no output is of the model version "v3"');
  const many = Array.from({ length: 150 }, (_none, at) => `.5,1,${at}`).join('\n');
  const told = readScoredFile(`score,correct,model\n${many}\n`);
  expect([told.versions.length, told.version_count]).toEqual([100, 150]);
});

test('[J25] objects name what each has alone: a risk that the first ones do not say is a column all the same', () => {
  const lines = Array.from({ length: 1_200 }, (_none, at) => {
    const more = at === 40 ? { risk: 'high' } : at === 1_100 ? { group: 'late' } : {};
    return JSON.stringify({ score: 0.5, label: true, ...more });
  });
  const terms = { alpha: 0.05, delta: 0.05, tiers: { high: 0.01 } };
  const { names, outputs, faults } = readScoredFile(lines.join('\n'), {}, null, terms);
  expect({ names, faults }).toEqual({ names: ['score', 'label', 'risk'], faults: [] });
  expect(outputs).toHaveLength(1_200);
  expect(outputs.filter(({ tier }) => tier === 'high')).toHaveLength(1);
  expect(outputs[40]?.tier).toBe('high');
});
