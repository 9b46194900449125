const shapes = {
  chat: 'M4 5h16v11H9l-5 4z',
  bot: 'M6 9h12v10H6z M12 9V5 M9.5 13v2 M14.5 13v2 M4 12v4 M20 12v4',
  member: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M5 20c1-4 4-5.500 7-5.500s6 1.500 7 5.500',
  queue: 'M12 7v5l3 2 M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  send: 'M4 12 20 4l-5 16-3.500-6.500z',
  close: 'M6 6l12 12 M18 6 6 18',
  up: 'M7 11v9H4v-9z M7 11l4-8c2 0 3 1 3 3l-1 4h6c1 0 2 1 2 2l-2 7c0 1-1 1-2 1H7',
  down: 'M7 13V4H4v9z M7 13l4 8c2 0 3-1 3-3l-1-4h6c1 0 2-1 2-2l-2-7c0-1-1-1-2-1H7',
  star: 'M12 3l2.700 5.700 6.300.800-4.600 4.300 1.200 6.200-5.600-3.100-5.600 3.100 1.200-6.200L3 9.500l6.300-.8z',
  more: 'M5 12h.010 M12 12h.010 M19 12h.010',
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l9-9a3.500 3.500 0 0 1 5 5l-9 9a2 2 0 0 1-3-3l8-8',
  back: 'M14 6l-6 6 6 6',
} as const;
export type IconName = keyof typeof shapes;

const svg = 'http://www.w3.org/2000/svg';

/** A drawing that says nothing by itself: words stand beside it or on its button. */
export function icon(name: IconName): SVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.8',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    drawing.setAttribute(key, value);
  }
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', shapes[name]);
  drawing.append(path);
  return drawing;
}
