import { expect, test } from 'vitest';
import { readScoredFile } from './scored-file.ts';

const lossesOf = (text: string, wanted = {}) =>
  readScoredFile(text, wanted).outputs.map(({ loss }) => loss);

test('[J28] a column of losses is read as it is, from right to wrong', () => {
  const partial = readScoredFile('score,loss\n.9,0\n.8,0.25\n.7,1.0\n.6,1e-3\n');
  expect(partial.outputs.map(({ loss }) => loss)).toEqual([0, 0.25, 1, 0.001]);
  expect([partial.partial, partial.columns]).toEqual([true, { score: 'score', loss: 'loss' }]);
  // Right and wrong said in a column of that name are whole losses.
  const whole = readScoredFile('score,loss\n.9,1\n.8,0\n.7,true\n.6,no\n.5,correct\n.4,wrong\n');
  expect(whole.outputs.map(({ loss }) => loss)).toEqual([1, 0, 1, 0, 0, 1]);
  expect(whole.partial).toBe(false);
  expect(lossesOf('{"score":0.5,"loss":0.5}\n{"score":0.4,"loss":0}\n')).toEqual([0.5, 0]);
});

test('[J28] a loss that is none counts as a whole one, with what may be meant', () => {
  const { outputs, faults, unjudged } = readScoredFile(
    'score,loss\n.9,7\n.8,\n.7,-1\n.6,bad luck\n.5,.5\n',
  );
  expect(outputs.map(({ loss }) => loss)).toEqual([1, 1, 1, 1, 0.5]);
  expect([unjudged, faults.map(({ line }) => line)]).toEqual([4, [2, 3, 4, 5]]);
  expect(faults[0]?.message).toContain('and is "7"; divide by the greatest loss there can be');
  expect(faults[2]?.message).toContain('must lie from 0 (right) to 1 (wrong), and is "-1"');
});

test('[J28] a column that says right or wrong comes before a loss, which can be named by hand', () => {
  const text = 'score,loss,correct,cost_of_it\n.9,.5,1,.125\n.8,.5,0,.25\n';
  expect(lossesOf(text)).toEqual([0, 1]);
  expect(lossesOf(text, { loss: 'loss' })).toEqual([0.5, 0.5]);
  expect(lossesOf(text, { loss: 'cost_of_it', label: null })).toEqual([0.125, 0.25]);
  const truth = 'score,label,predicted,loss\n.9,a,a,.5\n.8,a,b,.5\n';
  expect(lossesOf(truth)).toEqual([0.5, 0.5]);
  expect(lossesOf(truth, { loss: null })).toEqual([0, 1]);
  expect(lossesOf(truth, { label: 'label' })).toEqual([0, 1]);
  expect(readScoredFile(text, { loss: 'nix' }).faults).toMatchObject([{ field: 'nix' }]);
});

test('[J29] answers that differ in capitals or blanks alone count as wrong, and are told', () => {
  const text =
    'score,label,predicted\n.9,refund,refund \n.8,Refund,refund\n.7,card lost,card  lost\n.6,a,b\n.5,,x\n';
  const { outputs, alike } = readScoredFile(text);
  expect(outputs.map(({ loss }) => loss)).toEqual([0, 1, 1, 1, 1]);
  expect(alike).toEqual({ n: 2, line: 3, predicted: 'refund', label: 'Refund' });
  expect(readScoredFile('score,label,predicted\n.9,a,a\n.6,a,b\n').alike).toBe(null);
});
