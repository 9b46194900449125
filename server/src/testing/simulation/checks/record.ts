import { auditReader, systemOf } from '@wheelhouse/core';
import { exportAudit } from '../../../actions/audit.ts';
import { verifyAudit } from '../../../actions/audit-check.ts';
import { verifyEd25519 } from '../../../actions/signature.ts';
import type { World } from '../world.ts';
import type { Evidence } from './evidence.ts';

/** The record verifies here and offline, goes on from the checkpoint that was kept, and holds every
 *  decision there was. */
export async function checkRecord({ book, people }: World, evidence: Evidence): Promise<void> {
  const { ports, workspace_id } = people;
  const { stream } = await exportAudit(ports, { ...systemOf(workspace_id) });
  const reader = auditReader(verifyEd25519, book.checkpoint);
  let text = '';
  for await (const piece of stream) text += piece;
  for (const line of text.split('\n')) if (line) reader.line(line);
  const reading = reader.end();
  if (!reading.ok) book.fault('A3', `the export has ${JSON.stringify(reading.faults.slice(0, 3))}`);
  const verified = await verifyAudit(ports, systemOf(workspace_id));
  if (!verified.ok)
    book.fault('A6', `the record has ${JSON.stringify(verified.faults.slice(0, 3))}`);
  const own = evidence.events.filter((event) => event.workspace_id === workspace_id);
  if (reading.size !== own.length) {
    book.fault('A2', `${own.length} events happened, ${reading.size} are sealed`);
  }
  const said = (type: string, field: string) =>
    own.flatMap((event) => (event.type === type ? [String(event.data[field])] : [])).sort();
  const there = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
  const { answers, resolutions } = evidence;
  const pairs: [string, string, string[]][] = [
    ['case.answered', 'answer_id', there(answers)],
    ['case.resolved', 'resolution_id', there(resolutions)],
    ['case.undone', 'resolution_id', there(resolutions.filter((one) => !one.standing))],
  ];
  for (const [type, field, wanted] of pairs) {
    const found = said(type, field);
    if (found.join() !== wanted.join()) {
      book.fault(
        'A1',
        `${wanted.length} times ${type} happened, ${found.length} are in the record`,
      );
    }
  }
}
