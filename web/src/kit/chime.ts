const notes_hz = [660, 880];
const note_s = 0.14;
const loudness = 0.12;

let context: AudioContext | undefined;

/** Two short notes. A browser lets a page sound once somebody has clicked or typed in it.
 *  @returns whether it sounds */
export function chime(): boolean {
  if (context?.state !== 'running') return false;
  const { currentTime: now, destination } = context;
  for (const [at, hz] of notes_hz.entries()) {
    const note = context.createOscillator();
    const volume = context.createGain();
    const begins = now + at * note_s;
    note.frequency.value = hz;
    volume.gain.setValueAtTime(loudness, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 2 * note_s);
    note.connect(volume).connect(destination);
    note.start(begins);
    note.stop(begins + 2 * note_s);
  }
  return true;
}

/** Makes the page able to sound; of use on a click or a key alone. */
export async function allowChime(): Promise<void> {
  if (!('AudioContext' in window)) return;
  context ??= new AudioContext();
  if (context.state !== 'running') await context.resume().catch(() => {});
}
