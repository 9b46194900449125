import { NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { CarriedOut } from '@wheelhouse/core';
import { useRef } from 'react';
import { useFault } from '../../kit/faults.ts';
import css from './Bots.module.css';
import fields from './Fields.module.css';

interface ToolCarryingProps {
  carried_out: CarriedOut;
  /** Where it stands in the definition, for its faults. */
  field: string;
  onCarriedOut: (carried_out: CarriedOut) => void;
}

type By = CarriedOut['by'];
const ways = [
  { value: 'http', label: 'An address is called' },
  { value: 'claim', label: 'A program claims it' },
];
const say: Record<By, string> = {
  http: 'Wheelhouse sends each call to your server, signed, once it may run.',
  claim:
    'A program of yours hears that a call may run, takes the right to act with its key, and reports what came of it.',
};
const first: { [Way in By]: Extract<CarriedOut, { by: Way }> } = {
  http: { by: 'http', url: '', timeout_ms: 15_000, idempotent: false },
  claim: { by: 'claim', within_ms: 15 * 60_000 },
};

/** Who carries a call out once it may run. */
export function ToolCarrying({ carried_out, field, onCarriedOut }: ToolCarryingProps) {
  // What was set for the other way comes back with it.
  const kept = useRef<Partial<Record<By, CarriedOut>>>({});
  const choose = (by: By) => {
    if (by === carried_out.by) return;
    kept.current[carried_out.by] = carried_out;
    onCarriedOut(kept.current[by] ?? first[by]);
  };
  return (
    <section className={fields.fields} aria-label="Who carries it out">
      <div>
        <h3 className={fields.subtitle}>Who carries it out</h3>
        <SegmentedControl
          aria-label="Who carries it out"
          data={ways}
          value={carried_out.by}
          className={fields.ways}
          onChange={(by) => choose(by as By)}
        />
        <p className={css.fine}>{say[carried_out.by]}</p>
      </div>
      {carried_out.by === 'http' ? (
        <ByAddress carried_out={carried_out} field={field} onCarriedOut={onCarriedOut} />
      ) : (
        <ByClaim carried_out={carried_out} field={field} onCarriedOut={onCarriedOut} />
      )}
    </section>
  );
}

interface WayProps<Way extends By> {
  carried_out: Extract<CarriedOut, { by: Way }>;
  field: string;
  onCarriedOut: (carried_out: CarriedOut) => void;
}

function ByAddress({ carried_out, field, onCarriedOut }: WayProps<'http'>) {
  const faults = { url: useFault(`${field}.url`), timeout: useFault(`${field}.timeout_ms`) };
  return (
    <>
      <TextInput
        label="Address"
        description="Called with POST. It must be reachable from this server, and public."
        placeholder="https://shop.example/tools"
        type="url"
        dir="ltr"
        value={carried_out.url}
        error={faults.url}
        onChange={({ currentTarget }) => onCarriedOut({ ...carried_out, url: currentTarget.value })}
      />
      <NumberInput
        label="It answers within"
        description="At most a minute. Later than this nobody knows whether it was done, and a person is asked for."
        suffix=" s"
        min={0.1}
        max={60}
        decimalScale={1}
        value={carried_out.timeout_ms / 1_000}
        error={faults.timeout}
        className={fields.number}
        onChange={(value) =>
          typeof value === 'number' &&
          onCarriedOut({ ...carried_out, timeout_ms: Math.round(value * 1_000) })
        }
      />
      <Switch
        label="Your side counts a call that is sent twice once"
        description="By its webhook-id. Only then is one sent again whose end is unknown, up to four times."
        checked={carried_out.idempotent}
        onChange={({ currentTarget }) =>
          onCarriedOut({ ...carried_out, idempotent: currentTarget.checked })
        }
      />
    </>
  );
}

const minute_ms = 60_000;

function ByClaim({ carried_out, field, onCarriedOut }: WayProps<'claim'>) {
  return (
    <NumberInput
      label="It is done and reported within"
      description="At most seven days. Later than this a person is asked for."
      suffix=" min"
      min={0.1}
      max={10_080}
      decimalScale={1}
      value={carried_out.within_ms / minute_ms}
      error={useFault(`${field}.within_ms`)}
      className={fields.number}
      onChange={(value) =>
        typeof value === 'number' &&
        onCarriedOut({ ...carried_out, within_ms: Math.round(value * minute_ms) })
      }
    />
  );
}
