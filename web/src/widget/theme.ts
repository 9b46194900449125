type Colour = [red: number, green: number, blue: number];

const least_contrast = 4.5;
const steps = 20;

/** Keeps what is written readable (WCAG AA) whatever colours a page chose: the words on the accent are
 *  black or white where the page's own are too faint, and words in the accent's colour, or dim ones,
 *  move away from the paper as far as it takes. */
export function keepContrast(host: HTMLElement): void {
  // What was mended before must not stand in the way of what the page says now.
  for (const name of mended) host.style.removeProperty(name);
  const read = reader(host);
  const [accent, paper, ink] = [read('--accent'), read('--paper'), read('--ink')];
  if (!accent || !paper || !ink) return;
  const on_accent = read('--on-accent') ?? ink;
  if (contrast(on_accent, accent) < least_contrast) {
    const dark: Colour = [0, 0, 0];
    const light: Colour = [255, 255, 255];
    set(host, '--on-accent', contrast(dark, accent) > contrast(light, accent) ? dark : light);
  }
  set(host, '--accent-ink', readable(accent, paper));
  const raised = read('--raised') ?? paper;
  if (contrast(ink, paper) < least_contrast) set(host, '--ink', readable(ink, paper));
  const dim = read('--dim') ?? ink;
  const hardest = contrast(dim, raised) < contrast(dim, paper) ? raised : paper;
  if (contrast(dim, hardest) < least_contrast) set(host, '--dim', readable(dim, hardest));
}
const mended = ['--on-accent', '--accent-ink', '--ink', '--dim'];

const set = (host: HTMLElement, name: string, [red, green, blue]: Colour) =>
  host.style.setProperty(name, `rgb(${red} ${green} ${blue})`);

/** A colour as it is painted, however the page wrote it. */
function reader(host: HTMLElement): (name: string) => Colour | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const styles = getComputedStyle(host);
  return (name) => {
    const value = styles.getPropertyValue(name).trim();
    if (!brush || !value || !CSS.supports('color', value)) return undefined;
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, 1, 1);
    brush.fillStyle = value;
    brush.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
export function contrast(one: Colour, other: Colour): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The colour itself, or the nearest to it towards black or white that reads on the paper. */
export function readable(colour: Colour, paper: Colour): Colour {
  const end = contrast([0, 0, 0], paper) > contrast([255, 255, 255], paper) ? 0 : 255;
  for (let step = 0; step <= steps; step++) {
    const mixed = colour.map((one) => Math.round(one + ((end - one) * step) / steps)) as Colour;
    if (contrast(mixed, paper) >= least_contrast) return mixed;
  }
  return [end, end, end];
}

/** On a phone its keyboard covers half of the screen: the chat keeps to the half that is seen. */
export function keepInSight(host: HTMLElement): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    host.style.setProperty('--view-height', `${view.height}px`);
    host.style.setProperty('--view-top', `${view.offsetTop}px`);
  };
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
  fit();
}
